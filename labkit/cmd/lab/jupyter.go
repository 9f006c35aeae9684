package main

import (
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func newJupyter() *cobra.Command {
	return &cobra.Command{
		Use:     "jupyter [-- JUPYTERLAB-OPTION…]",
		Short:   "Set up what is missing and open JupyterLab on the first notebook",
		Example: "  lab jupyter -- --no-browser --port=9000",
		GroupID: "learner",
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, args []string) error {
			if err := setUp(repo); err != nil {
				return err
			}
			return startJupyter(repo, args)
		}),
	}
}

// startJupyter turns this process into the JupyterLab server, so that signals
// reach the server directly. It returns only if that fails. The server looks
// for the next free port by itself, and opens a browser where there is one.
func startJupyter(repo notebook.Repo, args []string) error {
	python := repo.Venv("bin", "python")
	env := append(os.Environ(), repo.JupyterEnv()...)
	if err := syscall.Exec(python, jupyterArgs(python, repo.Path(), args...), env); err != nil {
		return fmt.Errorf("starting JupyterLab: %w", err)
	}
	return nil
}

// jupyterArgs returns the command that serves the course in the folder root.
func jupyterArgs(python, root string, args ...string) []string {
	return append([]string{
		python, "-m", "jupyterlab",
		"--ServerApp.root_dir=" + root,
		"--LabApp.default_url=/lab/tree/notebooks/01_generate_flows.ipynb",
		"--ServerApp.ip=127.0.0.1",
		"--ServerApp.allow_root=True",
		"--ServerApp.answer_yes=True", // Ctrl-C once is enough
		"--MappingKernelManager.default_kernel_name=gonb",
	}, args...)
}
