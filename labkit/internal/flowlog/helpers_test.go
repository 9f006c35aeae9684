package flowlog

import (
	"bytes"
	"compress/gzip"
	"flowlab/labkit/flow"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// textRow returns a flow of a table as text, a missing value as "-".
func textRow(t *flow.Table, row int) string {
	var values []string
	for _, f := range t.Fields {
		values = append(values, valueText(t, f, row))
	}
	return strings.Join(values, " ")
}

func valueText(t *flow.Table, f flow.Field, row int) string {
	for _, c := range t.Parts {
		if row >= c.Len {
			row -= c.Len
			continue
		}
		if f.IsWord() {
			if word := c.Word[f].Texts[c.Word[f].Codes[row]]; word != "" {
				return word
			}
			return "-"
		}
		if v := c.Number[f][row]; !math.IsNaN(v) {
			return fmt.Sprint(v)
		}
		return "-"
	}
	return "no such row"
}

func readString(text string) (*flow.Table, error) {
	return Read(strings.NewReader(text), "flows", flow.ReadOptions{})
}

func mustRead(tb testing.TB, data []byte) *flow.Table {
	tb.Helper()
	t, err := Read(bytes.NewReader(data), "flows", flow.ReadOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func testdata(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func zipped(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func checkRows(tb testing.TB, t *flow.Table, want ...string) {
	tb.Helper()
	for i, w := range want {
		if got := textRow(t, i); got != w {
			tb.Errorf("row %d is\n%s, want\n%s", i, got, w)
		}
	}
}

func sum(t *flow.Table, f flow.Field) (total float64) {
	for _, c := range t.Parts {
		for _, v := range c.Number[f] {
			if !math.IsNaN(v) {
				total += v
			}
		}
	}
	return total
}

func unset(t *flow.Table) string { return fmt.Sprint(t.Report.Unset) }

func names(fields []flow.Field) (all []string) {
	for _, f := range fields {
		all = append(all, f.String())
	}
	return all
}

func checkFields(tb testing.TB, t *flow.Table, without ...string) {
	tb.Helper()
	want := slices.DeleteFunc(names(append(slices.Clone(logFields), flow.Label)), func(n string) bool { return slices.Contains(without, n) })
	if got := names(t.Fields); !slices.Equal(got, want) {
		tb.Errorf("fields %v, want %v", got, want)
	}
}
