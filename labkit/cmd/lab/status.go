package main

import (
	"cmp"
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/progress"
)

func newStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show what you have reached in each exercise",
		Long: `Status prints the progress that the checks in your notebooks keep, in
notebooks/progress.json or the file that FLOWLAB_PROGRESS names. It executes
nothing. Its exit status is 0 if all exercises are passed and 1 if not.`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			passed, err := check.WriteProgress(cmd.OutOrStdout(), progressFile(repo))
			if err == nil && !passed {
				err = errNotPassed
			}
			return err
		}),
	}
}

// progressFile returns the path of the file that keeps the progress of the
// learner's notebooks.
func progressFile(repo checkout.Repo) string {
	return cmp.Or(os.Getenv(progress.Variable), repo.Path("notebooks", progress.Name))
}
