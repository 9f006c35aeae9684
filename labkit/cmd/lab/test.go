package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func newTest() *cobra.Command {
	return &cobra.Command{
		Use:     "test",
		Short:   "Set up what is missing and run every check",
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, _ []string) error {
			if err := setUp(repo); err != nil {
				return err
			}
			return errors.Join(
				checkFormat(repo),
				verify(repo, "go", "vet", "./..."),
				verify(repo, repo.Venv("bin", "staticcheck"), "./..."),
				verify(repo, "go", testArgs(repo)...),
			)
		}),
	}
}

// checkFormat returns an error that names the files gofmt would change.
func checkFormat(repo notebook.Repo) error {
	say("gofmt -l labkit")
	goroot, err := run(repo.Path(), repo.GoEnv(), "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	files, err := run(repo.Path(), repo.GoEnv(), filepath.Join(goroot, "bin", "gofmt"), "-l", "labkit")
	if err == nil && files != "" {
		err = fmt.Errorf("these files are not formatted as gofmt does it:\n%s", files)
	}
	return err
}

// verify runs a program in the checkout before the user's eyes.
func verify(repo notebook.Repo, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	say("%s", cmd)
	cmd.Dir = repo.Path()
	cmd.Env = append(append(os.Environ(), repo.GoEnv()...), notebook.NeedKernel+"=1")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", cmd, err)
	}
	return nil
}

// testArgs returns the arguments of go test. Its cache cannot know what the
// kernel read, hence -count=1.
func testArgs(repo notebook.Repo) []string {
	args := []string{"test", "-count=1", "-timeout=20m"}
	if cgo, err := run(repo.Path(), repo.GoEnv(), "go", "env", "CGO_ENABLED"); err == nil && cgo == "1" {
		args = append(args, "-race")
	} else {
		say("NO RACE DETECTOR in this run: it needs a C compiler, and there is none")
	}
	return append(args, "./...")
}
