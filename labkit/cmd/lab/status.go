package main

import (
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/notebook"
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
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, _ []string) error {
			path, err := useProgress(repo)
			if err != nil {
				return err
			}
			check.Progress()
			entries, _, err := progress.Load(path)
			if err != nil {
				return err
			}
			for _, e := range check.Exercises() {
				if entries[e.ID].Best != progress.Passed {
					return errNotPassed
				}
			}
			return nil
		}),
	}
}

// useProgress has package check read and write the progress of the learner's
// notebooks, and returns the path of the file.
func useProgress(repo notebook.Repo) (string, error) {
	if path := os.Getenv(progress.Variable); path != "" {
		return path, nil
	}
	path := repo.Path("notebooks", progress.Name)
	return path, os.Setenv(progress.Variable, path)
}
