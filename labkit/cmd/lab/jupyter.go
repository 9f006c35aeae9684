package main

import (
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
)

func newJupyter() *cobra.Command {
	return &cobra.Command{
		Use:     "jupyter [-- JUPYTERLAB-OPTION…]",
		Short:   "Set up what is missing and open JupyterLab on the first notebook",
		Example: "  lab jupyter -- --no-browser --port=9000",
		GroupID: "learner",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			if err := setup.Course(terminalOf(cmd), repo); err != nil {
				return err
			}
			return startJupyter(repo, args)
		}),
	}
}

// startJupyter turns this process into the JupyterLab server, so that signals
// reach the server directly. It returns only if that fails. The server looks
// for the next free port by itself, and opens a browser where there is one.
func startJupyter(repo checkout.Repo, args []string) error {
	command := setup.JupyterCommand(repo, repo.Path(), args...)
	env := append(os.Environ(), repo.JupyterEnv()...)
	if err := syscall.Exec(command[0], command, env); err != nil {
		return fmt.Errorf("starting JupyterLab: %w", err)
	}
	return nil
}
