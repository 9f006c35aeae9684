package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"flowlab/labkit/triage"
)

// showRows shows windows or pairs.
func (o *scoreFlags) showRows(cmd *cobra.Command, out output, traffic *triage.Traffic, by string) error {
	list := traffic.Windows
	if by == "pair" {
		list = traffic.Pairs
	}
	rows := out.firstRows(cmp.Or(o.top, 20), func(n int) []triage.Row { return list(n, o.judge.seed) })
	if err := out.rows(rows); err != nil {
		return err
	}
	return out.sayAllowed(cmd, traffic, howToShow)
}

// showFlows shows the strangest flows.
func (o *scoreFlags) showFlows(cmd *cobra.Command, out output, traffic *triage.Traffic, flows *triage.JudgedFlows, inputs []input) error {
	strangest, err := out.strangest(cmd, flows, cmp.Or(o.top, 10))
	if err != nil {
		return err
	}
	if err := out.flows(strangest, inputs); err != nil {
		return err
	}
	if err := out.sayAllowed(cmd, traffic, howToShow); err != nil { // before the report asks the list again
		return err
	}
	return o.writeReport(cmd, out, traffic, nil, nil, flows) // there are no hosts
}

// strangest returns the n strangest flows that are shown.
func (o output) strangest(cmd *cobra.Command, flows *triage.JudgedFlows, n int) ([]triage.StrangeFlow, error) {
	return flows.TopBut(cmd.Context(), n, func(f *triage.Finding) bool {
		o.mark(f)
		return o.hides(f)
	})
}

// showHosts shows hosts, and below a table of them the strangest flows.
func (o *scoreFlags) showHosts(cmd *cobra.Command, out output, traffic *triage.Traffic, hosts []triage.Host, flows *triage.JudgedFlows, inputs []input) error {
	n := cmp.Or(o.top, len(hosts))
	if o.format == "table" {
		n = cmp.Or(o.top, 20)
	}
	if err := out.hosts(out.first(n, hosts)); err != nil {
		return err
	}
	if err := out.sayAllowed(cmd, traffic, howToShow); err != nil {
		return err
	}
	if o.report != "" {
		incidents := triage.Incidents(triage.FindingsOf(out.shownHosts(hosts)))
		if err := o.writeReport(cmd, out, traffic, hosts, incidents, flows); err != nil {
			return err
		}
	}
	if o.format != "table" || flows == nil {
		return nil
	}
	const below = 5
	strangest, err := out.strangest(cmd, flows, below)
	if err != nil {
		return err
	}
	fmt.Fprintln(out.w, "\nThe strangest flows:")
	return out.flows(strangest, inputs)
}
