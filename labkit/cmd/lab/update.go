package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/update"
)

func newUpdate() *cobra.Command {
	var u update.Updater
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Take in a new edition of the course, and keep your work",
		Long: `Update brings your notebooks to the course's latest edition. In a checkout with
an upstream it takes the new commits in first. A notebook that you have worked
in, or run, is kept beside the new one, as NAME.mine-1.ipynb, and your answers to
the exercises are put into the new one, also where it has another name now. One
that is of the latest edition stays as it is.

An update that is cut off at any moment loses nothing: the next one does the rest.

With --fresh all notebooks are begun anew, without answers; what you worked in
is kept aside as well.`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			u.Repo = repo
			u.Tell = func(format string, args ...any) { fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...) }
			return u.Update()
		}),
	}
	cmd.Flags().BoolVar(&u.Fresh, "fresh", false, "begin all notebooks anew")
	return cmd
}
