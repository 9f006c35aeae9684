package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
	"flowlab/labkit/internal/terminal"
)

func newTest() *cobra.Command {
	return &cobra.Command{
		Use:     "test",
		Short:   "Set up what is missing and run every check",
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			if err := setup.Course(terminalOf(cmd), repo); err != nil {
				return err
			}
			return errors.Join(
				checkFormat(cmd, repo, "labkit"),
				verify(cmd, repo, nil, "go", "vet", "./..."),
				verify(cmd, repo, nil, repo.Venv("bin", "staticcheck"), "./..."),
				verify(cmd, repo, nil, "go", testArgs(cmd, repo)...),
			)
		}),
	}
}

// checkFormat returns an error that names the files in a folder that gofmt would
// change.
func checkFormat(cmd *cobra.Command, repo checkout.Repo, folder string) error {
	terminalOf(cmd).Say("gofmt -l " + folder)
	goroot, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	files, err := terminal.Output(repo.Path(), repo.GoEnv(), filepath.Join(goroot, "bin", "gofmt"), "-l", folder)
	if err == nil && files != "" {
		err = fmt.Errorf("these files are not formatted as gofmt does it:\n%s", files)
	}
	return err
}

// verify runs a check in the checkout before the user's eyes.
func verify(cmd *cobra.Command, repo checkout.Repo, env []string, name string, args ...string) error {
	env = append(append(repo.GoEnv(), checkout.NeedKernel+"=1"), env...)
	return terminalOf(cmd).Run(repo.Path(), env, name, args...)
}

// testArgs returns the arguments of go test. Its cache cannot know what the
// kernel read, hence -count=1.
func testArgs(cmd *cobra.Command, repo checkout.Repo) []string {
	args := []string{"test", "-count=1", "-timeout=40m"}
	if cgo, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "env", "CGO_ENABLED"); err == nil && cgo == "1" {
		args = append(args, "-race")
	} else {
		terminalOf(cmd).Say("NO RACE DETECTOR in this run: it needs a C compiler, and there is none")
	}
	return append(args, "./...")
}
