package main

import (
	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
)

func newSetup() *cobra.Command {
	return &cobra.Command{
		Use:     "setup",
		Short:   "Set up what is missing: JupyterLab, the Go kernel, a warm build cache",
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			return setup.Course(terminalOf(cmd), repo)
		}),
	}
}
