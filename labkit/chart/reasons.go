package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
)

// maxReasons is how many bars are drawn; the rest is summed up in one.
const maxReasons = 10

// Reasons draws why a flow has its score: a bar for each column, the largest
// contribution on top ([labkit.Explainer]). Bars to the right, vermilion, raise
// the score, those to the left, blue, lower it; from the ordinary score they add
// up to the flow's. Values are those of the flow, in the order of columns, as
// they are to be read: not scaled. Above ten columns the least are summed up.
// The interactive twin ([Explore]) shows all, tells values under the pointer, and
// can be zoomed and moved.
//
// It returns an error if columns, values and contributions differ in number, or
// one of them is missing or not finite.
func Reasons(e labkit.Explanation, columns []string, values []float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if len(columns) != len(e.Contributions) || len(values) != len(columns) {
		return Figure{}, fmt.Errorf("reasons of %d contributions with %d columns and %d values: want one for each", len(e.Contributions), len(columns), len(values))
	}
	if err := checkNumbers("contributions", e.Contributions); err != nil {
		return Figure{}, err
	}
	if err := checkNumbers("score and ordinary score", []float64{e.Score, e.Ordinary}); err != nil {
		return Figure{}, err
	}
	var bars []reasonBar
	for _, j := range e.Ranking() {
		name := shorten(columns[j], textStyle(tickSize, ink), longestName)
		bars = append(bars, reasonBar{name: fmt.Sprintf("%s = %s", name, compact(values[j])), by: e.Contributions[j]})
	}
	said := mainReason(e, columns, values, signed(bars))
	if rest := len(bars) - maxReasons; rest > 1 {
		bars = leastSummed(bars, rest)
	}
	axis := fmt.Sprintf("contribution: %s, ordinary, and all bars make %s", inWords(e.Ordinary), inWords(e.Score))
	p := newPlot(axis, "")
	names := make([]string, len(bars))
	longest, reach := vg.Length(0), 0.0
	for k, said := range signed(bars) {
		bars[k].said = said
		bars[k].y = float64(len(bars) - 1 - k)
		names[len(bars)-1-k] = bars[k].name
		p.Add(bars[k])
		reach = max(reach, math.Abs(bars[k].by))
		longest = max(longest, textStyle(tickSize, ink).Width(bars[k].name))
	}
	categoryAxis(&p.Y, names...)
	reasonRange(&p.X, bars, reach)
	fig := single(title, p)
	fig.Width = max(480, 280+longest)
	fig.Height = 90 + 22*vg.Length(len(bars))
	fig.key = []keyEntry{{"raises the score", areaThumb{anomalyColor}}, {"lowers it", areaThumb{normalColor}}}
	fig.twin = func() spec { return reasonsTwin(e, columns, values, axis) }
	fig.Alt = withTitle(title, fmt.Sprintf("The score is %s, against %s for ordinary flows like it. %s", inWords(e.Score), inWords(e.Ordinary), said))
	return fig, nil
}

// mainReason names the columns that raise the score most; by is what each adds in
// words, in the order of the ranking.
func mainReason(e labkit.Explanation, columns []string, values []float64, by []string) string {
	order := e.Ranking()
	raises := func(k int) bool { return k < len(order) && e.Contributions[order[k]] > 0 }
	if !raises(0) {
		return "No column raises it."
	}
	reason := func(k int) string { return fmt.Sprintf("%s = %s", columns[order[k]], compact(values[order[k]])) }
	adds := func(k int) string {
		if by[k] == "0" { // beside what others take away
			return "+" + inWords(e.Contributions[order[k]])
		}
		return by[k]
	}
	said := fmt.Sprintf("The main reason is %s, which adds %s", reason(0), adds(0))
	if raises(1) {
		said += fmt.Sprintf("; then %s, %s", reason(1), adds(1))
	}
	return said + "."
}

// leastSummed puts the sum of the bars with the least effect, all but
// maxReasons, in their place.
func leastSummed(bars []reasonBar, rest int) []reasonBar {
	sum := 0.0
	for range rest {
		least := 0
		for k := range bars {
			if math.Abs(bars[k].by) < math.Abs(bars[least].by) {
				least = k
			}
		}
		sum += bars[least].by
		bars = append(bars[:least], bars[least+1:]...)
	}
	return append(bars, reasonBar{name: fmt.Sprintf("%d other columns", rest), by: sum})
}

// signed writes the contributions with a sign, to three digits of the greatest.
func signed(bars []reasonBar) []string {
	greatest := 0.0
	for _, b := range bars {
		greatest = max(greatest, math.Abs(b.by))
	}
	if greatest == 0 {
		greatest = 1
	}
	decimals := 2 - int(math.Floor(math.Log10(greatest)))
	said := make([]string, len(bars))
	for k, b := range bars {
		if decimals > 9 {
			said[k] = fmt.Sprintf("%+.2e", b.by)
		} else {
			said[k] = fmt.Sprintf("%+.*f", max(0, decimals), b.by)
		}
		if !strings.ContainsAny(said[k], "123456789") {
			said[k] = "0"
		}
	}
	return said
}

// compact writes a value to three digits, large ones in thousands and more.
func compact(v float64) string {
	unit, letter := siUnit(math.Abs(v))
	return inWords(v/unit) + letter
}

// reasonRange leaves room for the numbers beside the longest bars.
func reasonRange(a *plot.Axis, bars []reasonBar, reach float64) {
	if reach == 0 {
		reach = 1
	}
	a.Min, a.Max = 0, 0
	for _, b := range bars {
		a.Min, a.Max = min(a.Min, b.by), max(a.Max, b.by)
	}
	a.Max += 0.2 * reach
	if a.Min < 0 {
		a.Min -= 0.2 * reach
	}
}

// A reasonBar is a horizontal bar from 0 with its number beside it.
type reasonBar struct {
	name string
	y    float64
	by   float64
	said string // by in words
}

// Plot implements [plot.Plotter].
func (b reasonBar) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := textStyle(tickSize, ink)
	style.YAlign = draw.YCenter
	pen := vg.Point{X: max(x(b.by), x(0)) + 4, Y: y(b.y)}
	col := anomalyColor
	if b.by < 0 {
		col = normalColor
		style.XAlign = draw.XRight
		pen.X = x(b.by) - 4
	}
	c.SetColor(col)
	c.Fill(vg.Rectangle{
		Min: vg.Point{X: min(x(0), x(b.by)), Y: y(b.y - 0.36)},
		Max: vg.Point{X: max(x(0), x(b.by)), Y: y(b.y + 0.36)},
	}.Path())
	c.StrokeLine2(draw.LineStyle{Color: quietInk, Width: 0.75}, x(0), y(b.y-0.5), x(0), y(b.y+0.5))
	c.FillText(style, pen, b.said)
}
