package chart

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A dataset is the rows of an interactive picture, of the same fields each. It
// travels as CSV in a single string, a third of the size of JSON.
type dataset struct {
	name string
	rows []spec
}

// put adds the data to a whole specification.
func (d dataset) put(into spec) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	names := d.fields()
	w.Write(names)
	record := make([]string, len(names))
	for _, row := range d.rows {
		for k, name := range names {
			record[k] = csvField(row[name])
		}
		w.Write(record) // a strings.Builder takes all
	}
	w.Flush()
	all, ok := into["datasets"].(spec)
	if !ok {
		all = spec{}
		into["datasets"] = all
	}
	all[d.name] = b.String()
}

// data refers to the data in a view.
func (d dataset) data() spec {
	types := spec{}
	for _, name := range d.fields() {
		types[name] = "number"
		for _, row := range d.rows {
			switch row[name].(type) {
			case string:
				types[name] = "string"
			case bool:
				types[name] = "boolean"
			}
		}
	}
	return spec{"name": d.name, "format": spec{"type": "csv", "parse": types}}
}

func (d dataset) fields() []string {
	if len(d.rows) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(d.rows[0]))
}

// csvField writes a value; a missing one is empty, which is read as null.
func csvField(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}
