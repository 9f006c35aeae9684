package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// errInterrupted gives the exit status of a command that was told to stop.
var errInterrupted = errors.New("interrupted")

// grace is how long a command may take to stop by itself.
const grace = time.Second

// interruptible ends the context of a command at Ctrl-C, or when the process is
// told to terminate. A command that does not stop by itself, as one that waits
// for standard input, is left where it is.
func interruptible(cmd *cobra.Command) *cobra.Command {
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		cmd.SetContext(ctx)
		done := make(chan error, 1)
		go func() { done <- run(cmd, args) }()
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
		}
		select {
		case <-done:
		case <-time.After(grace):
		}
		return errInterrupted
	}
	return cmd
}
