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
		Args:    cobra.RangeArgs(1, 2),
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
			fmt.Fprintf(cmd.OutOrStdout(), "%s, hint %d of %d\n\n%s\n", e.Title, number, len(e.Hints), hint)
			if number < len(e.Hints) {
				fmt.Fprintf(cmd.OutOrStdout(), "\nThe next: go tool lab hint %s %d\n", e.ID, number+1)
			} else {
				fmt.Fprintf(cmd.OutOrStdout(), "\nThe solution: go tool lab solution %s\n", e.ID)
			}
			return nil
		},
	}
}
