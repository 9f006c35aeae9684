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
	for i := range hosts {
		all = append(all, o.shown(&hosts[i])...)
	}
	o.names.name(all)
	switch o.format {
	case "ecs":
		return o.ecs(all)
	case "table":
		return o.hostTable(hosts)
	case "csv":
		return o.hostRows(hosts)
	}
	rows := make([]record, len(hosts))
	for i := range hosts {
		h := &hosts[i]
		findings := []record{}
		for _, f := range o.shown(h) {
			findings = append(findings, append(o.findingRecord(f), details(f)...))
		}
		rows[i] = record{{"place", h.Place}, {"host", h.Address}}
		if o.list != nil {
			rows[i] = append(rows[i], member{"allowed", allowedOf(h)})
		}
		rows[i] = append(rows[i], member{"findings", findings})
	}
	return o.records(rows)
}

// hostRows writes a line for each finding, and for each host without one.
func (o output) hostRows(hosts []triage.Host) error {
	of := func(place any, f *triage.Finding) record {
		return append(record{{"place", place}}, o.findingRecord(f)...)
	}
	var rows []record
	for i := range hosts {
		h := &hosts[i]
		for _, f := range o.shown(h) {
			rows = append(rows, of(h.Place, f))
		}
		if len(h.Findings) == 0 {
			none := triage.Finding{Host: h.Address, Port: -1, First: math.NaN(), Last: math.NaN(), Score: math.NaN(), Threshold: math.NaN()}
			rows = append(rows, of(h.Place, &none))
		}
	}
	if len(rows) == 0 {
		return o.header(of(nil, &triage.Finding{}))
	}
	return o.records(rows)
}

func (o output) hostTable(hosts []triage.Host) error {
	const most = 3 // findings of a host
	var lines []hostLine
	for i := range hosts {
		h := &hosts[i]
		place, address := strconv.Itoa(h.Place), h.Address
		if len(h.Findings) == 0 {
			lines = append(lines, hostLine{place, address, nil})
		}
		shown := o.shown(h)
		for _, f := range shown[:min(most, len(shown))] {
			lines = append(lines, hostLine{place, address, f})
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
		tableColumn[hostLine]{"allowed", ofFinding(func(f *triage.Finding) string { return f.Allowed })},
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
func (o output) findingRecord(f *triage.Finding) record {
	var port, window any
	if f.Port >= 0 {
		port = f.Port
	}
	if f.Window > 0 {
		window = f.Window.Seconds()
	}
	r := record{
		{"host", f.Host}, {"kind", word(string(f.Kind))}, {"peer", word(f.Peer)}, {"port", port},
		{"first", number(f.First)}, {"last", number(f.Last)}, {"count", f.Count},
		{"score", number(f.Score)}, {"threshold", number(f.Threshold)}, {"stands_out", f.StandsOut()},
		{"window", window}, {"technique", word(f.Technique)}, {"words", word(f.Words)},
		{"where", word(f.Where)}, {"names", nameRecords(f)},
	}
	if o.show {
		r = append(r, member{"allowed", word(f.Allowed)})
	}
	return r
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

// A placedRow is a window or pair with its place in the list.
type placedRow struct {
	place int
	*triage.Row
}

// rows writes windows or pairs, those that are shown.
func (o output) rows(all []triage.Row) error {
	var rows []placedRow
	var findings []*triage.Finding
	for i := range all {
		if f := &all[i].Finding; !o.hides(f) {
			rows, findings = append(rows, placedRow{i + 1, &all[i]}), append(findings, f)
		}
	}
	o.names.name(findings)
	switch {
	case o.format == "ecs":
		return o.ecs(findings)
	case o.format == "table":
		return o.rowTable(rows)
	case len(rows) == 0 && o.format == "csv":
		none := append(append(record{{"place", nil}}, o.findingRecord(&triage.Finding{})...), member{"forest", nil})
		return o.header(none)
	}
	records := make([]record, len(rows))
	for i, r := range rows {
		f := &r.Finding
		records[i] = append(append(record{{"place", r.place}}, o.findingRecord(f)...), member{"forest", number(r.Forest)})
		if o.format != "csv" {
			records[i] = append(records[i], details(f)...)
		}
	}
	return o.records(records)
}

func (o output) rowTable(rows []placedRow) error {
	if len(rows) == 0 {
		_, err := fmt.Fprintln(o.w, "none reaches the floor of a list")
		return err
	}
	type line = placedRow
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
		tableColumn[line]{"allowed", func(r line) string { return r.Allowed }},
	)
	if err != nil {
		return err
	}
	shown := make([]pivot, len(rows))
	for i, r := range rows {
		shown[i] = pivot{strconv.Itoa(r.place), &r.Finding}
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
	all := findingsOf(flows)
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
	of := func(s *triage.StrangeFlow) (r record) {
		for _, f := range columns {
			r = append(r, member{f.String(), flowValue(&s.Flow, f)})
		}
		if withFile {
			r = append(r, member{"file", s.Flow.Origin.File})
		}
		r = append(r, member{"anomaly_score", s.Score}, member{"anomaly", s.StandsOut()})
		if calibrated {
			r = append(r, member{"p_value", number(s.P)})
		}
		r = append(r, member{"reason", s.Words})
		if o.show {
			r = append(r, member{"allowed", word(s.Allowed)})
		}
		return r
	}
	if len(flows) == 0 && o.format == "csv" {
		return o.header(of(&triage.StrangeFlow{}))
	}
	rows := make([]record, len(flows))
	for i := range flows {
		rows[i] = of(&flows[i])
	}
	return o.records(rows)
}

// findingsOf returns the findings of strange flows.
func findingsOf(flows []triage.StrangeFlow) []*triage.Finding {
	all := make([]*triage.Finding, len(flows))
	for i := range flows {
		all[i] = &flows[i].Finding
	}
	return all
}

// isCalibrated tells whether a flow has a p-value.
func isCalibrated(s triage.StrangeFlow) bool { return !math.IsNaN(s.P) }

// flowValue returns a value of a flow, nil if it is not known.
func flowValue(f *flow.Flow, field flow.Field) any {
	if !field.IsWord() {
		return number(f.Number(field))
	}
	return word(f.Word(field))
}

// word returns a word for a record, nil if it is empty.
func word(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// flowTable writes what a reader needs to look at a flow.
func (o output) flowTable(flows []triage.StrangeFlow, withFile bool) error {
	if len(flows) == 0 {
		_, err := fmt.Fprintln(o.w, "none is shown")
		return err
	}
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
		tableColumn[line]{"allowed", func(s line) string { return s.Allowed }},
	)
}
