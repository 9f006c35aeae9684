package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
	"flowlab/labkit/chart"
	"flowlab/labkit/internal/show"
)

func shown(t *testing.T, frame dataframe.DataFrame, caption ...string) show.Bundle {
	outputs := capture(func() { chart.Table(frame, caption...) })
	if len(outputs) != 1 {
		t.Fatalf("%d outputs: want one", len(outputs))
	}
	checkTags(t, outputs[0].HTML)
	return outputs[0]
}

// checkTags fails if a tag is not closed or text is not escaped.
func checkTags(t *testing.T, fragment string) {
	d := xml.NewDecoder(strings.NewReader("<div>" + fragment + "</div>"))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in %s", err, fragment)
		}
	}
}

func checkContains(t *testing.T, where, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%s lacks %s:\n%s", where, want, text)
		}
	}
}

func TestTableMarksAnomalies(t *testing.T) {
	b := shown(t, dataframe.New(
		series.New([]string{"TCP", "UDP", "ICMP"}, series.String, "protocol"),
		series.New([]int{0, 1, 0}, series.Int, "label"),
		series.New([]float64{0, 0, 1}, series.Float, "predicted"),
	), "Three <flows>")
	rows := strings.Split(b.HTML, "<tr ")[1:]
	if len(rows) != 3 {
		t.Fatalf("%d rows: want 3 in %s", len(rows), b.HTML)
	}
	checkContains(t, "HTML", b.HTML,
		"Three &lt;flows&gt;</caption>",
		`<th scope="col" tabindex="0" style="text-align:left">protocol</th>`,
		`<th scope="col" tabindex="0" style="text-align:right">label</th>`,
		"▲ and bold: an anomaly.")
	if strings.Contains(rows[0], "▲") || strings.Contains(rows[0], "bold") {
		t.Errorf("a normal flow is marked: %s", rows[0])
	}
	checkContains(t, "row of an anomaly", rows[1], "font-weight:bold", "▲ 1</td>", ">0</td>")
	checkContains(t, "row of a flagged flow", rows[2], "font-weight:bold", "▲ 1</td>", ">0</td>")
	checkContains(t, "text", b.Text, "Three <flows>\n", "ICMP")
}

func TestTableWithoutAnomalies(t *testing.T) {
	b := shown(t, dataframe.New(series.New([]int{1, 2}, series.Int, "packets")))
	for _, unwanted := range []string{"▲", "bold", "caption", "left out"} {
		if strings.Contains(b.HTML, unwanted) {
			t.Errorf("HTML says %s:\n%s", unwanted, b.HTML)
		}
	}
}

func TestTableLeavesOut(t *testing.T) {
	b := shown(t, labkit.GenerateFlows(42))
	const note = "The first 20 of 1,000 rows; 980 more are left out."
	checkContains(t, "HTML", b.HTML, note)
	checkContains(t, "text", b.Text, note)
	if got := strings.Count(b.HTML, "<tr "); got != 20 {
		t.Errorf("%d rows: want 20", got)
	}
	if got := strings.Count(b.Text, "\n"); got != 21 {
		t.Errorf("%d line ends in the text: want a header, 20 rows and the note", got)
	}
}

// Numbers of a column have the decimals that the column needs, no exponents.
func TestTableCells(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{0.600000, 0.101754, 0.41}, "0.600 0.102 0.410"},
		{[]float64{120, 48000, 41000000.5}, "120 48,000 41,000,000"},
		{[]float64{3.288851, 0.0015, 12.5}, "3.2889 0.0015 12.5000"},
		{[]float64{1, 2, 3}, "1 2 3"},
		{[]float64{0, 0}, "0 0"},
		{[]float64{1000, 1000}, "1,000 1,000"},
		{[]float64{0.5, 1}, "0.5 1.0"},
		{[]float64{-123456, -1234.5, 999}, "-123,456 -1,234 999"},
		{[]float64{1772409649, 1772409661}, "1772409649 1772409661"}, // seconds since 1970
		{[]float64{1772409649, 20}, "1,772,409,649 20"},
		{[]float64{2.5e-7, -1e-6}, "2.50e-07 -1.00e-06"},
	} {
		b := shown(t, dataframe.New(series.New(c.values, series.Float, "x")))
		var got []string
		for _, row := range strings.Split(b.HTML, `<td style="text-align:right">`)[1:] {
			got = append(got, row[:strings.Index(row, "<")])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v is written %s: want %s", c.values, s, c.want)
		}
	}
}

func TestTableOfMissingValues(t *testing.T) {
	b := shown(t, dataframe.New(
		series.New([]string{"NaN", "0.25"}, series.Float, "duration"),
		series.New([]string{"1", "NaN"}, series.Int, "label")))
	checkContains(t, "HTML", b.HTML, ">NaN</td>", ">0.25</td>", "▲ 1")
}

func TestTablePanics(t *testing.T) {
	for want, frame := range map[string]dataframe.DataFrame{
		"chart: cannot show a broken frame: no such file": {Err: errors.New("no such file")},
		"chart: cannot show a frame without columns":      {},
	} {
		func() {
			defer func() {
				if err, ok := recover().(error); !ok || err.Error() != want {
					t.Errorf("Table panicked with %v: want %s", err, want)
				}
			}()
			chart.Table(frame)
		}()
	}
}
