package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/flow/where"
	"flowlab/labkit/internal/plural"
)

const whereHelp = `--where picks flows. It compares the columns that lab flows --help-columns lists,
and end (when a flow ended), by ==, !=, <, <=, > and >=; in takes a value, a
network, or several in parentheses. Words and times stand in quotes. failed, broken
and unicast are true or false by themselves. &&, || and ! combine, and parentheses.
Where a value is not known every comparison is false: dst_port == unknown asks for
it.`

// A whereFlag picks flows.
type whereFlag struct {
	text      string
	condition *where.Condition // nil if none was given
}

func (w *whereFlag) add(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&w.text, "where", "", usage)
}

func (w *whereFlag) parse(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("where") {
		return nil
	}
	var err error
	if w.condition, err = where.Parse(w.text); err != nil {
		return fmt.Errorf("--where: %w", err)
	}
	return nil
}

// details tells whether the condition looks at columns that a reader leaves out
// unless it is asked for them.
func (w *whereFlag) details() bool {
	return w.condition != nil && slices.ContainsFunc(w.condition.Fields(), flow.Field.IsDetail)
}

// pick leaves out of a table the flows that are not asked for, and says how many
// there are.
func (w *whereFlag) pick(cmd *cobra.Command, name string, table *flow.Table) {
	if w.condition == nil {
		return
	}
	for _, f := range w.condition.Fields() {
		if !table.Has(f) {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s has no %s: it is unknown of all its flows\n", flow.Printable(name), f)
		}
	}
	all := table.Len()
	for _, part := range table.Parts {
		part.Keep(w.condition.Match(part))
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d of %s picked\n", flow.Printable(name), table.Len(), plural.Of(all, "flow"))
}
