package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/terminal"
)

func newCapstone() *cobra.Command {
	return &cobra.Command{
		Use:   "capstone NAME|SEED…",
		Short: "Print a seed for each student, and who attacks in their day",
		Long: `Capstone prints, as CSV, the answers to notebook 14: for each seed the four
attacks of its day and the hosts that do them. For a name it makes a seed, the
same each time, which the student puts behind CapstoneDay.`,
		Example: "  lab capstone ada bob > capstone.csv\n  lab capstone 42",
		GroupID: "author",
		Args:    someOf("student: want names or seeds"),
		RunE: func(cmd *cobra.Command, names []string) error {
			w := csv.NewWriter(cmd.OutOrStdout())
			err := w.Write([]string{"student", "seed", "attack", "host"})
			for _, name := range names {
				seed := capstoneSeed(name)
				for _, f := range check.CapstoneAnswers(seed) {
					err = errors.Join(err, w.Write([]string{terminal.NoFormula(name), fmt.Sprint(seed), f.Kind, f.Host}))
				}
			}
			w.Flush()
			return errors.Join(err, w.Error())
		},
	}
}

// capstoneSeed returns a number as it is, and for a name one of six digits at
// most.
func capstoneSeed(name string) uint32 {
	if seed, err := strconv.ParseUint(name, 10, 32); err == nil {
		return uint32(seed)
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32() % 1_000_000
}
