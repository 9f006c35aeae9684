package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/terminal"
)

// Fill writes the notebooks that are missing in the learner's folder. Its error
// says what to type if nothing can be kept there. A folder that is read-only on
// purpose and holds the notebooks can still be used.
func Fill(t terminal.Terminal, repo checkout.Repo) error {
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
		t.Say("%s is mounted read-only: the notebooks run, but NOTHING YOU DO IN THEM CAN BE SAVED", folder)
		return nil
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s is mounted read-only and lacks notebooks, the first of them %s: mount it without :ro", folder, missing[0])
	case err != nil:
		return notWritable(folder, err)
	}
	for _, name := range missing {
		n, err := notebook.Released(repo, name)
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
func missingNotebooks(repo checkout.Repo) ([]string, error) {
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
