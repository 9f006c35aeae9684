package main

import (
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/e2e"
)

// needBrowser is the environment variable that makes a missing browser fail the
// browser test instead of skipping it.
const needBrowser = "FLOWLAB_NEED_BROWSER"

func newBrowserTest() *cobra.Command {
	var inImage bool
	cmd := &cobra.Command{
		Use:   "browser-test [-- PYTEST-OPTION…]",
		Short: "Work through the notebooks in JupyterLab with a real browser",
		Long: `Browser-test opens JupyterLab in Chromium, without a window, and works through
the notebooks as a learner does: see labkit/internal/e2e. The JupyterLab is this
checkout's, with copies of the notebooks, or with --image the container image's,
which is built if need be.

Where there is no Chromium nothing is tested, unless ` + needBrowser + ` is set.
Screenshots of what failed go to .venv/var/browser/screenshots.`,
		Example: "  lab browser-test\n  lab browser-test --image\n  lab browser-test -- -k interrupt",
		GroupID: "author",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			browser, err := e2e.FindBrowser()
			if err != nil {
				if os.Getenv(needBrowser) != "" {
					return err
				}
				terminalOf(cmd).Say("NOTHING IS TESTED IN A BROWSER: %v", err)
				return nil
			}
			return e2e.Test(terminalOf(cmd), repo, browser, inImage, args)
		}),
	}
	cmd.Flags().BoolVar(&inImage, "image", false, "test the JupyterLab of the container image")
	return cmd
}
