package main

import (
	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// A hostLine is a finding in a table of hosts; the place and the address stand
// at the first of each host.
type hostLine struct {
	place, address string
	finding        *triage.Finding
}

// hosts writes hosts and their findings.
func (o output) hosts(hosts []triage.Host) error {
	var all []*triage.Finding
	for _, h := range hosts {
		for i := range h.Findings {
			all = append(all, &h.Findings[i])
		}
	}
	o.names.name(all)
	switch o.format {
	case "ecs":
		return o.ecs(all)
	case "table":
		return o.hostTable(hosts)
	case "csv":
		var rows []record
		for _, h := range hosts {
			for i := range h.Findings {
				rows = append(rows, append(record{{"place", h.Place}}, findingRecord(&h.Findings[i])...))
			}
			if len(h.Findings) == 0 {
				none := triage.Finding{Host: h.Address, Port: -1, First: math.NaN(), Last: math.NaN(), Score: math.NaN(), Threshold: math.NaN()}
				rows = append(rows, append(record{{"place", h.Place}}, findingRecord(&none)...))
			}
		}
		return o.records(rows)
	}
	rows := make([]record, len(hosts))
	for i, h := range hosts {
		findings := make([]record, len(h.Findings))
		for k := range findings {
			f := &h.Findings[k]
			findings[k] = append(findingRecord(f), details(f)...)
		}
		rows[i] = record{{"place", h.Place}, {"host", h.Address}, {"findings", findings}}
	}
	return o.records(rows)
}

func (o output) hostTable(hosts []triage.Host) error {
	const most = 3 // findings of a host
	var lines []hostLine
	for _, h := range hosts {
		place, address := strconv.Itoa(h.Place), h.Address
		if len(h.Findings) == 0 {
			lines = append(lines, hostLine{place, address, nil})
		}
		for i := range h.Findings[:min(most, len(h.Findings))] {
			lines = append(lines, hostLine{place, address, &h.Findings[i]})
			place, address = "", ""
		}
	}
	ofFinding := func(cell func(f *triage.Finding) string) func(hostLine) string {
		return func(l hostLine) string {
			if l.finding == nil {
				return ""
			}
			return cell(l.finding)
		}
	}
	err := writeTable(o.w, lines,
		tableColumn[hostLine]{"place", func(l hostLine) string { return l.place }},
		tableColumn[hostLine]{"host", func(l hostLine) string { return l.address }},
		tableColumn[hostLine]{"expected", ofFinding(expected)},
		tableColumn[hostLine]{"first (UTC)", ofFinding(func(f *triage.Finding) string { return clock(f.First, tableTime) })},
		tableColumn[hostLine]{"last", ofFinding(func(f *triage.Finding) string { return clock(f.Last, lastLayout(f)) })},
		tableColumn[hostLine]{"flows", ofFinding(func(f *triage.Finding) string { return strconv.Itoa(f.Count) })},
		tableColumn[hostLine]{"technique", ofFinding(func(f *triage.Finding) string { return f.Technique })},
		tableColumn[hostLine]{"what it did", func(l hostLine) string {
			if l.finding == nil {
				return "as others do"
			}
			return l.finding.Words
		}},
		tableColumn[hostLine]{"names", ofFinding(hostNames)},
	)
	if err != nil {
		return err
	}
	var shown []pivot
	for _, l := range lines {
		if l.finding != nil {
			shown = append(shown, pivot{l.place, l.finding})
		}
	}
	return o.pivots(shown)
}

// expected writes how many such findings chance brings.
func expected(f *triage.Finding) string {
	switch n := math.Pow(10, -f.Score); {
	case f.Kind == triage.Strange:
		return ""
	case n >= 10:
		return fmt.Sprintf("%.0f", n)
	case n >= 0.001:
		return fmt.Sprintf("%.2g", n)
	default:
		return fmt.Sprintf("%.0e", n)
	}
}

// lastLayout leaves out the date where it is that of the beginning.
func lastLayout(f *triage.Finding) string {
	if clock(f.First, time.DateOnly) == clock(f.Last, time.DateOnly) {
		return time.TimeOnly
	}
	return tableTime
}

// findingRecord returns the members of a finding.
func findingRecord(f *triage.Finding) record {
	word := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	var port, window any
	if f.Port >= 0 {
		port = f.Port
	}
	if f.Window > 0 {
		window = f.Window.Seconds()
	}
	return record{
		{"host", f.Host}, {"kind", word(string(f.Kind))}, {"peer", word(f.Peer)}, {"port", port},
		{"first", number(f.First)}, {"last", number(f.Last)}, {"count", f.Count},
		{"score", number(f.Score)}, {"threshold", number(f.Threshold)}, {"stands_out", f.StandsOut()},
		{"window", window}, {"technique", word(f.Technique)}, {"words", word(f.Words)},
		{"where", word(f.Where)}, {"names", nameRecords(f)},
	}
}

// details returns what a line of csv has no room for.
func details(f *triage.Finding) record {
	r := record{{"flows", origins(f)}}
	if f.UIDs != nil {
		r = append(r, member{"uids", f.UIDs})
	}
	return r
}

// origins says where the flows of a finding were read.
func origins(f *triage.Finding) []string {
	places := make([]string, len(f.Flows))
	for i, origin := range f.Flows {
		places[i] = origin.String()
	}
	return places
}

// rows writes windows or pairs.
func (o output) rows(rows []triage.Row) error {
	all := make([]*triage.Finding, len(rows))
	for i := range rows {
		all[i] = &rows[i].Finding
	}
	o.names.name(all)
	if o.format == "ecs" {
		return o.ecs(all)
	}
	if o.format != "table" {
		records := make([]record, len(rows))
		for i := range rows {
			f := &rows[i].Finding
			records[i] = append(append(record{{"place", i + 1}}, findingRecord(f)...), member{"forest", number(rows[i].Forest)})
			if o.format != "csv" {
				records[i] = append(records[i], details(f)...)
			}
		}
		if len(rows) == 0 && o.format == "csv" {
			none := append(append(record{{"place", nil}}, findingRecord(&triage.Finding{})...), member{"forest", nil})
			return o.header(none)
		}
		return o.records(records)
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(o.w, "none reaches the floor of a list")
		return err
	}
	type line = triage.Row
	err := writeTable(o.w, rows,
		tableColumn[line]{"host", func(r line) string { return r.Host }},
		tableColumn[line]{"expected", func(r line) string { return expected(&r.Finding) }},
		tableColumn[line]{"forest", func(r line) string { return forest(r.Forest) }},
		tableColumn[line]{"first (UTC)", func(r line) string { return clock(r.First, tableTime) }},
		tableColumn[line]{"last", func(r line) string { return clock(r.Last, lastLayout(&r.Finding)) }},
		tableColumn[line]{"flows", func(r line) string { return strconv.Itoa(r.Count) }},
		tableColumn[line]{"technique", func(r line) string { return r.Technique }},
		tableColumn[line]{"what it did", func(r line) string { return r.Words }},
		tableColumn[line]{"names", func(r line) string { return hostNames(&r.Finding) }},
	)
	if err != nil {
		return err
	}
	shown := make([]pivot, len(rows))
	for i := range rows {
		shown[i] = pivot{strconv.Itoa(i + 1), &rows[i].Finding}
	}
	return o.pivots(shown)
}

func forest(score float64) string {
	if math.IsNaN(score) {
		return ""
	}
	return fmt.Sprintf("%.3f", score)
}

// flows writes strange flows, with the columns that were read, and the file if
// there are several.
func (o output) flows(flows []triage.StrangeFlow, inputs []input) error {
	all := make([]*triage.Finding, len(flows))
	for i := range flows {
		all[i] = &flows[i].Finding
	}
	o.names.name(all)
	if o.format == "ecs" {
		return o.ecs(all)
	}
	withFile := len(inputs) > 1
	if o.format == "table" {
		return o.flowTable(flows, withFile)
	}
	var columns []flow.Field
	for f := range flow.NumFields {
		if slices.ContainsFunc(inputs, func(in input) bool { return in.table.Has(f) }) {
			columns = append(columns, f)
		}
	}
	calibrated := slices.ContainsFunc(flows, isCalibrated)
	rows := make([]record, len(flows))
	for i, s := range flows {
		for _, f := range columns {
			rows[i] = append(rows[i], member{f.String(), flowValue(&s.Flow, f)})
		}
		if withFile {
			rows[i] = append(rows[i], member{"file", s.Flow.Origin.File})
		}
		rows[i] = append(rows[i], member{"anomaly_score", s.Score}, member{"anomaly", s.StandsOut()})
		if calibrated {
			rows[i] = append(rows[i], member{"p_value", number(s.P)})
		}
		rows[i] = append(rows[i], member{"reason", s.Words})
	}
	return o.records(rows)
}

// isCalibrated tells whether a flow has a p-value.
func isCalibrated(s triage.StrangeFlow) bool { return !math.IsNaN(s.P) }

// flowValue returns a value of a flow, nil if it is not known.
func flowValue(f *flow.Flow, field flow.Field) any {
	if !field.IsWord() {
		return number(f.Number(field))
	}
	if word := f.Word(field); word != "" {
		return word
	}
	return nil
}

// flowTable writes what a reader needs to look at a flow.
func (o output) flowTable(flows []triage.StrangeFlow, withFile bool) error {
	type line = triage.StrangeFlow
	return writeTable(o.w, flows,
		tableColumn[line]{"file", func(s line) string {
			if !withFile {
				return ""
			}
			return s.Flow.Origin.File
		}},
		tableColumn[line]{"score", func(s line) string { return fmt.Sprintf("%.4g", s.Score) }},
		tableColumn[line]{"anomaly", func(s line) string { return yesNo(s.StandsOut()) }},
		tableColumn[line]{"p-value", func(s line) string {
			if !isCalibrated(s) {
				return ""
			}
			return fmt.Sprintf("%.2g", s.P)
		}},
		tableColumn[line]{"time (UTC)", func(s line) string { return clock(s.Flow.TS, "2006-01-02 15:04:05.000") }},
		tableColumn[line]{"source", func(s line) string { return endpoint(s.Flow.SrcIP, s.Flow.SrcPort) }},
		tableColumn[line]{"destination", func(s line) string { return endpoint(s.Flow.DstIP, s.Flow.DstPort) }},
		tableColumn[line]{"names", func(s line) string { return hostNames(&s.Finding) }},
		tableColumn[line]{"protocol", func(s line) string { return s.Flow.Protocol }},
		tableColumn[line]{"state", func(s line) string { return s.Flow.State }},
		tableColumn[line]{"label", func(s line) string {
			if s.Flow.Label < 0 {
				return ""
			}
			return strconv.Itoa(s.Flow.Label)
		}},
		tableColumn[line]{"reason", func(s line) string { return s.Words }},
	)
}
