package update

import (
	"errors"
	"os"
	"path/filepath"

	"flowlab/labkit/internal/durable"
)

// A removed file is one of notebooks/ that the new edition has no longer.
type removed struct {
	name, path string
	data       []byte
	aside      string // the learner's copy; "" if he had not changed it
}

// clearGone removes the files of notebooks/ that the upstream has no longer.
// Those that the learner has changed are kept under another name.
func (u Updater) clearGone() (all []removed, err error) {
	names, err := u.changed("HEAD", "@{upstream}", "D")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		r := removed{name: name, path: u.Repo.Path(filepath.FromSlash(name))}
		if r.data, err = os.ReadFile(r.path); err != nil {
			continue // the learner has removed it
		}
		if !u.isFrom("HEAD", name, r.data) {
			if r.aside, err = keepAside(r.path, r.data); err != nil {
				return nil, errors.Join(err, putBack(all))
			}
		}
		if err := os.Remove(r.path); err != nil {
			return nil, errors.Join(err, putBack(all))
		}
		all = append(all, r)
	}
	return all, nil
}

// putBack undoes clearGone.
func putBack(all []removed) (err error) {
	for _, r := range all {
		writeErr := durable.Write(r.path, r.data)
		if writeErr == nil && r.aside != "" {
			writeErr = os.Remove(r.aside)
		}
		err = errors.Join(err, writeErr)
	}
	return err
}
