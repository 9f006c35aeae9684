package setup

import (
	"errors"
	"os"
	"path/filepath"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

// A first cell imports what the notebooks import. The test brings in what
// GoNB's %test needs.
var firstCell = map[string]string{
	"main.go": `package setup

import (
	_ "flowlab/labkit"

	_ "github.com/go-gota/gota/dataframe"
	_ "github.com/janpfeifer/gonb/cache"
	_ "github.com/janpfeifer/gonb/gonbui"
	_ "gonum.org/v1/gonum/mat"
	_ "gonum.org/v1/gonum/stat"
	_ "gonum.org/v1/plot"
)

func main() {}
`,
	"main_test.go": `package setup

import "testing"

func TestNothing(*testing.T) {}
`,
}

// warmCache downloads and compiles what the cells need, so that the first one
// is as fast as the others, its completion too, and none needs the network. A
// labkit that does not compile must not keep its author from JupyterLab.
func warmCache(t terminal.Terminal, repo checkout.Repo) {
	_, err := terminal.Output(repo.Path(), append(repo.GoEnv(), withoutC), "go", "build", "./labkit/...")
	err = errors.Join(err, buildFirstCell(repo))
	if err != nil {
		t.Say("the first cells will be slow, for the build cache could not be filled: %v", err)
	}
}

// buildFirstCell builds a program as GoNB does: as a module of its own, in a
// workspace with the course. Go loads more of the module graph there than in
// the course alone.
func buildFirstCell(repo checkout.Repo) error {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, source := range firstCell {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(source), 0o644); err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"mod", "init", "cell"},
		{"work", "init", ".", repo.Path()},
		{"list", "-m", "all"}, // go doc in a cell looks at every module's go.mod
		{"build", "-ldflags=-s", "-o", os.DevNull, "."},
		{"test", "-ldflags=-s", "."},
	} {
		if _, err := terminal.Output(dir, append(repo.GoEnv(), withoutC), "go", args...); err != nil {
			return err
		}
	}
	return checkFirstCell(repo, dir)
}

// checkFirstCell has gopls look at a cell as the kernel's gopls does: what it
// learns of the course, it keeps in its cache, and the first completion is quick.
func checkFirstCell(repo checkout.Repo, dir string) error {
	env, err := kernelEnv(repo)
	if err != nil {
		return err
	}
	_, err = terminal.Output(dir, env, repo.Venv("bin", "gopls"), "check", "main.go")
	return err
}
