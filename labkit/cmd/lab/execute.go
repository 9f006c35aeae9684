package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/processes"
)

func newExecute() *cobra.Command {
	return &cobra.Command{
		Use:   "execute [FILE…]",
		Short: "Execute solutions with the real kernel and save their outputs",
		Long: `Execute runs the notebooks given, or all of solutions/, with the course's
kernel and saves their outputs. A notebook with a failing cell is not saved,
and one whose outputs are what they were stays as it is to the byte.`,
		GroupID: "author",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, files []string) error {
			if err := repo.HasKernel(); err != nil {
				return err
			}
			if len(files) == 0 {
				var err error
				if files, err = repo.Solutions(); err != nil {
					return err
				}
			}
			var errs []error
			for _, file := range files {
				saved, err := execute(cmd.Context(), repo, file)
				errs = append(errs, err)
				if saved {
					fmt.Fprintln(cmd.OutOrStdout(), file)
				}
			}
			return errors.Join(errs...)
		}),
	}
}

// execute runs one notebook in place. It reports whether the file changed.
func execute(ctx context.Context, repo checkout.Repo, file string) (bool, error) {
	old, err := notebook.Read(file)
	if err != nil {
		return false, err
	}
	old.Clean()
	n, err := notebook.Execute(ctx, repo, old, filepath.Dir(file), processes.Limits{})
	if err != nil {
		return false, fmt.Errorf("executing %s: %w", file, err)
	}
	if err := notebook.Failures(file, n.Notebook); err != nil {
		return false, err
	}
	n.KeepOutputs(old)
	return n.Write(file)
}
