package update

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/notebook"
)

// A work is a notebook that a learner has worked in.
type work struct {
	path string
	data []byte
	*notebook.Notebook
}

// readWork reads a notebook in which somebody may have worked. It returns nil
// for one that is not there, or empty.
func readWork(path string) (*work, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(data) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n, err := notebook.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: move the file away, or mend it", path, err)
	}
	return &work{path, data, n}, nil
}

// keepAside copies a file under a new name, NAME.mine-1.ipynb or the next one
// that is free. A copy of the same content will do.
func keepAside(path string, data []byte) (aside string, err error) {
	for i := 1; ; i++ {
		aside = asideName(path, i)
		err := durable.Create(aside, data)
		if !errors.Is(err, fs.ErrExist) {
			return aside, err
		}
		if kept, err := os.ReadFile(aside); err == nil && bytes.Equal(kept, data) {
			return aside, nil
		}
	}
}

func asideName(path string, i int) string {
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s.mine-%d%s", strings.TrimSuffix(path, ext), i, ext)
}

// asideSuffix matches what keepAside puts behind a notebook's name.
var asideSuffix = regexp.MustCompile(`\.mine-\d+$`)
