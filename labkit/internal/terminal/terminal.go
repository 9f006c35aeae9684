// Package terminal is how a command speaks to its user and runs other programs.
package terminal

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Terminal is where a command writes: its results to Out, and what it says
// about its work to Err.
type Terminal struct {
	Out, Err io.Writer
}

// Say tells the user in a line what goes on, or what is amiss.
func (t Terminal) Say(format string, args ...any) {
	fmt.Fprintf(t.Err, "lab: "+format+"\n", args...)
}

// Run runs a program in dir with extra environment before the user's eyes: first
// the command is shown, then all that it prints.
func (t Terminal) Run(dir string, env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	t.Say("%s", cmd)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = t.Out, t.Err
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", cmd, err)
	}
	return nil
}

// Output runs a program in dir with extra environment, and returns what it
// printed on standard output. An error shows all that it printed.
func Output(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err,
			strings.TrimSpace(stdout.String()+stderr.String()))
	}
	return strings.TrimSpace(stdout.String()), nil
}
