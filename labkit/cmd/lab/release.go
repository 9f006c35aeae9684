package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
)

func newRelease() *cobra.Command {
	return &cobra.Command{
		Use:   "release",
		Short: "Write notebooks/ from solutions/, without the solutions",
		Long: `Release writes notebooks/ from solutions/: it cuts what stands between
"// BEGIN SOLUTION" and "// END SOLUTION", cells with the tag "solution", and all
outputs. A notebook that somebody has worked in is kept as it is, and named:
lab update takes the new edition in.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			solutions, err := repo.Solutions()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(repo.Path("notebooks"), 0o755); err != nil {
				return err
			}
			for _, solution := range solutions {
				did, err := release(repo, filepath.Base(solution))
				if err != nil {
					return err
				}
				if did != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "notebooks/%s: %s\n", filepath.Base(solution), did)
				}
			}
			return nil
		}),
	}
}

// release writes one notebook for learners, and says what it did, "" for
// nothing.
func release(repo checkout.Repo, name string) (did string, err error) {
	n, err := notebook.Released(repo, name)
	if err != nil {
		return "", err
	}
	path := repo.Path("notebooks", name)
	old, err := notebook.Read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	case old.Edited() && old.Edition() == n.Edition():
		return "kept, for it is edited", nil
	case old.Edited():
		return "kept, for it is edited; lab update takes in the new edition", nil
	}
	wrote, err := n.Write(path)
	if wrote {
		did = "written"
	}
	return did, err
}
