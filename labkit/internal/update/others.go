package update

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"flowlab/labkit/internal/durable"
)

// renewOthers writes the files of notebooks/ that are no notebooks as the new
// edition has them. One that the learner has changed is kept aside first.
func (u Updater) renewOthers(before string) error {
	if before == "" {
		return nil
	}
	names, err := u.changed(before, "HEAD", "AM")
	for _, name := range names {
		if filepath.Ext(name) != ".ipynb" {
			err = errors.Join(err, u.renewOther(before, name))
		}
	}
	return err
}

func (u Updater) renewOther(before, name string) error {
	latest, err := u.blob("HEAD", name)
	if err != nil {
		return err
	}
	path := u.Repo.Path(filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if mine, err := os.ReadFile(path); err == nil && !u.isFrom(before, name, mine) {
		aside, err := keepAside(path, mine)
		if err != nil {
			return fmt.Errorf("keeping a copy of your work, before anything is changed: %w", err)
		}
		u.Tell("%s: new; your own is kept as %s", name, filepath.Base(aside))
	}
	return durable.Write(path, latest)
}

// isFrom tells whether a file's content is the one that it has in a commit.
func (u Updater) isFrom(commit, name string, data []byte) bool {
	old, err := u.blob(commit, name)
	return err == nil && bytes.Equal(old, data)
}
