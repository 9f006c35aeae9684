package main

import (
	"encoding/csv"
	"encoding/json"
	"flowlab/labkit/flow"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// An output writes what was found in one format.
type output struct {
	w      io.Writer
	format string
	log    io.Writer // for what there is to say of it
	inputs []input
	names  *namer
	*allowing
}

// A record is a row of a file: members in their order.
type record []member

type member struct {
	name  string
	value any // a number, a word or a list; nil if it is not known
}

// records writes rows as csv, json or jsonl. What is not known is an empty field,
// or null.
func (o output) records(rows []record) error {
	switch {
	case len(rows) == 0 && o.format == "jsonl":
		return nil
	case o.format == "csv":
		return o.csv(rows)
	case o.format == "json":
		return o.json(rows, "[\n", ",\n", "\n]\n")
	}
	return o.json(rows, "", "\n", "\n")
}

func (o output) csv(rows []record) error {
	out := csv.NewWriter(o.w)
	for i, r := range rows {
		names, values := make([]string, len(r)), make([]string, len(r))
		for k, m := range r {
			names[k], values[k] = m.name, csvValue(m.value)
		}
		if i == 0 {
			out.Write(names)
		}
		out.Write(values)
	}
	out.Flush()
	return out.Error()
}

// header writes the names of the members alone.
func (o output) header(r record) error {
	names := make([]string, len(r))
	for k, m := range r {
		names[k] = m.name
	}
	out := csv.NewWriter(o.w)
	out.Write(names)
	out.Flush()
	return out.Error()
}

func csvValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "1"
		}
		return "0"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return flow.PlainCell(v)
	case []record:
		return flow.PlainCell(inOneCell(v))
	}
	return fmt.Sprint(v)
}

// inOneCell writes the values of records, with a semicolon between two.
func inOneCell(rows []record) string {
	texts := make([]string, len(rows))
	for i, r := range rows {
		values := make([]string, len(r))
		for k, m := range r {
			values[k] = fmt.Sprint(m.value)
		}
		texts[i] = strings.Join(values, " ")
	}
	return strings.Join(texts, "; ")
}

func (o output) json(rows []record, before, between, after string) error {
	out := []byte(before)
	for i, r := range rows {
		if i > 0 {
			out = append(out, between...)
		}
		out = r.appendJSON(out)
	}
	_, err := o.w.Write(append(out, after...))
	return err
}

func (r record) appendJSON(out []byte) []byte {
	out = append(out, '{')
	for i, m := range r {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(strconv.AppendQuote(out, m.name), ':')
		if inner, ok := m.value.([]record); ok {
			out = append(out, '[')
			for k, r := range inner {
				if k > 0 {
					out = append(out, ',')
				}
				out = r.appendJSON(out)
			}
			out = append(out, ']')
			continue
		}
		text, err := json.Marshal(m.value)
		if err != nil {
			panic("lab: a value that JSON does not have: " + err.Error()) // numbers are finite here
		}
		out = append(out, text...)
	}
	return append(out, '}')
}

// number returns a number for a record, nil if it is not known.
func number(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
