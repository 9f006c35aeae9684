package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/plot"

	"flowlab/labkit"
)

// labelled returns a frame of columns a, b, … whose flows are anomalies in the
// second half.
func labelled(columns ...[]float64) dataframe.DataFrame {
	flags := make([]int, len(columns[0]))
	for i := len(flags) / 2; i < len(flags); i++ {
		flags[i] = 1
	}
	all := []series.Series{series.New(flags, series.Int, "label")}
	for k, values := range columns {
		all = append(all, series.New(values, series.Float, string(rune('a'+k))))
	}
	return dataframe.New(all...)
}

// A linear axis is said to squeeze flows only where it does.
func TestHistogramsSayWhatIsSqueezed(t *testing.T) {
	even := floats.Span(make([]float64, 100), 1, 100)
	even[0] = 1e-6 // spans more than a thousandfold
	crowd := append(slices.Repeat([]float64{1}, 99), 1e6)
	for name, c := range map[string]struct {
		values []float64
		want   bool
	}{"even": {even, false}, "crowded": {crowd, true}} {
		fig := labkit.Must(Histograms(labelled(c.values), "a"))
		if got := strings.HasSuffix(fig.Alt, "Heavy tails squeeze nearly all flows into one bin of a linear axis: a."); got != c.want {
			t.Errorf("%s: Alt is %q: want it to speak of heavy tails: %v", name, fig.Alt, c.want)
		}
	}
}

// Findings after a colon go on in small letters.
func TestMediansOfOneClass(t *testing.T) {
	flows := dataframe.New(series.New([]float64{1, 2}, series.Float, "a"), series.New([]int{0, 0}, series.Int, "label"))
	want := "Histograms of 2 flows (0 anomalies): the median of a is 1.5."
	if got := labkit.Must(Histograms(flows, "a")).Alt; got != want {
		t.Errorf("Alt is %q: want %q", got, want)
	}
}

// A column is the best of several only if it is better than the next.
func TestECDFNamesTheBestIfThereIsOne(t *testing.T) {
	apart, alike := []float64{1, 2, 3, 4}, []float64{1, 2, 1, 2}
	for _, c := range []struct {
		columns [][]float64
		want    string
	}{
		{[][]float64{apart}, "Largest gap between the classes, where 0 is alike and 1 apart: a 1.00 at 2."},
		{[][]float64{apart, apart}, "Largest gaps, where 0 is alike and 1 apart: a 1.00 at 2; b 1.00 at 2."},
		{[][]float64{alike, apart}, "b tells the classes apart best. Largest gaps, where 0 is alike and 1 apart: b 1.00 at 2; a 0.00 at 0."},
	} {
		fig := labkit.Must(ECDF(labelled(c.columns...), []string{"a", "b"}[:len(c.columns)]...))
		if want := "Cumulative distributions of 4 flows (2 anomalies). " + c.want; fig.Alt != want {
			t.Errorf("Alt is %q: want %q", fig.Alt, want)
		}
	}
}

// The sentence names the columns that raise the score in full, even if their
// bars are summed up with others.
func TestReasonsNameWhatRaisesTheScore(t *testing.T) {
	long := strings.Repeat("a very long name ", 10)
	e := labkit.Explanation{Score: 0.4, Ordinary: 0.5}
	var columns []string
	for k := range 14 {
		columns = append(columns, fmt.Sprint(long, k))
		e.Contributions = append(e.Contributions, -0.01)
	}
	e.Contributions[7], e.Contributions[9] = 0.002, 0.000001
	fig := labkit.Must(Reasons(e, columns, make([]float64, 14), ""))
	want := fmt.Sprintf("The main reason is %s7 = 0, which adds +0.0020; then %[1]s9 = 0, +1e-06.", long)
	if !strings.HasSuffix(fig.Alt, want) {
		t.Errorf("Alt is %q: want it to end in %q", fig.Alt, want)
	}
	e.Contributions[7], e.Contributions[9] = 0, -0.1
	if fig := labkit.Must(Reasons(e, columns, make([]float64, 14), "")); !strings.HasSuffix(fig.Alt, "No column raises it.") {
		t.Errorf("Alt is %q: want it to say that no column raises the score", fig.Alt)
	}
}

// Drawing leaves the plots of the figure as they are.
func TestDrawingKeepsThePlots(t *testing.T) {
	long := strings.Repeat("x", 300)
	p := titled(newPlot(long, long), long)
	fig := Figure{Width: 200, Height: 200, Plots: [][]*plot.Plot{{p}}}
	if _, err := fig.png(24); err != nil {
		t.Fatal(err)
	}
	if p.Title.Text != long || p.X.Label.Text != long || p.Y.Label.Text != long {
		t.Errorf("after drawing the title has %d letters and the labels %d and %d: want 300 each", len(p.Title.Text), len(p.X.Label.Text), len(p.Y.Label.Text))
	}
}

// A text is cut where it just fits, between two letters.
func TestShorten(t *testing.T) {
	style := textStyle(labelSize, ink)
	word := strings.Repeat("größe 流量 ", 2000)
	letters := []rune(word)
	for _, k := range []int{1, 2, 7, 100, 9000} {
		fits := string(letters[:k]) + "…"
		if got := shorten(word, style, style.Width(fits)); got != fits {
			t.Errorf("cut to %d letters, %.30q…: want %d", len([]rune(got))-1, got, k)
		}
	}
	if got := shorten(word, style, 0); got != "g…" {
		t.Errorf("cut to %q where nothing fits: want the first letter", got)
	}
	if got := shorten("short", style, style.Width("short")); got != "short" {
		t.Errorf("a text that fits is cut to %q", got)
	}
}
