package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"flowlab/labkit/allow"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// largestList bounds what is read as an allow-list.
const largestList = 16 << 20

// readAllowList returns the list in a file, nil if none is named.
func readAllowList(name string) (*allow.List, error) {
	if name == "" {
		return nil, nil
	}
	text, err := durable.Read(name, largestList)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: want an allow-list, see lab allow --help", err)
		}
		return nil, err
	}
	return allow.Parse(name, string(text))
}

// howToShow is how what is allowed is shown.
const howToShow = ": --show-allowed shows what"

// An allowing says which findings are not shown. Without a list all are.
type allowing struct {
	list *allow.List
	show bool // those too, marked
	view *allow.View
}

// newView begins to count anew.
func (a *allowing) newView() {
	if a.list != nil {
		a.view = a.list.View()
	}
}

// mark counts a finding that is allowed.
func (a *allowing) mark(f *triage.Finding) {
	if a.list != nil {
		a.view.Mark(f)
	}
}

// markHosts marks findings of hosts, and adds what stands behind those that are
// allowed.
func (a *allowing) markHosts(hosts []triage.Host, traffic *triage.Traffic) {
	if a.list == nil {
		return
	}
	a.newView()
	for _, h := range hosts {
		for i := range h.Findings {
			a.mark(&h.Findings[i])
		}
	}
	beside := a.list.View() // which does not count: these findings are not shown otherwise
	traffic.Behind(hosts, func(f *triage.Finding) bool {
		beside.Mark(f)
		return f.Allowed != ""
	})
}

// hides tells whether a finding is not shown.
func (a *allowing) hides(f *triage.Finding) bool { return f.Allowed != "" && !a.show }

// shown returns the findings of a host that are shown.
func (a *allowing) shown(h *triage.Host) []*triage.Finding {
	var shown []*triage.Finding
	for i := range h.Findings {
		if f := &h.Findings[i]; !a.hides(f) {
			shown = append(shown, f)
		}
	}
	return shown
}

// allowedOf counts the findings of a host that a rule covers.
func allowedOf(h *triage.Host) int {
	n := 0
	for i := range h.Findings {
		if h.Findings[i].Allowed != "" {
			n++
		}
	}
	return n
}

// hidesHost tells whether a host has findings, and none is shown.
func (a *allowing) hidesHost(h *triage.Host) bool {
	return len(h.Findings) > 0 && len(a.shown(h)) == 0
}

// first returns hosts up to the nth that is shown.
func (a *allowing) first(n int, hosts []triage.Host) []triage.Host {
	for i := range hosts {
		if !a.hidesHost(&hosts[i]) {
			n--
		}
		if n == 0 {
			return hosts[:i+1]
		}
	}
	return hosts
}

// firstRows returns rows up to the nth that is shown. Lists are made of as many rows
// as are asked for: without an allow-list once.
func (a *allowing) firstRows(n int, list func(n int) []triage.Row) []triage.Row {
	ask := n
	if a.list != nil {
		ask = 2 * n
	}
	for {
		rows := list(ask)
		a.newView()
		shown := 0
		for i := range rows {
			a.mark(&rows[i].Finding)
			if !a.hides(&rows[i].Finding) {
				shown++
			}
			if shown == n {
				return rows[:i+1]
			}
		}
		if len(rows) < ask {
			return rows
		}
		ask *= 4
	}
}

// sayAllowed says how many findings are not shown and how to show them, and which
// rules have expired. Below a table it is part of the table.
func (o output) sayAllowed(cmd *cobra.Command, traffic *triage.Traffic, how string) error {
	if o.list == nil {
		return nil
	}
	w := cmd.ErrOrStderr()
	_, last := traffic.Span()
	for r, findings := range o.view.Lapsed(last) {
		fmt.Fprintf(w, "%s: expired on %s, by the time of the flows: %s that it names came later\n",
			o.list.Place(r), r.Until.Format("2006-01-02"), plural.Of(findings, "finding"))
	}
	if o.view.Allowed == 0 || o.show {
		how = ""
	}
	if o.format == "table" {
		w = o.w
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "%s allowed by %s%s\n", plural.Of(o.view.Allowed, "finding"), flow.Printable(o.list.File), how)
	return err
}
