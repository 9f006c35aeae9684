package image

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// editionLabel is the option that says which edition of the course an image
// holds.
const editionLabel = "--label=flowlab.edition"

// edited are the files and folders that an edition is made of.
var edited = []string{"go.mod", "go.sum", "labkit", "requirements.txt", "solutions"}

// Edition names the edition of the course in a checkout: it is another one as
// soon as a file differs.
func Edition(dir string) (string, error) {
	all := sha256.New()
	for _, name := range edited {
		err := filepath.WalkDir(filepath.Join(dir, name), func(path string, entry fs.DirEntry, err error) error {
			if entry != nil && entry.IsDir() && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir // Jupyter's own copies
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(path)
			if err == nil {
				name, _ := filepath.Rel(dir, path)
				fmt.Fprintf(all, "%s %x\n", name, sha256.Sum256(data))
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return fmt.Sprintf("%.16x", all.Sum(nil)), nil
}

// FindSandbox returns a sandbox of this edition's image. Its error says in one
// sentence what is missing.
func FindSandbox(dir string) (Sandbox, error) {
	tool, err := Find(Runners)
	if err != nil {
		return Sandbox{}, err
	}
	edition, err := Edition(dir)
	if err != nil {
		return Sandbox{}, err
	}
	for _, name := range []string{imageTag, testOnlyTag} {
		label, err := tool.Output("image", "inspect", `--format={{index .Config.Labels "flowlab.edition"}}`, name)
		if err == nil && label == edition {
			return Sandbox{Tool: tool, Image: name}, nil
		}
	}
	return Sandbox{}, fmt.Errorf("%s has no image of this edition: make image builds it", tool)
}
