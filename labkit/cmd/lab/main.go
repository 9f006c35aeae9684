// Lab is the course from a terminal: it sets up and opens JupyterLab for
// learners, and holds the tools of the course's author.
//
//	go tool lab help
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func main() {
	if err := newRoot().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
		os.Exit(1)
	}
}

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
	root.AddCommand(newJupyter(), newSetup(), newExecute(), newRelease(), newTest())
	return root
}

// inRepo gives a command the checkout that it is called in.
func inRepo(run func(cmd *cobra.Command, repo notebook.Repo, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		repo, err := notebook.FindRepo()
		if err != nil {
			return err
		}
		return run(cmd, repo, args)
	}
}
