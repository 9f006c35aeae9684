package main

import (
	"fmt"

	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

// A pivot leads from a finding in a table to its flows.
type pivot struct {
	place   string // or the incident; "" is that of the one before
	finding *triage.Finding
}

// pivots writes below a table by which condition lab flows gives the flows of each
// finding.
func (o output) pivots(shown []pivot) error {
	if len(shown) == 0 {
		return nil
	}
	fmt.Fprintln(o.w, "\nTheir flows, by lab flows --where CONDITION FILE...:")
	for _, p := range shown {
		if _, err := fmt.Fprintf(o.w, "%-5s '%s'\n", flow.Printable(p.place), flow.Printable(p.finding.Where)); err != nil {
			return err
		}
	}
	return nil
}
