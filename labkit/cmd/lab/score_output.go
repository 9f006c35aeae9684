package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/texttable"
)

// text returns a value of the flow, "" if it is missing.
func (s strangeFlow) text(name string) string {
	if !hasColumns(s.flow, name) {
		return ""
	}
	e := s.flow.Col(name).Elem(0)
	switch {
	case e.IsNA():
		return ""
	case e.Type() == series.Float:
		return strconv.FormatFloat(e.Float(), 'f', -1, 64)
	}
	return e.String()
}

// writeTable writes what a reader needs to look at a flow.
func writeTable(w io.Writer, found []strangeFlow) error {
	columns := []struct {
		title string
		cell  func(strangeFlow) string
	}{
		{"file", func(s strangeFlow) string { return s.text("file") }},
		{"score", func(s strangeFlow) string { return fmt.Sprintf("%.4g", s.score) }},
		{"anomaly", func(s strangeFlow) string { return map[bool]string{true: "yes", false: "no"}[s.anomaly] }},
		{"time (UTC)", strangeFlow.time},
		{"source", func(s strangeFlow) string { return s.endpoint("src") }},
		{"destination", func(s strangeFlow) string { return s.endpoint("dst") }},
		{"protocol", func(s strangeFlow) string { return s.text("protocol") }},
		{"state", func(s strangeFlow) string { return s.text("state") }},
		{"label", func(s strangeFlow) string { return s.text("label") }},
		{"reason", func(s strangeFlow) string { return s.reason }},
	}
	var table []texttable.Column
	for _, c := range columns {
		column := texttable.Column{Header: c.title, Left: true}
		empty := true
		for _, s := range found {
			text := c.cell(s)
			empty = empty && text == ""
			column.Cells = append(column.Cells, text)
		}
		if !empty {
			table = append(table, column)
		}
	}
	for line := range strings.Lines(texttable.Render(table...) + "\n") {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func (s strangeFlow) time() string {
	seconds, err := strconv.ParseFloat(s.text("ts"), 64)
	if err != nil {
		return ""
	}
	return time.UnixMilli(int64(seconds * 1000)).UTC().Format("2006-01-02 15:04:05.000")
}

func (s strangeFlow) endpoint(side string) string {
	address, port := s.text(side+"_ip"), s.text(side+"_port")
	switch {
	case port == "":
		return address
	case address == "":
		return "port " + port
	}
	return net.JoinHostPort(address, port)
}

// scoreColumns are what is written beside the columns of a flow.
var scoreColumns = []string{"anomaly_score", "anomaly", "reason"}

func writeCSV(w io.Writer, found []strangeFlow) error {
	out := csv.NewWriter(w)
	names := found[0].flow.Names()
	out.Write(append(names[:len(names):len(names)], scoreColumns...))
	for _, s := range found {
		var record []string
		for _, name := range names {
			record = append(record, s.text(name))
		}
		anomaly := map[bool]string{true: "1", false: "0"}[s.anomaly]
		out.Write(append(record, strconv.FormatFloat(s.score, 'g', -1, 64), anomaly, s.reason))
	}
	out.Flush()
	return out.Error()
}

// writeJSON writes an array of objects, one to a line. What is missing is null.
func writeJSON(w io.Writer, found []strangeFlow) error {
	var out []byte
	for k, s := range found {
		out = append(out, map[bool]string{true: "[\n", false: ",\n"}[k == 0]...)
		out = append(out, '{')
		for _, name := range s.flow.Names() {
			var value any
			if e := s.flow.Col(name).Elem(0); !e.IsNA() {
				value = e.Val()
			}
			out = appendMember(out, name, value)
			out = append(out, ',')
		}
		for i, value := range []any{s.score, s.anomaly, s.reason} {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendMember(out, scoreColumns[i], value)
		}
		out = append(out, '}')
	}
	_, err := w.Write(append(out, "\n]\n"...))
	return err
}

func appendMember(out []byte, name string, value any) []byte {
	out = append(strconv.AppendQuote(out, name), ':')
	text, err := json.Marshal(value)
	if err != nil {
		panic("lab: a value that JSON does not have: " + err.Error()) // scores are finite, flows hold numbers and text
	}
	return append(out, text...)
}
