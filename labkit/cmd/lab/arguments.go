package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// oneOf wants exactly one argument, and says which: cobra's own message counts.
func oneOf(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("%q is one too many: want %q", args[1], cmd.UseLine())
		}
		return someOf(what)(cmd, args)
	}
}

// someOf wants one argument or more, and says which.
func someOf(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return errors.New("no " + what)
		}
		return nil
	}
}
