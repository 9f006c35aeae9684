package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/zeek"
	"flowlab/labkit/triage"
)

// mostNames bounds the names of a finding, of each field.
const mostNames = 5

// A namer looks up what Zeek's logs say of the flows of findings. nil looks up
// nothing.
type namer struct {
	cmd    *cobra.Command
	inputs []input
	uids   bool            // whether uids are wanted where no other log lies beside conn.log
	said   map[string]bool // of which files it was said where names are from
}

// name fills in the uids and the names of findings whose flows are from a conn.log:
// of each of their flows that is named, and of no other.
func (n *namer) name(findings []*triage.Finding) {
	if n == nil {
		return
	}
	findings = slices.DeleteFunc(slices.Clone(findings), func(f *triage.Finding) bool { return f.UIDs != nil }) // whose are known
	for _, in := range n.inputs {
		if in.name == "-" || !strings.HasPrefix(in.table.Report.Format, "Zeek conn.log") {
			continue
		}
		if logs := zeek.Beside(in.name); len(logs) > 0 || n.uids {
			n.nameFrom(in.name, logs, findings)
		}
	}
	for _, f := range findings {
		f.Names = frequent(f.Names)
	}
}

func (n *namer) nameFrom(conn string, logs []string, findings []*triage.Finding) {
	lines := map[int]bool{}
	for _, f := range findings {
		for _, origin := range f.Flows {
			if origin.File == conn {
				lines[origin.Place] = true
			}
		}
	}
	uids, err := zeek.UIDs(conn, lines, flow.Limits{})
	n.say(err)
	wanted := map[string]bool{}
	for _, uid := range uids {
		wanted[uid] = true
	}
	facts, err := zeek.Facts(logs, wanted, flow.Limits{})
	n.say(err)
	if len(logs) > 0 && !n.said[conn] {
		n.said[conn] = true
		names := make([]string, len(logs))
		for i, path := range logs {
			names[i] = flow.Printable(filepath.Base(path))
		}
		fmt.Fprintf(n.cmd.ErrOrStderr(), "%s: names from %s beside it\n", flow.Printable(conn), strings.Join(names, ", "))
	}
	for _, f := range findings {
		addNames(f, conn, uids, facts)
	}
}

// say says that something could not be looked up: the finding stands without.
func (n *namer) say(err error) {
	if err != nil {
		fmt.Fprintf(n.cmd.ErrOrStderr(), "not all names are known: %v\n", err)
	}
}

func addNames(f *triage.Finding, conn string, uids map[int]string, facts map[string][]zeek.Fact) {
	at := map[zeek.Fact]int{}
	for i, name := range f.Names {
		at[zeek.Fact{Field: name.Field, Value: name.Value}] = i // of another file
	}
	for i, origin := range f.Flows {
		uid := uids[origin.Place]
		if origin.File != conn || uid == "" {
			continue
		}
		if f.UIDs == nil {
			f.UIDs = make([]string, len(f.Flows))
		}
		f.UIDs[i] = uid
		for _, fact := range facts[uid] {
			fact.Value = flow.Printable(fact.Value) // whoever is asked chooses it
			k, ok := at[fact]
			if !ok {
				k = len(f.Names)
				at[fact] = k
				f.Names = append(f.Names, triage.Name{Field: fact.Field, Value: fact.Value})
			}
			f.Names[k].Flows++
		}
	}
}

// frequent returns the most frequent names of each field, the most frequent first.
func frequent(names []triage.Name) []triage.Name {
	slices.SortStableFunc(names, func(a, b triage.Name) int { return cmp.Compare(b.Flows, a.Flows) })
	count := map[string]int{}
	return slices.DeleteFunc(names, func(n triage.Name) bool {
		count[n.Field]++
		return count[n.Field] > mostNames
	})
}

// hostNames writes the names of hosts in a cell of a table: two, and how many more
// are known.
func hostNames(f *triage.Finding) string {
	const most, longest = 2, 40
	var names []string
	for _, n := range f.Names {
		if strings.HasPrefix(n.Field, "ja") || slices.Contains(names, n.Value) {
			continue
		}
		names = append(names, n.Value)
	}
	more := len(names) - most
	names = names[:min(most, len(names))]
	for i, name := range names {
		if r := []rune(name); len(r) > longest {
			names[i] = string(r[:longest]) + "…"
		}
	}
	if more > 0 {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// nameRecords returns the names of a finding for a file.
func nameRecords(f *triage.Finding) []record {
	rows := make([]record, len(f.Names))
	for i, n := range f.Names {
		rows[i] = record{{"field", n.Field}, {"value", n.Value}, {"flows", n.Flows}}
	}
	return rows
}
