package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/triage"
)

// largestState bounds what is read as the incidents of an earlier run.
const largestState = 256 << 20

// readState returns the incidents of the run before, none if there was none.
func (o *scoreFlags) readState(cmd *cobra.Command, inputs []string) (m triage.Memory, err error) {
	name := o.state
	if name == "" {
		return m, nil
	}
	if err := isNoInput("--state", name, inputs); err != nil {
		return m, err
	}
	data, err := durable.Read(name, largestState)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s is not there yet: every incident is new\n", flow.Printable(name))
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if m, err = triage.DecodeMemory(data); err != nil {
		err = fmt.Errorf("%s: %w", flow.Printable(name), err)
	}
	return m, err
}

// showIncidents merges what is not allowed into incidents, compares them with those
// of the run before if there is a state, and keeps them for the next.
func (o *scoreFlags) showIncidents(cmd *cobra.Command, out output, traffic *triage.Traffic, hosts []triage.Host, flows *triage.JudgedFlows, before triage.Memory) error {
	var shown []*triage.Finding
	for i := range hosts {
		shown = append(shown, out.shown(&hosts[i])...)
	}
	out.names.name(shown)
	findings := make([]triage.Finding, len(shown))
	for i, f := range shown {
		findings[i] = *f
	}
	incidents := triage.Incidents(findings)
	var memory triage.Memory
	if o.state != "" {
		before.Incidents = out.notAllowed(before.Incidents)
		incidents, memory = before.Compare(traffic.Name(), incidents, triage.Incidents(allowedFindings(hosts)))
	}
	n := len(incidents)
	if o.format == "table" {
		n = 20
	}
	if err := out.incidents(incidents, cmp.Or(o.top, n)); err != nil {
		return err
	}
	if err := out.sayAllowed(cmd, traffic, ": --show-allowed shows what, without --incidents"); err != nil {
		return err
	}
	if err := o.writeReport(cmd, out, traffic, hosts, incidents, flows); err != nil || o.state == "" {
		return err
	}
	data, err := memory.Encode()
	if err != nil {
		return err
	}
	return durable.Write(o.state, data)
}

// allowedFindings returns those of hosts that a rule covers.
func allowedFindings(hosts []triage.Host) []triage.Finding {
	return slices.DeleteFunc(triage.FindingsOf(hosts), func(f triage.Finding) bool { return f.Allowed == "" })
}

// notAllowed leaves out incidents of an earlier run that are allowed by now: they
// are not gone.
func (a *allowing) notAllowed(incidents []triage.Incident) []triage.Incident {
	if a.list == nil {
		return incidents
	}
	view := a.list.View()
	return slices.DeleteFunc(slices.Clone(incidents), func(i triage.Incident) bool {
		for f := range i.Deeds() {
			view.Mark(&f)
			if f.Allowed == "" {
				return false
			}
		}
		return true
	})
}

// incidents writes up to n incidents, and up to n that are gone.
func (o output) incidents(all []triage.Incident, n int) error {
	gone := slices.IndexFunc(all, func(i triage.Incident) bool { return i.State == triage.StateGone })
	if gone < 0 {
		gone = len(all)
	}
	shown := append(slices.Clone(all[:min(n, gone)]), all[gone:min(gone+n, len(all))]...)
	if o.format == "table" {
		return o.incidentTable(shown, len(all)-len(shown))
	}
	rows := make([]record, len(shown))
	for i := range shown {
		rows[i] = o.incidentRecord(&shown[i])
	}
	if len(rows) == 0 && o.format == "csv" {
		return o.header(o.incidentRecord(&triage.Incident{}))
	}
	return o.records(rows)
}

// incidentRecord returns the members of an incident. A line of csv has no room for
// its flows, and lists in one cell each.
func (o output) incidentRecord(i *triage.Incident) record {
	list := func(words []string) any {
		if o.format == "csv" {
			return strings.Join(words, " ")
		}
		return append([]string{}, words...) // not null
	}
	var kinds []string
	for _, k := range i.Kinds {
		kinds = append(kinds, string(k))
	}
	var port any
	if i.Port >= 0 {
		port = i.Port
	}
	r := record{
		{"id", i.ID}, {"state", word(string(i.State))}, {"kinds", list(kinds)}, {"hosts", list(i.Hosts)},
		{"target", word(i.Target)}, {"port", port}, {"first", number(i.First)}, {"last", number(i.Last)},
		{"count", i.Count}, {"score", number(i.Score)}, {"techniques", list(i.Techniques)}, {"words", word(i.Words)},
		{"where", word(i.Where)},
	}
	if o.format == "csv" {
		return r
	}
	f := triage.Finding{Flows: i.Flows, UIDs: i.UIDs}
	return append(r, details(&f)...)
}

func (o output) incidentTable(incidents []triage.Incident, more int) error {
	if len(incidents) == 0 {
		_, err := fmt.Fprintln(o.w, "no incident")
		return err
	}
	type line = triage.Incident
	err := writeTable(o.w, incidents,
		tableColumn[line]{"state", func(i line) string { return string(i.State) }},
		tableColumn[line]{"incident", func(i line) string { return i.ID }},
		tableColumn[line]{"expected", func(i line) string { return expected(&triage.Finding{Score: i.Score}) }},
		tableColumn[line]{"first (UTC)", func(i line) string { return clock(i.First, tableTime) }},
		tableColumn[line]{"last", func(i line) string { return clock(i.Last, lastLayout(&triage.Finding{First: i.First, Last: i.Last})) }},
		tableColumn[line]{"flows", func(i line) string { return strconv.Itoa(i.Count) }},
		tableColumn[line]{"technique", func(i line) string { return strings.Join(i.Techniques, " ") }},
		tableColumn[line]{"what was done", func(i line) string { return i.Words }},
	)
	if err == nil && more > 0 {
		_, err = fmt.Fprintf(o.w, "and %d more: --top shows them\n", more)
	}
	if err != nil {
		return err
	}
	var shown []pivot
	for _, i := range incidents {
		if i.Where != "" { // those that are gone, and those of many findings have none
			shown = append(shown, pivot{i.ID, &triage.Finding{Where: i.Where}})
		}
	}
	return o.pivots(shown)
}
