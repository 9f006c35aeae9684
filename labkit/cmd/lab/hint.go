package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
)

func newHint() *cobra.Command {
	return &cobra.Command{
		Use:     "hint ID [NUMBER]",
		Short:   "Print a hint for an exercise",
		Long:    "Hint prints the hint with this number, the first if there is none. The first\nis a nudge, the last nearly the answer. lab status lists the ids.",
		Example: "  lab hint bytes-ratio\n  lab hint bytes-ratio 2",
		GroupID: "learner",
		Args:    exerciseAnd(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := check.Find(args[0])
			if err != nil {
				return err
			}
			number := 1
			if len(args) == 2 {
				if number, err = strconv.Atoi(args[1]); err != nil {
					return fmt.Errorf("%q is not the number of a hint: want 1 to %d", args[1], len(e.Hints))
				}
			}
			hint, err := e.Hint(number)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s, hint %d of %d\n\n%s\n\nThe section “%s” of notebooks/%s.ipynb is about it.\n", e.Title, number, len(e.Hints), hint, e.Section, e.Notebook)
			if number < len(e.Hints) {
				fmt.Fprintf(cmd.OutOrStdout(), "\nThe next: go tool lab hint %s %d\n", e.ID, number+1)
			} else {
				fmt.Fprintf(cmd.OutOrStdout(), "\nThe solution: go tool lab solution %s\n", e.ID)
			}
			return nil
		},
	}
}

// exerciseAnd wants the id of an exercise and so many further arguments at most.
func exerciseAnd(more int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch n := len(args); {
		case n == 0:
			return fmt.Errorf("which exercise? Give its id, as in %q: lab status lists them", cmd.CommandPath()+" bytes-ratio")
		case n > 1+more:
			return fmt.Errorf("%q is one too many: want %q", args[1+more], cmd.UseLine())
		}
		return nil
	}
}
