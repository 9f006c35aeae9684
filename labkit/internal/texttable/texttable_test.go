package texttable

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// Cells are those that pandas 3.1.1 prints, without its padding.
func TestFloats(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		want   string // cells, separated by spaces
	}{
		{"nothing", nil, ""},
		{"zeros common to all are cut", []float64{-1.5, 2, 3.25}, "-1.50 2.00 3.25"},
		{"one decimal stays", []float64{0, 7}, "0.0 7.0"},
		{"no more than six decimals", []float64{1. / 3, 0.5}, "0.333333 0.500000"},
		{"missing", []float64{1, math.NaN(), 3}, "1.0 NaN 3.0"},
		{"nothing but missing", []float64{math.NaN()}, "NaN"},
		{"infinite", []float64{1.5, math.Inf(1), math.Inf(-1)}, "1.5 inf -inf"},
		{"tiny", []float64{1e-9, 0.5}, "1.000000e-09 5.000000e-01"},
		{"tiny and negative", []float64{-1e-9, 5}, "-1.000000e-09 5.000000e+00"},
		{"six decimals show 1e-6", []float64{1e-6, 1}, "0.000001 1.000000"},
		{"large, twelve places", []float64{12345678.25, 0.125}, "12345678.250 0.125"},
		{"large, thirteen places", []float64{-12345678.25, 0.125}, "-1.234568e+07 1.250000e-01"},
		{"large, short without its zeros", []float64{2e6, 5e6}, "2000000.0 5000000.0"},
		{"thirteen places, not large", []float64{-99999.123456}, "-99999.123456"},
	} {
		if got := strings.Join(Floats(c.values, false), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The place of the sign counts as one of twelve.
func TestFloatsWithAPlaceForTheSign(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   []string
	}{
		{[]float64{1.5, -1.5, math.NaN()}, []string{" 1.5", "-1.5", "NaN"}},
		{[]float64{1234567.25, 0.125}, []string{" 1234567.250", " 0.125"}},
		{[]float64{12345678.25, 0.125}, []string{" 1.234568e+07", " 1.250000e-01"}},
	} {
		if got := Floats(c.values, true); !slices.Equal(got, c.want) {
			t.Errorf("%v: %q, want %q", c.values, got, c.want)
		}
	}
}

func TestFloatsLeavesItsInput(t *testing.T) {
	values := []float64{3, math.Inf(1), 1}
	Floats(values, false)
	if !slices.Equal(values, []float64{3, math.Inf(1), 1}) {
		t.Errorf("values are now %v", values)
	}
}

func TestRender(t *testing.T) {
	got := Render(
		Column{Header: "", Cells: []string{"mean", "x"}, Left: true},
		Column{Header: "rate", Cells: []string{"1", "12345"}},
		Column{Header: "Größe", Cells: []string{"2", "3"}},
	)
	const want = "" +
		"      rate Größe\n" +
		"mean     1     2\n" +
		"x    12345     3"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Render(); got != "" {
		t.Errorf("no columns: %q", got)
	}
	if got := Render(Column{Header: "a"}, Column{Header: "b"}); got != "a b" {
		t.Errorf("no rows: %q", got)
	}
}
