package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// maxCurvePoints is how many thresholds of a model an interactive curve holds.
const maxCurvePoints = 400

// curvesTwin returns the interactive twin of [ROC] and [PrecisionRecall]: a
// point of a curve tells its threshold.
func (k curveKind) curvesTwin(curves []modelCurve, operating []mark) spec {
	points, places := dataset{name: "curves"}, dataset{name: "operating"}
	names, colors, dashes := list{}, list{}, list{}
	for i, c := range curves {
		points.rows = append(points.rows, k.rows(c, i)...)
		names = append(names, c.name)
		colors, dashes = append(colors, css(seriesColors[i])), append(dashes, vegaDashes(seriesDashes[i]))
	}
	for _, m := range operating {
		places.rows = append(places.rows, spec{"x": short(m.x), "y": short(m.y), "color": css(m.color)})
	}
	legend := spec{"title": nil, "orient": "top", "columns": 2, "labelLimit": 230, "symbolSize": 300, "symbolStrokeWidth": 2}
	line := spec{
		"params":    list{zoom("x", "y"), picked("series")},
		"transform": list{spec{"filter": "datum.line"}},
		"mark":      spec{"type": "line", "interpolate": k.interpolate, "strokeWidth": 2},
		"encoding": spec{
			"color":      spec{"field": "series", "type": "nominal", "scale": spec{"domain": names, "range": colors}, "legend": legend},
			"strokeDash": spec{"field": "series", "type": "nominal", "scale": spec{"domain": names, "range": dashes}, "legend": legend},
			"opacity":    spec{"condition": spec{"param": "picked", "value": 1}, "value": 0.15},
			"detail":     spec{"field": "number", "type": "nominal"}, // names may be alike
			"order":      spec{"field": "place", "type": "quantitative"},
		},
	}
	tooltip := list{spec{"field": "series", "title": "model", "type": "nominal"},
		field{name: "threshold", title: "threshold just below"}.tooltip(), field{name: "x", title: k.shortX}.tooltip(), field{name: "y", title: k.shortY}.tooltip()}
	layers := list{k.vegaChance(), line, hovered(tooltip)}
	if len(operating) > 0 {
		layers = append(layers, spec{"data": places.data(),
			"mark":     spec{"type": "point", "shape": "diamond", "filled": true, "size": 110, "opacity": 1, "stroke": css(background)},
			"encoding": spec{"color": spec{"field": "color", "type": "nominal", "scale": nil}}})
	}
	whole := spec{
		"width": twinWidth, "params": list{cellWidth(50)}, "height": 340, "data": points.data(), "layer": layers,
		"encoding": spec{"x": unitEncoding("x", k.x), "y": unitEncoding("y", k.y)},
		"title":    help("", curvesHelp(len(operating) > 0)...),
	}
	points.put(whole)
	if len(operating) > 0 {
		places.put(whole)
	}
	return whole
}

func curvesHelp(operating bool) list {
	lines := list{"Hover to read a threshold. Click a name to see its curve alone.", zoomHelp}
	if operating {
		lines = append(lines, "A diamond marks where a model operates.")
	}
	return lines
}

// rows returns the points of the i-th curve, and which of them its line goes
// through. Those without a threshold are of the line alone.
func (k curveKind) rows(c modelCurve, i int) []spec {
	row := func(place int, x, y, threshold float64, line bool) spec {
		r := spec{"number": i, "series": c.name, "place": place, "x": short(x), "y": short(y), "threshold": nil, "line": line}
		if !math.IsInf(threshold, 0) { // above all scores
			r["threshold"] = short(threshold)
		}
		return r
	}
	var rows []spec
	reached := math.Inf(-1)
	if k.steps() {
		rows = append(rows, row(-1, 0, c.y[0], math.Inf(1), true)) // the first level begins at 0
		reached = 0
	}
	for place, j := range thinned(len(c.x), maxCurvePoints) {
		rows = append(rows, row(place, c.x[j], c.y[j], c.thresholds[j], !k.steps() || c.x[j] > reached))
		reached = c.x[j]
	}
	return rows
}

// steps tells whether the line is the [staircase], which leaves out points that
// reach no further.
func (k curveKind) steps() bool { return k.interpolate == stepBefore }

// stepBefore is Vega's name of such steps.
const stepBefore = "step-before"

// thinned returns at most about limit of the numbers from 0 to n-1: the first,
// where a flow more or less counts most, every so many-th, the last, and those that
// are to be kept.
func thinned(n, limit int, kept ...int) []int {
	first := limit / 2
	stride := 1 + (n-1)/(limit-first)
	var rows []int
	for i := range n {
		if i < first || i%stride == 0 || i == n-1 || slices.Contains(kept, i) {
			rows = append(rows, i)
		}
	}
	return rows
}

// vegaChance is the curve of a model that guesses.
func (k curveKind) vegaChance() spec {
	values := list{}
	for _, p := range k.guess.XYs {
		values = append(values, spec{"x": short(p.X), "y": short(p.Y), "name": k.guess.name})
	}
	return spec{"data": spec{"values": values},
		"mark":     spec{"type": "line", "strokeDash": list{3, 3}, "strokeWidth": 1.5, "color": css(quietInk)},
		"encoding": spec{"tooltip": spec{"field": "name", "type": "nominal", "title": "a model that guesses"}}}
}

// hovered are points that show, with their words, when the pointer is near.
func hovered(tooltip list) spec {
	return spec{
		"transform": list{spec{"filter": "isValid(datum.threshold)"}},
		"params":    list{spec{"name": "near", "select": spec{"type": "point", "on": "pointerover", "nearest": true, "clear": "pointerout"}}},
		"mark":      spec{"type": "point", "filled": true, "size": 60, "color": css(ink)},
		"encoding": spec{"tooltip": tooltip,
			"opacity": spec{"condition": spec{"param": "near", "empty": false, "value": 1}, "value": 0}},
	}
}

func unitEncoding(field, title string) spec {
	return spec{"field": field, "type": "quantitative", "scale": spec{"domain": list{0, 1}, "nice": false},
		"axis": spec{"title": title, "tickCount": 6, "format": "~g"}}
}

// vegaDashes writes dashes as Vega-Lite takes them; nil is a whole line.
func vegaDashes(dashes []vg.Length) list {
	if dashes == nil {
		return list{1, 0}
	}
	lengths := list{}
	for _, d := range dashes {
		lengths = append(lengths, d.Points())
	}
	return lengths
}

// zoomHelp says what [zoom] does.
const zoomHelp = "Zoom with Ctrl (⌘) and the wheel, drag to move, double-click for all."

// zoomWheel is the wheel with a key, or two fingers that part: the wheel alone
// scrolls the notebook past a picture that is as wide as it.
const zoomWheel = "wheel![event.ctrlKey || event.metaKey]"

// zoom makes axes follow the wheel, and the pointer that drags them.
func zoom(axes ...string) spec {
	return spec{"name": "view", "bind": "scales", "select": spec{"type": "interval", "zoom": zoomWheel, "encodings": axes}}
}

// picked are the values of a field whose names in the legend were clicked: all
// if none was.
func picked(field string) spec {
	return spec{"name": "picked", "bind": "legend", "select": spec{"type": "point", "fields": list{field}}}
}
