package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func newEnter() *cobra.Command {
	return &cobra.Command{
		Use:   "enter COMMAND [ARGUMENT…]",
		Short: "The image's entry point: fill the learner's folder and run a command",
		Long: `Enter puts the course's notebooks into the learner's folder, as far as they are
missing: one that was just mounted is empty. It overwrites nothing. Then it
becomes the command.`,
		Hidden:             true,
		DisableFlagParsing: true, // the flags are the command's
		Args:               cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			program, err := os.Executable()
			if err != nil {
				return err
			}
			repo := notebook.Repo(filepath.Join(filepath.Dir(program), "..", "..")) // in .venv/bin
			if err := fill(repo); err != nil {
				return err
			}
			path, err := exec.LookPath(args[0])
			if err != nil {
				return err
			}
			if err := syscall.Exec(path, args, os.Environ()); err != nil {
				return fmt.Errorf("starting %s: %w", path, err)
			}
			return nil
		},
	}
}

// fill writes the notebooks that are missing in the learner's folder. Its error
// says what to type if nothing can be kept there. A folder that is read-only on
// purpose and holds the notebooks can still be used.
func fill(repo notebook.Repo) error {
	folder, err := makeTarget(repo.Path("notebooks"))
	if err != nil {
		return err
	}
	missing, err := missingNotebooks(repo)
	if err != nil {
		return err
	}
	switch err := writable(folder); {
	case errors.Is(err, syscall.EROFS) && len(missing) == 0:
		say("%s is mounted read-only: the notebooks run, but NOTHING YOU DO IN THEM CAN BE SAVED", folder)
		return nil
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s is mounted read-only and lacks notebooks, the first of them %s: mount it without :ro", folder, missing[0])
	case err != nil:
		return notWritable(folder, err)
	}
	for _, name := range missing {
		n, err := released(repo, name)
		if err != nil {
			return err
		}
		if _, err := n.Write(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// makeTarget makes the folder that a link leads to, unless it is there: a
// volume over the home folder hides it. It returns the folder's own path.
func makeTarget(link string) (string, error) {
	folder, err := os.Readlink(link)
	if err != nil {
		folder = link // a folder may be mounted in its place
	}
	err = os.MkdirAll(folder, 0o755)
	if errors.Is(err, syscall.EROFS) {
		return "", fmt.Errorf("%s is mounted read-only: mount it without :ro", filepath.Dir(folder))
	}
	if err != nil {
		return "", notWritable(filepath.Dir(folder), err)
	}
	return folder, nil
}

// missingNotebooks returns the names of the files that are not in the learner's
// folder.
func missingNotebooks(repo notebook.Repo) ([]string, error) {
	names, err := repo.Names()
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, name := range names {
		name += ".ipynb"
		if _, err := os.Stat(repo.Path("notebooks", name)); errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, name)
		}
	}
	return missing, nil
}

// notWritable says whose folder it is and how to start the container as a user
// who may write there.
func notWritable(folder string, cause error) error {
	info, err := os.Stat(folder)
	if err != nil {
		return fmt.Errorf("%s cannot be used: %w", folder, err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !errors.Is(cause, fs.ErrPermission) {
		return fmt.Errorf("your work cannot be saved: %w", cause)
	}
	advice := fmt.Sprintf("start it with --user %d:%d", owner.Uid, owner.Gid)
	if owner.Uid == 0 {
		advice = "make the folder yours, not root's; with Podman without root, where it is yours and looks like root's, start with --userns=keep-id:uid=1000,gid=100"
	}
	return fmt.Errorf("your work cannot be saved: %s belongs to user %d, and the container runs as user %d, who may not write there: %s",
		folder, owner.Uid, os.Getuid(), advice)
}
