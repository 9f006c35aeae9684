package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
)

func newEnter() *cobra.Command {
	return &cobra.Command{
		Use:   "enter COMMAND [ARGUMENT…]",
		Short: "The image's entry point: fill the learner's folder and run a command",
		Long: `Enter puts the course's notebooks into the learner's folder, as far as they are
missing: one that was just mounted is empty. It overwrites nothing. Then it
becomes the command.`,
		Hidden:             true,
		DisableFlagParsing: true, // the flags are the command's
		Args:               cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			program, err := os.Executable()
			if err != nil {
				return err
			}
			repo := checkout.Repo(filepath.Join(filepath.Dir(program), "..", "..")) // in .venv/bin
			if err := setup.Fill(terminalOf(cmd), repo); err != nil {
				return err
			}
			path, err := exec.LookPath(args[0])
			if err != nil {
				return err
			}
			if err := syscall.Exec(path, args, os.Environ()); err != nil {
				return fmt.Errorf("starting %s: %w", path, err)
			}
			return nil
		},
	}
}
