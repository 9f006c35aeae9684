package main

import (
	"errors"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
)

func newDoctor() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what the set-up lacks, and what to type",
		Long: `Doctor looks at all that the course needs: Go, Python, JupyterLab, the kernel,
the notebooks and the progress file; if all is there it runs a cell. It changes
nothing. The exit status is 0 if nothing is amiss and 1 if something is.`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			if !setup.Diagnose(cmd.Context(), cmd.OutOrStdout(), repo) {
				return errors.New("the set-up is not complete: see the lines with ✗")
			}
			return nil
		}),
	}
}
