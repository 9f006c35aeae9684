// Package report writes what was found as one page of HTML, which needs nothing
// else: no network, no script and no other file. It follows the reader's choice of
// light or dark, and prints.
//
// Text from logs stays text: the page is made by html/template, what would steer
// a terminal or turn the direction of writing is escaped as by [flow.Printable],
// and a Content-Security-Policy forbids scripts and all loading.
package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// A Report is what the page tells. What is empty is left out.
type Report struct {
	Title string
	Made  time.Time

	Flows       int     // that were read
	First, Last float64 // of their times, in seconds since 1970; NaN if not known

	Hosts     []triage.Host // those to show, in the order of their places
	MoreHosts int           // that are not shown
	Findings  int           // of all hosts, that stand out
	Incidents []triage.Incident
	Strange   []triage.StrangeFlow
	Allowed   []Allowed
	Pictures  []Picture

	Sources  []Source
	Settings []Setting
	Notes    []string // on how it was computed
}

// An Allowed is a rule by which findings are not shown.
type Allowed struct {
	Rule     string   // its place and reason
	Examples []string // the first findings in words
	Findings int
}

// A Picture is drawn by package chart.
type Picture struct {
	Title string
	SVG   string // of [flowlab/labkit/chart.Figure.SVG]: put into the page as it is
	Light bool   // whether its shades are made for a light ground, also on a dark page
}

// A Source is a file that was read.
type Source struct {
	File   string
	Report flow.Report
}

// A Setting is an option and its value.
type Setting struct{ Name, Value string }

//go:embed page.html
var page string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"text":      func(v any) string { return flow.Printable(fmt.Sprint(v)) },
	"clock":     clock,
	"expected":  expected,
	"title":     triage.Kind.Title,
	"technique": technique,
	"names":     names,
	"endpoint":  endpoint,
	"lines":     lines,
	"picture":   func(svg string) template.HTML { return template.HTML(svg) },
	"day":       func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
	"count":     plural.Number,
	"of":        plural.Of,
	"score":     func(v float64) string { return fmt.Sprintf("%.4g", v) },
	"join":      strings.Join,
}).Parse(page))

// Write writes the page.
func (r *Report) Write(w io.Writer) error { return pageTemplate.Execute(w, r) }

// Suppressed returns how many findings are not shown.
func (r *Report) Suppressed() int {
	n := 0
	for _, a := range r.Allowed {
		n += a.Findings
	}
	return n
}

// mostIncidents is how many have room.
const mostIncidents = 50

// FirstIncidents returns those that are shown.
func (r *Report) FirstIncidents() []triage.Incident {
	return r.Incidents[:min(mostIncidents, len(r.Incidents))]
}

// MoreIncidents returns how many are not shown.
func (r *Report) MoreIncidents() int { return len(r.Incidents) - len(r.FirstIncidents()) }

const timeLayout = "2006-01-02 15:04:05"

// clock writes a time in UTC, a dash if it is not known.
func clock(seconds float64) string {
	if math.IsNaN(seconds) {
		return "–"
	}
	return time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC().Format(timeLayout)
}

// expected writes how many findings as striking chance brings; a strange flow has
// a score on another scale.
func expected(f triage.Finding) string {
	if f.Kind == triage.Strange {
		return ""
	}
	switch n := math.Pow(10, -f.Score); {
	case n >= 10:
		return fmt.Sprintf("%.0f", n)
	case n >= 0.001:
		return fmt.Sprintf("%.2g", n)
	}
	return "10" + raised.Replace(fmt.Sprintf("%.0f", -f.Score))
}

var raised = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// technique writes the name of a technique.
func technique(id string) string {
	parent, _, isSub := strings.Cut(id, ".")
	if isSub {
		return triage.TechniqueName(parent) + ": " + triage.TechniqueName(id)
	}
	return triage.TechniqueName(id)
}

// names writes what logs say of a finding's flows.
func names(f triage.Finding) []string {
	var all []string
	for _, n := range f.Names {
		all = append(all, fmt.Sprintf("%s %s (%s)", strings.ReplaceAll(n.Field, "_", " "), n.Value, plural.Of(n.Flows, "flow")))
	}
	return all
}

// endpoint writes an address with its port.
func endpoint(address string, port int) string {
	switch {
	case port < 0:
		return address
	case strings.Contains(address, ":"):
		return fmt.Sprintf("[%s]:%d", address, port)
	}
	return fmt.Sprintf("%s:%d", address, port)
}

func lines(r flow.Report) []string { return strings.Split(r.String(), "\n") }
