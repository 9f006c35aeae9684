package submission

import (
	"path/filepath"
	"strings"

	"flowlab/labkit/check"
)

// Student returns who handed a notebook in, by where it lies below one of the
// folders: the name of the sub-folder, or else what stands before the notebook's
// own name, as in ada_04_isolation_forest.ipynb. It is "" for a file that says
// neither.
func Student(folders []string, file string) string {
	for _, folder := range folders {
		below, err := filepath.Rel(folder, file)
		if err != nil || !filepath.IsLocal(below) {
			continue
		}
		if first, _, deeper := strings.Cut(filepath.ToSlash(below), "/"); deeper {
			return first
		}
	}
	base := filepath.Base(file)
	for _, e := range check.Exercises() {
		if before, _, found := strings.Cut(base, e.Notebook); found {
			return strings.TrimRight(before, " _-.")
		}
	}
	return ""
}
