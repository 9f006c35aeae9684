package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

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
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
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
func release(repo notebook.Repo, name string) (did string, err error) {
	n, err := released(repo, name)
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

// released returns a notebook as the solution of that name gives it now.
func released(repo notebook.Repo, name string) (*notebook.Notebook, error) {
	n, err := notebook.Read(repo.Path("solutions", name))
	if err != nil {
		return nil, err
	}
	if err := n.Release(); err != nil {
		return nil, fmt.Errorf("solutions/%s: %w", name, err)
	}
	return n, nil
}
