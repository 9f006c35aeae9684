// Lab is the course from a terminal: it sets up and opens JupyterLab for
// learners, and holds the tools of the course's author.
//
//	go tool lab help
package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

func main() {
	err := newRoot().Execute()
	if err == nil {
		return
	}
	if !errors.Is(err, errNotPassed) { // the table has said so
		fmt.Fprintln(os.Stderr, "lab:", terminal.PrintableLines(err.Error()))
	}
	switch {
	case errors.Is(err, errIncomplete):
		os.Exit(3)
	case errors.Is(err, errInterrupted):
		os.Exit(128 + int(syscall.SIGINT)) // as a shell says it
	}
	os.Exit(1)
}

// errNotPassed gives the exit status of a command that found an exercise which
// is not passed, and needs no message.
var errNotPassed = errors.New("not all exercises are passed")

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "lab",
		Short:         "The network anomaly detection course, from a terminal",
		SilenceUsage:  true, // an error in the course is not one in the use of the command
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddGroup(
		&cobra.Group{ID: "learner", Title: "For learners:"},
		&cobra.Group{ID: "author", Title: "For the author of the course:"},
	)
	root.AddCommand(
		newJupyter(), newSetup(), newDoctor(), newStatus(), newCheck(), newHint(), newSolution(), newReset(), newUpdate(),
		interruptible(newFlows()), interruptible(newWindows()), interruptible(newPairs()), interruptible(newScore()), interruptible(newFit()), interruptible(newMIDAS()), newAllow(), newStream(), newCapture(),
		newCapstone(), newExecute(), newRelease(), newGallery(), newTest(), newBench(),
		newImage(), newImageTest(), newBrowserTest(), newScaleoutTest(), newEnter(), newHealthy(), newSBOM(), newKernel(),
	)
	return root
}

// terminalOf returns where a command writes.
func terminalOf(cmd *cobra.Command) terminal.Terminal {
	return terminal.Terminal{Out: cmd.OutOrStdout(), Err: cmd.ErrOrStderr()}
}

// inRepo gives a command the checkout that it is called in.
func inRepo(run func(cmd *cobra.Command, repo checkout.Repo, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		repo, err := checkout.Find()
		if err != nil {
			return err
		}
		return run(cmd, repo, args)
	}
}
