package setup

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/terminal"
)

const gonb = "github.com/janpfeifer/gonb"

// A change puts new text in the place of old in a file of GoNB.
type change struct{ file, old, new string }

// quickCompletion lets the first Tab after a start complete within about two
// seconds. GoNB as it is takes 20 and then offers nothing.
var quickCompletion = []change{
	// GoNB looks whether gopls listens every 12 seconds, where a second will do:
	// by then go.work is there, too, which gopls reads first.
	{"internal/goexec/goplsclient/exec.go", "time.After(ConnectTimeout)", "time.After(time.Second)"},
	// It opens each file of the course in gopls, which is busy with them for longer
	// than GoNB waits. gopls reads them from disk; what changes later is still sent.
	{"internal/goexec/tracking.go", "\tif entry.IsDir {\n", "\tif entry.IsDir {\n\t\treturn\n"},
}

// shownCell leaves the text of the cell that runs in GoNB's folder, where a check
// looks whether the function that it was handed stands in it.
var shownCell = []change{
	{"internal/goexec/execcode.go", "\tklog.V(1).Infof(\"ExecuteCell: %q\", lines)\n",
		"\t_ = os.WriteFile(path.Join(s.TempDir, \"" + exam.CellName + "\"), []byte(strings.Join(lines, \"\\n\")), 0o600)\n"},
}

// changes are all of them.
var changes = slices.Concat(quickCompletion, shownCell)

// apply makes the change in the text of its file.
func (c change) apply(text string) (string, error) {
	if !strings.Contains(text, c.old) {
		return "", fmt.Errorf("%s of GoNB: no text %q to change", c.file, c.old)
	}
	return strings.ReplaceAll(text, c.old, c.new), nil
}

// applyTo makes the change in a copy of GoNB's source.
func (c change) applyTo(source string) error {
	path := filepath.Join(source, filepath.FromSlash(c.file))
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err := c.apply(string(data))
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// buildGoNB builds GoNB with its changes from a copy of its source. Only the
// kernel is built from that: what cells and lab import is GoNB as it is.
func buildGoNB(repo checkout.Repo, flags, program string) error {
	source := repo.Venv("var", "gonb")
	defer os.RemoveAll(source)
	if err := copyGoNB(repo, source); err != nil {
		return err
	}
	for _, c := range changes {
		if err := c.applyTo(source); err != nil {
			return err
		}
	}
	requirements := filepath.Join(source, "flowlab.mod")
	if err := replaceGoNB(repo, source, requirements); err != nil {
		return err
	}
	env := append(repo.GoEnv(), "GOWORK=off") // with one, go build wants no -modfile
	_, err := terminal.Output(repo.Path(), env, "go", "build", "-buildvcs=false", flags, "-modfile="+requirements, "-o", program, gonb)
	return err
}

// copyGoNB copies the source of go.mod's GoNB into a new folder.
func copyGoNB(repo checkout.Repo, dir string) error {
	original, err := sourceOfGoNB(repo)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.CopyFS(dir, os.DirFS(original))
}

func sourceOfGoNB(repo checkout.Repo) (string, error) {
	return terminal.Output(repo.Path(), repo.GoEnv(), "go", "list", "-f", "{{.Module.Dir}}", gonb)
}

// replaceGoNB writes a go.mod, with its go.sum, that is the course's but for the
// folder of GoNB.
func replaceGoNB(repo checkout.Repo, source, path string) error {
	data, err := os.ReadFile(repo.Path("go.mod"))
	if err != nil {
		return err
	}
	file, err := modfile.Parse(repo.Path("go.mod"), data, nil)
	if err != nil {
		return err
	}
	if err := file.AddReplace(gonb, "", source, ""); err != nil {
		return err
	}
	if data, err = file.Format(); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	if data, err = os.ReadFile(repo.Path("go.sum")); err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(path, ".mod")+".sum", data, 0o644)
}
