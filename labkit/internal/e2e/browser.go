// Package e2e works through the notebooks in JupyterLab with a real browser, as
// a learner does. The work itself is done by pytest: see the Python files beside
// this one.
package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
	"flowlab/labkit/internal/terminal"
)

// browsers are the commands that may be Chromium, in the order in which they are
// tried.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// FindBrowser returns the path of a Chromium.
func FindBrowser() (string, error) {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium: install it, from https://www.chromium.org or the system's packages (Debian, Ubuntu: apt install chromium)")
}

// Test works through the notebooks in a browser, in the JupyterLab of the
// checkout or of the image. The arguments are further ones of pytest.
func Test(t terminal.Terminal, repo checkout.Repo, browser string, inImage bool, args []string) error {
	if err := os.MkdirAll(repo.Venv("var", "browser"), 0o755); err != nil {
		return err
	}
	if err := driverStep(t, repo).Do(); err != nil {
		return fmt.Errorf("setting up the browser test: %w", err)
	}
	serve := serveCheckout
	if inImage {
		serve = serveImage
	}
	server, err := serve(t, repo)
	if err != nil {
		return err
	}
	shots := repo.Venv("var", "browser", "screenshots")
	if err = os.RemoveAll(shots); err == nil {
		err = runPytest(t, repo, args, "FLOWLAB_URL="+server.url, "FLOWLAB_TOKEN="+server.token,
			"FLOWLAB_BROWSER="+browser, "FLOWLAB_SCREENSHOTS="+shots)
	}
	return errors.Join(err, server.stop())
}

// driverStep makes a virtual environment of its own: the browser's driver is
// nothing that JupyterLab should see.
func driverStep(t terminal.Terminal, repo checkout.Repo) setup.Step {
	requirements := repo.Path("labkit", "internal", "e2e", "requirements.txt")
	venv := repo.Venv("var", "browser", "venv")
	return setup.Step{
		Stamp:    repo.Venv("var", "browser", "stamp"),
		Describe: func() string { return fmt.Sprintf("path: %s\n", venv) + setup.Digest(requirements) },
		Build: func() error {
			t.Say("setting up the browser's driver …")
			python, err := setup.MakeVenv(repo, venv)
			if err != nil {
				return err
			}
			_, err = terminal.Output(repo.Path(), nil, python, "-m", "pip", "-q", "install", "--no-cache-dir", "--only-binary", ":all:", "--require-hashes", "-r", requirements)
			return err
		},
	}
}

func runPytest(t terminal.Terminal, repo checkout.Repo, args []string, env ...string) error {
	python := repo.Venv("var", "browser", "venv", "bin", "python")
	args = append([]string{"-m", "pytest", "-p", "no:cacheprovider", "-v", "--tb=short", "labkit/internal/e2e"}, args...)
	if err := t.Run(repo.Path(), append(env, "PYTHONDONTWRITEBYTECODE=1"), python, args...); err != nil {
		return fmt.Errorf("the browser test: %w", err)
	}
	return nil
}
