package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"flowlab/labkit/internal/show"
)

// Sizes of a plot in CSS pixels. What is laid out without knowing the cell is as wide
// as fits, with its axis, beside the file browser of a narrow window.
const (
	twinWidth  = 484
	leastWidth = 320 // in a narrower cell a picture is cut off
	twinHeight = 260 // of single flows
)

// A spec is a part of a Vega-Lite specification, version 5
// (https://vega.github.io/vega-lite/docs/). A list is an array in it.
type (
	spec = map[string]any
	list = []any
)

// Explore shows the interactive twin of a figure below the cell of a notebook:
//
//	chart.Explore(chart.Scores(scores, labels, threshold, "Isolation Forest"))
//
// [Scores], [ThresholdSweep], [ROC], [PrecisionRecall], [Scatter], [Projection],
// [Neighbors], [Reasons], [Timeline], [Activity], [Gaps] and [HostTimeline] have
// one; what each can do is said there. JupyterLab draws it by itself, with nothing
// from the network. For viewers that cannot, the same output carries the picture
// that [Show] draws.
// Outside a notebook Explore prints the figure's Alt.
//
// In the manner of [text/template.Must] it panics if err is not nil, or if the
// figure has no twin.
func Explore(fig Figure, err error) {
	orPanic(err, fig.Explore)
}

// Explore shows the interactive twin of f below the cell of a notebook; outside
// a notebook it prints f.Alt. It returns an error if f has no twin.
func (f Figure) Explore() (err error) {
	defer prefix(&err)
	if f.twin == nil {
		return errors.New("the figure has no interactive twin: want one of Scores, ThresholdSweep, ROC, PrecisionRecall, Scatter, Projection, Neighbors, Reasons, Timeline, Activity, Gaps or HostTimeline")
	}
	return f.display(func(img []byte) (show.Bundle, error) {
		twin, err := f.vegaLite()
		return show.Interactive(twin, img, f.cssWidth(), f.Alt), err
	})
}

// vegaLite returns the whole specification, in JSON's own types.
func (f Figure) vegaLite() (spec, error) {
	whole := f.twin()
	whole["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
	whole["description"] = f.Alt
	whole["background"] = css(background)
	whole["padding"] = twinPadding
	if f.Title != "" {
		title := spec{"text": f.Title, "anchor": "start", "fontSize": 16, "color": css(ink), "limit": twinWidth + 48}
		if own, ok := whole["title"].(spec); ok { // of a single view: what can be done with it
			title["subtitle"], title["subtitleFontSize"], title["subtitleColor"] = own["text"], own["fontSize"], own["color"]
		}
		whole["title"] = title
	}
	// A copy as PNG or SVG works offline; the editor would be on the network.
	whole["usermeta"] = spec{"embedOptions": spec{"actions": spec{"export": true, "source": false, "compiled": false, "editor": false}, "renderer": "svg"}}
	text := spec{"labelColor": css(quietInk), "titleColor": css(ink), "labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": "normal"}
	axis := spec{"gridColor": css(gridColor), "domainColor": css(quietInk), "tickColor": css(quietInk)}
	for k, v := range text {
		axis[k] = v
	}
	whole["config"] = spec{
		"axisX": spec{"titleLimit": twinWidth}, "axisY": spec{"titleLimit": twinHeight},
		"font": "Liberation Sans, Arial, Helvetica, sans-serif", "axis": axis, "view": spec{"stroke": nil},
		"legend": spec{"labelColor": css(ink), "titleColor": css(ink), "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
		"text":   spec{"color": css(ink), "fontSize": 13}, "title": spec{"color": css(ink)},
	}
	encoded, err := json.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("cannot encode the interactive picture: %w", err)
	}
	var plain spec
	return plain, json.Unmarshal(encoded, &plain)
}

// cellWidth makes a picture as wide as the cell, but for the room in CSS pixels
// that its axes take: as its element is, which look.css of the set-up makes so wide,
// or, where it is drawn before it is shown, by the window. The name is that of Vega's
// own signal (https://vega.github.io/vega/docs/specification/); views that stand
// below each other share it if all of them say the same width.
func cellWidth(axes int) spec {
	width := fmt.Sprintf("max(%d, (containerSize()[0] || windowSize()[0] - %d) - %d)", leastWidth, besideCell, axes+2*twinPadding)
	return spec{"name": "width", "expr": width, "on": list{spec{"events": "window:resize", "update": width}}}
}

const (
	besideCell  = 490 // what stands beside the outputs of a cell in JupyterLab, in CSS pixels
	twinPadding = 10
)

// css writes a colour as Vega-Lite takes it.
func css(c interface{ RGBA() (r, g, b, a uint32) }) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// labelWidth returns how wide a label of an axis is, in CSS pixels.
func labelWidth(label string) int {
	const cssPixels = 96.0 / 72
	return int(math.Ceil(cssPixels * textStyle(tickSize, ink).Width(label).Points()))
}

// short rounds v to six digits, which is more than anyone sees.
func short(v float64) float64 { return rounded(v, 6) }

// axisDigits returns how many digits tell places on an axis from lo to hi apart:
// six, and more where all begin with the same digits.
func axisDigits(lo, hi float64) int {
	size := max(math.Abs(lo), math.Abs(hi))
	if lo == hi || size == 0 {
		return 6
	}
	begin := math.Ceil(math.Log10(size / (hi - lo)))
	return int(min(max(6, 5+begin), 17))
}

// rounded returns v with so many digits.
func rounded(v float64, digits int) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	if err != nil {
		return v
	}
	return rounded
}

// vegaPower writes a logarithm as [powerLabel] writes the number.
const vegaPower = "format(pow(10, datum.value), datum.value < -4.01 || datum.value > 14.99 ? '.1~e' : datum.value < 2.99 ? '.1~r' : '.1~s')"

// vegaAxis returns the axis of values from lo to hi as they lie on the scale; a
// logarithmic one is marked as [decades] marks it, and large numbers are in the
// unit that [tickLabel] writes them in.
func (s scale) vegaAxis(title string, lo, hi float64) spec {
	axis := spec{"title": s.label(title), "tickCount": 6}
	if unit, letter := siUnit(max(math.Abs(lo), math.Abs(hi))); letter != "" && !s.log {
		axis["labelExpr"] = fmt.Sprintf("datum.value == 0 ? '0' : format(datum.value / %g, '~r') + '%s'", unit, letter)
	}
	if s.log {
		values := list{}
		for _, tick := range (decades{}).Ticks(lo, hi) {
			values = append(values, short(tick.Value))
		}
		axis["values"] = values
		axis["labelExpr"] = vegaPower
	}
	return axis
}

// vegaEncoding returns the encoding of a field along an axis for values that lie
// on the scale from lo to hi.
func (s scale) vegaEncoding(field, title string, lo, hi float64) spec {
	lo, hi = widened(lo, hi)
	digits := axisDigits(lo, hi)
	return spec{"field": field, "type": "quantitative", "axis": s.vegaAxis(title, lo, hi),
		"scale": spec{"domain": list{rounded(lo, digits), rounded(hi, digits)}, "nice": false}}
}

// countEncoding returns the vertical encoding of a field of counts up to most.
func countEncoding(field, title string, most float64) spec {
	axis := scale{}.vegaAxis(title, 0, most)
	axis["tickCount"], axis["tickMinStep"], axis["format"] = 4, 1, "~d"
	return spec{"field": field, "type": "quantitative", "axis": axis, "scale": spec{"domainMin": 0}}
}

// vegaAt is [scale.at] as an expression.
func (s scale) vegaAt(value string) string {
	if s.log {
		return "log(" + value + ") / LN10"
	}
	return value
}

// vegaValue is [scale.value] as an expression.
func (s scale) vegaValue(at string) string {
	if s.log {
		return "pow(10, " + at + ")"
	}
	return at
}

// dashedRule is the mark of a threshold, or of a median.
func dashedRule() spec {
	return spec{"type": "rule", "strokeDash": list{6, 4}, "strokeWidth": 2, "color": css(ink)}
}

// levelRule is a dashed line across the picture at a height.
func levelRule(y spec) spec {
	y["type"] = "quantitative"
	return spec{"data": spec{"values": list{spec{}}}, "mark": dashedRule(), "encoding": spec{"y": y}}
}

// vegaLiteral writes a list or a map of strings as an expression. JSON leaves nothing
// in a string that would end it.
func vegaLiteral(words any) string {
	encoded, err := json.Marshal(words)
	if err != nil { // never, of strings
		return "{}"
	}
	return string(encoded)
}

// help is what a reader can do with a picture, and what it holds of many flows.
func help(note string, lines ...any) spec {
	if note != "" {
		lines = append(lines, note+".")
	}
	return spec{"text": lines, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": css(quietInk)}
}

// sayingLine is a line of words between two pictures: what an expression says of
// the one row that the transforms leave.
func sayingLine(transforms list, said string) spec {
	return spec{
		"width": twinWidth, "height": 14,
		"transform": append(transforms, spec{"calculate": said, "as": "said"}),
		"mark":      spec{"type": "text", "align": "left", "fontWeight": "bold", "clip": false, "limit": twinWidth + 40},
		"encoding":  spec{"x": spec{"value": -40}, "text": spec{"field": "said", "type": "nominal"}},
	}
}

// byClass is the encoding of the field "class" by a look for each.
func byClass(normal, anomaly any) spec {
	return spec{"field": "class", "type": "nominal", "legend": spec{"title": nil, "orient": "top"},
		"scale": spec{"domain": list{"Normal", "Anomaly"}, "range": list{normal, anomaly}}}
}

func classColors() spec { return byClass(css(normalColor), css(anomalyColor)) }

func classShapes() spec { return byClass("circle", "triangle-up") }

func className(anomaly bool) string {
	if anomaly {
		return "Anomaly"
	}
	return "Normal"
}
