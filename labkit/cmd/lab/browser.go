package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

// needBrowser is the environment variable that makes a missing browser fail the
// browser test instead of skipping it.
const needBrowser = "FLOWLAB_NEED_BROWSER"

// browsers are the commands that may be Chromium, in the order in which they are
// tried.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

func newBrowserTest() *cobra.Command {
	var inImage bool
	cmd := &cobra.Command{
		Use:   "browser-test [-- PYTEST-OPTION…]",
		Short: "Work through the notebooks in JupyterLab with a real browser",
		Long: `Browser-test opens JupyterLab in Chromium, without a window, and works through
the notebooks as a learner does: see labkit/e2e. The JupyterLab is this
checkout's, with copies of the notebooks, or with --image the container image's,
which is built if need be.

Where there is no Chromium nothing is tested, unless ` + needBrowser + ` is set.
Screenshots of what failed go to .venv/var/browser/screenshots.`,
		Example: "  lab browser-test\n  lab browser-test --image\n  lab browser-test -- -k interrupt",
		GroupID: "author",
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, args []string) error {
			browser, err := findBrowser()
			if err != nil {
				if os.Getenv(needBrowser) != "" {
					return err
				}
				say("NOTHING IS TESTED IN A BROWSER: %v", err)
				return nil
			}
			return testInBrowser(repo, browser, inImage, args)
		}),
	}
	cmd.Flags().BoolVar(&inImage, "image", false, "test the JupyterLab of the container image")
	return cmd
}

func findBrowser() (string, error) {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium: install it, from https://www.chromium.org or the system's packages (Debian, Ubuntu: apt install chromium)")
}

func testInBrowser(repo notebook.Repo, browser string, inImage bool, args []string) error {
	if err := os.MkdirAll(repo.Venv("var", "browser"), 0o755); err != nil {
		return err
	}
	if err := driverStep(repo).do(); err != nil {
		return fmt.Errorf("setting up the browser test: %w", err)
	}
	serve := serveCheckout
	if inImage {
		serve = serveImage
	}
	server, err := serve(repo)
	if err != nil {
		return err
	}
	shots := repo.Venv("var", "browser", "screenshots")
	if err = os.RemoveAll(shots); err == nil {
		err = runPytest(repo, args, "FLOWLAB_URL="+server.url, "FLOWLAB_TOKEN="+server.token,
			"FLOWLAB_BROWSER="+browser, "FLOWLAB_SCREENSHOTS="+shots)
	}
	return errors.Join(err, server.stop())
}

// driverStep makes a virtual environment of its own: the browser's driver is
// nothing that JupyterLab should see.
func driverStep(repo notebook.Repo) step {
	requirements := repo.Path("labkit", "e2e", "requirements.txt")
	venv := repo.Venv("var", "browser", "venv")
	return step{
		stamp:    repo.Venv("var", "browser", "stamp"),
		describe: func() string { return fmt.Sprintf("path: %s\n", venv) + digest(requirements) },
		build: func() error {
			say("setting up the browser's driver …")
			python, err := makeVenv(repo, venv)
			if err != nil {
				return err
			}
			_, err = run(repo.Path(), nil, python, "-m", "pip", "-q", "install", "--no-cache-dir", "-r", requirements)
			return err
		},
	}
}

func runPytest(repo notebook.Repo, args []string, env ...string) error {
	python := repo.Venv("var", "browser", "venv", "bin", "python")
	cmd := exec.Command(python, append([]string{"-m", "pytest", "-p", "no:cacheprovider", "-v", "--tb=short", "labkit/e2e"}, args...)...)
	say("%s", cmd)
	cmd.Dir = repo.Path()
	cmd.Env = append(append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1"), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the browser test: %w", err)
	}
	return nil
}
