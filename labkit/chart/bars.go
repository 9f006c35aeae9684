package chart

import (
	"fmt"
	"image/color"
	"math"
	"sort"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxGroups is how many groups of bars stay readable side by side.
const maxGroups = 12

// Bars draws a group of bars for each row of frame: the first column names the
// group, each other column is a bar, a number in [0, 1] such as precision or
// recall. The value stands above its bar; a missing value (NaN) is written as
// "n/a", for a metric that the data leave undefined.
//
// It returns an error if the frame has no rows or more than 12, no column of
// numbers or more than six, or a number outside [0, 1].
func Bars(frame dataframe.DataFrame, title string) (_ Figure, err error) {
	defer prefix(&err)
	names, metrics, err := barData(frame)
	if err != nil {
		return Figure{}, err
	}
	p := barePlot("", "")
	p.Add(&plotter.Grid{Horizontal: draw.LineStyle{Color: gridColor, Width: 0.75}})
	p.Y.Min, p.Y.Max = 0, 1.08 // room for the value above a bar of 1
	p.Y.Tick.Marker = unitTicks
	fig := single(title, p)
	// As wide as the values above the bars need, up to the width of a page.
	fig.Width = min(max(480, vg.Length(len(names)*(22*len(metrics)+20))), 680)
	fig.Height = 290

	group := float64(fig.Width.Points()-60) / float64(len(names)) // in points
	categoryAxis(&p.X, wrap(names, vg.Length(group)-8)...)
	for k, m := range metrics {
		m.slot, m.of, m.color = k, len(metrics), seriesColors[k]
		p.Add(m)
		fig.key = append(fig.key, keyEntry{m.name, areaThumb{m.color}})
	}
	fig.Alt = barsAlt(title, names, metrics)
	return fig, nil
}

// barData reads the names of the groups and the bars from frame.
func barData(frame dataframe.DataFrame) ([]string, []barSeries, error) {
	if frame.Err != nil {
		return nil, nil, fmt.Errorf("broken frame: %w", frame.Err)
	}
	columns := frame.Names()
	if n := frame.Nrow(); n == 0 || n > maxGroups {
		return nil, nil, fmt.Errorf("bars of %d rows: want 1 to %d", n, maxGroups)
	}
	if n := len(columns) - 1; n == 0 || n > len(seriesColors) {
		return nil, nil, fmt.Errorf("bars of a frame with columns %q: want one of names and then 1 to %d of numbers", columns, len(seriesColors))
	}
	var metrics []barSeries
	for _, name := range columns[1:] {
		if !numeric(frame.Col(name)) {
			return nil, nil, fmt.Errorf("column %q holds values of type %s: want numbers from 0 to 1", name, frame.Col(name).Type())
		}
		values := frame.Col(name).Float()
		for i, v := range values {
			if v < 0 || v > 1 {
				return nil, nil, fmt.Errorf("column %q is %v in row %d: want a number from 0 to 1", name, v, i)
			}
		}
		metrics = append(metrics, barSeries{name: name, values: values})
	}
	return frame.Col(columns[0]).Records(), metrics, nil
}

// barsAlt names the best group by the last column, the summary of a row of
// metrics, and then says all values.
func barsAlt(title string, names []string, metrics []barSeries) string {
	var b strings.Builder
	if title != "" {
		fmt.Fprintf(&b, "%s. ", title)
	}
	last := metrics[len(metrics)-1]
	if best := last.best(); best >= 0 {
		fmt.Fprintf(&b, "Highest %s: %s, %s. ", last.name, names[best], barLabel(last.values[best]))
	}
	for i, name := range names {
		fmt.Fprintf(&b, "%s: ", name)
		for k, m := range metrics {
			if k > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s %s", m.name, barLabel(m.values[i]))
		}
		b.WriteString(". ")
	}
	return strings.TrimSpace(b.String())
}

// A barSeries is the bars of one column, at slot k of each group.
type barSeries struct {
	name     string
	values   []float64
	slot, of int
	color    color.NRGBA
}

// best returns the row of the highest value, or -1 if all are missing.
func (s barSeries) best() int {
	best := -1
	for i, v := range s.values {
		if !math.IsNaN(v) && (best < 0 || v > s.values[best]) {
			best = i
		}
	}
	return best
}

// Plot implements [plot.Plotter].
func (s barSeries) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	width := 0.8 / float64(s.of) // of a bar; 0.2 lies between groups
	style := textStyle(tickSize, ink)
	style.XAlign, style.YAlign = draw.XCenter, draw.YBottom
	if room := x(width) - x(0); room < style.Width("0.00")+1 {
		style.Font.Size *= room / (style.Width("0.00") + 1)
	}
	for i, v := range s.values {
		left := float64(i) - 0.4 + width*float64(s.slot)
		height := v
		if math.IsNaN(v) {
			height = 0
		}
		bar := vg.Rectangle{
			Min: vg.Point{X: x(left) + 0.75, Y: y(0)},
			Max: vg.Point{X: x(left+width) - 0.75, Y: y(height)},
		}
		c.SetColor(s.color)
		c.Fill(bar.Path())
		c.FillText(style, vg.Point{X: x(left + width/2), Y: bar.Max.Y + 3}, barLabel(v))
	}
}

func barLabel(v float64) string {
	if math.IsNaN(v) {
		return "n/a"
	}
	return fmt.Sprintf("%.2f", v)
}

// unitTicks marks an axis from 0 to 1.
var unitTicks = plot.ConstantTicks{
	{Value: 0, Label: "0"}, {Value: 0.2, Label: "0.2"}, {Value: 0.4, Label: "0.4"},
	{Value: 0.6, Label: "0.6"}, {Value: 0.8, Label: "0.8"}, {Value: 1, Label: "1"},
}

// wrap breaks names between words into lines no wider than width, and shortens
// a word that alone is wider. All names get equally many lines: gonum centres
// labels of different heights on each other.
func wrap(names []string, width vg.Length) []string {
	style := textStyle(tickSize, ink)
	wrapped := make([][]string, len(names))
	height := 0
	for i, name := range names {
		wrapped[i] = wrapWords(strings.Fields(name), style, width)
		height = max(height, len(wrapped[i]))
	}
	labels := make([]string, len(names))
	for i, lines := range wrapped {
		labels[i] = strings.Join(lines, "\n") + strings.Repeat("\n ", height-len(lines))
	}
	return labels
}

func wrapWords(words []string, style text.Style, width vg.Length) []string {
	var lines []string
	for _, word := range words {
		word = shorten(word, style, width)
		last := len(lines) - 1
		if last >= 0 && style.Width(lines[last]+" "+word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// shorten cuts the end of a text off, if need be, and says so by an ellipsis.
func shorten(word string, style text.Style, width vg.Length) string {
	if style.Width(word) <= width {
		return word
	}
	letters := []rune(word)
	fit := sort.Search(len(letters), func(k int) bool { return style.Width(string(letters[:k+1])+"…") > width })
	return string(letters[:max(1, fit)]) + "…"
}
