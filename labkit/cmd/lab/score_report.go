package main

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit/chart"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/report"
	"flowlab/labkit/triage"
)

const (
	reportHosts = 20 // if --top does not say otherwise
	reportFlows = 10
)

// writeReport writes what was found as a page, if there is to be one. Without hosts
// it has flows alone.
func (o *scoreFlags) writeReport(cmd *cobra.Command, out output, traffic *triage.Traffic, hosts []triage.Host, incidents []triage.Incident, flows *triage.JudgedFlows) error {
	if o.report == "" {
		return nil
	}
	var strange []triage.StrangeFlow
	if flows != nil {
		var err error
		if strange, err = out.strangest(cmd, flows, reportFlows); err != nil {
			return err
		}
		out.names.name(findingsOf(strange))
	}
	shown := out.shownHosts(hosts)
	r := report.Report{
		Title: "What stands out", Made: time.Now(), MoreHosts: max(0, len(shown)-cmp.Or(o.top, reportHosts)),
		Incidents: incidents, Strange: strange, Allowed: allowedBy(hosts),
		Notes: traffic.Notes, Settings: o.settings(),
	}
	for _, f := range triage.FindingsOf(shown) {
		if f.StandsOut() {
			r.Findings++
		}
	}
	r.Hosts = shown[:len(shown)-r.MoreHosts]
	seen := seenIn(out.inputs, r.Hosts)
	r.Flows, r.First, r.Last = seen.flows, seen.first, seen.last
	r.Pictures = seen.pictures(cmd, r.Hosts)
	for _, in := range out.inputs {
		r.Sources = append(r.Sources, report.Source{File: in.name, Report: in.table.Report})
	}
	if err := durable.WriteFrom(o.report, r.Write); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: a page with %s of %d\n", flow.Printable(o.report), plural.Of(len(r.Hosts), "host"), len(shown))
	return nil
}

// shownHosts returns the hosts that are shown, with the findings that are.
func (o output) shownHosts(hosts []triage.Host) []triage.Host {
	var shown []triage.Host
	for i := range hosts {
		if o.hidesHost(&hosts[i]) {
			continue
		}
		h := triage.Host{Place: hosts[i].Place, Address: hosts[i].Address}
		for _, f := range o.shown(&hosts[i]) {
			h.Findings = append(h.Findings, *f)
		}
		shown = append(shown, h)
	}
	return shown
}

// allowedBy returns the rules that cover findings, each with the first of them.
func allowedBy(hosts []triage.Host) []report.Allowed {
	const most = 5
	var all []report.Allowed
	at := map[string]int{}
	for _, f := range triage.FindingsOf(hosts) {
		if f.Allowed == "" {
			continue
		}
		i, ok := at[f.Allowed]
		if !ok {
			i = len(all)
			at[f.Allowed] = i
			all = append(all, report.Allowed{Rule: f.Allowed})
		}
		if all[i].Findings++; len(all[i].Examples) < most {
			all[i].Examples = append(all[i].Examples, f.Host+": "+f.Words)
		}
	}
	return all
}

// settings returns what the command was told, and which program it is.
func (o *scoreFlags) settings() []report.Setting {
	detector := fmt.Sprintf("%s, contamination %v, seed %d", o.judge.detector, o.judge.contamination, o.judge.seed)
	if o.model != "" {
		detector = "of the model " + filepath.Base(o.model)
	}
	all := []report.Setting{
		{Name: "hosts", Value: "windows of 1, 5 and 60 minutes, and pairs of source, destination and port over a day, each list judged by the upper tail of the other hosts"},
		{Name: "flows", Value: detector},
	}
	return append(all, report.Setting{Name: "program", Value: "lab " + version() + ", " + runtime.Version()})
}

// A glance is what the pictures show of all flows.
type glance struct {
	flows       int
	first, last float64
	times       []float64 // of all flows that have one
	hosts       []string  // of the flows of some hosts, the host
	at          []float64 // and the time
}

// seenIn looks at the flows of inputs, and at those of hosts more closely.
func seenIn(inputs []input, hosts []triage.Host) glance {
	g := glance{first: math.NaN(), last: math.NaN()}
	named := map[string]bool{}
	for _, h := range hosts {
		named[h.Address] = true
	}
	for _, in := range inputs {
		g.flows += in.table.Len()
		for _, f := range in.table.All() {
			if math.IsNaN(f.TS) {
				continue
			}
			if !(g.first <= f.TS) {
				g.first = f.TS
			}
			if end := f.End(); !(g.last >= end) {
				g.last = end
			}
			g.times = append(g.times, f.TS)
			if named[f.SrcIP] {
				g.hosts, g.at = append(g.hosts, f.SrcIP), append(g.at, f.TS)
			}
		}
	}
	return g
}

// pictures draws when findings were, and when their hosts were at work. One that
// cannot be drawn is left out, and it is said why.
func (g *glance) pictures(cmd *cobra.Command, hosts []triage.Host) []report.Picture {
	var spans []chart.Span
	for _, h := range hosts {
		for _, f := range h.Findings {
			if f.StandsOut() && f.Last >= f.First && f.Kind != triage.Strange {
				spans = append(spans, chart.Span{Name: f.Host + ": " + f.Words, First: f.First, Last: f.Last})
			}
		}
	}
	var all []report.Picture
	draw := func(p report.Picture, fig chart.Figure, err error) {
		if err == nil {
			p.SVG, err = fig.SVG()
		}
		if err != nil {
			fmt.Fprintf(cmd.ErrOrStderr(), "a picture is left out: %v\n", err)
			return
		}
		all = append(all, p)
	}
	if len(g.times) > 0 {
		fig, err := chart.HostTimeline(g.times, spans, "")
		draw(report.Picture{Title: "All flows, and what stands out of hosts, in the order of places."}, fig, err)
	}
	if len(g.hosts) > 0 {
		fig, err := chart.Activity(g.hosts, g.at, "")
		draw(report.Picture{Title: "When the hosts below were at work.", Light: true}, fig, err) // the more, the darker
	}
	return all
}
