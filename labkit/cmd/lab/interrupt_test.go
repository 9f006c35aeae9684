package main

import (
	"context"
	"errors"
	"testing"

	"github.com/spf13/cobra"
)

func TestInterruptibleCommandEnds(t *testing.T) {
	for name, run := range map[string]func(cmd *cobra.Command, args []string) error{
		"stops by itself": func(cmd *cobra.Command, _ []string) error { <-cmd.Context().Done(); return cmd.Context().Err() },
		"never stops":     func(*cobra.Command, []string) error { select {} },
	} {
		cmd := interruptible(&cobra.Command{RunE: run, SilenceErrors: true, SilenceUsage: true})
		cmd.SetArgs(nil)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := cmd.ExecuteContext(ctx); !errors.Is(err, errInterrupted) {
			t.Errorf("%s: error %v, want %v", name, err, errInterrupted)
		}
	}
}

func TestInterruptibleCommandReturnsItsError(t *testing.T) {
	want := errors.New("no such file")
	cmd := interruptible(&cobra.Command{RunE: func(*cobra.Command, []string) error { return want }, SilenceErrors: true, SilenceUsage: true})
	cmd.SetArgs(nil)
	if err := cmd.Execute(); !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}
