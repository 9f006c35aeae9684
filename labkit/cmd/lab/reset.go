package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/progress"
)

func newReset() *cobra.Command {
	return &cobra.Command{
		Use:   "reset [ID…]",
		Short: "Forget the progress in some exercises, or in all",
		Long: `Reset forgets what was reached in the exercises named. Without a name it
forgets all, and keeps the old progress file under another name. The notebooks
stay as they are: for fresh ones see lab update --fresh.`,
		Example: "  lab reset bytes-ratio\n  lab reset",
		GroupID: "learner",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, ids []string) error {
			for _, id := range ids {
				if _, err := check.Find(id); err != nil {
					return err
				}
			}
			notes, err := progress.Reset(progressFile(repo), ids...)
			if err != nil {
				return err
			}
			for _, note := range notes {
				fmt.Fprintln(cmd.OutOrStdout(), note)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Reset: %s.\n", cmp.Or(strings.Join(ids, ", "), "all exercises"))
			return nil
		}),
	}
}
