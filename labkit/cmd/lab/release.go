package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func newRelease() *cobra.Command {
	return &cobra.Command{
		Use:     "release",
		Short:   "Write notebooks/ from solutions/, without what execution left",
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
			solutions, err := repo.Solutions()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(repo.Path("notebooks"), 0o755); err != nil {
				return err
			}
			for _, solution := range solutions {
				n, err := notebook.Read(solution)
				if err != nil {
					return err
				}
				n.Strip()
				wrote, err := n.Write(repo.Path("notebooks", filepath.Base(solution)))
				if err != nil {
					return err
				}
				if wrote {
					fmt.Fprintln(cmd.OutOrStdout(), filepath.Join("notebooks", filepath.Base(solution)))
				}
			}
			return nil
		}),
	}
}
