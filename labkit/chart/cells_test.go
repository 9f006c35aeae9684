package chart

import (
	"slices"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// Whole numbers read like others, but a port is a name, and a time no quantity.
func TestWholeNumbersInTable(t *testing.T) {
	frame := dataframe.New(
		series.New([]int{1499, -20000}, series.Int, "flows"),
		series.New([]int{49152, 443}, series.Int, "dst_port"),
		series.New([]int{1700000000, 1700000060}, series.Int, "ts"),
	)
	for i, want := range [][]string{{"1,499", "-20,000"}, {"49152", "443"}, {"1700000000", "1700000060"}} {
		if got := newTable(frame).columns[i].cells; !slices.Equal(got, want) {
			t.Errorf("%q: want %q", got, want)
		}
	}
}
