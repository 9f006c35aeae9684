package chart

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"flowlab/labkit/internal/plural"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/floats"
)

// maxPoints is how many flows an interactive picture holds. A browser stays
// quick and a notebook small; of more flows it shows a sample, and says so.
const maxPoints = 2000

// A pointSample is the rows that an interactive picture holds, and a sentence
// about what they are if others are left out.
type pointSample struct {
	rows []int
	note string
}

// samplePoints keeps the first rows of an order by importance, half of
// maxPoints at most, and every so many-th of the others.
func samplePoints(n int, important []int, name string) pointSample {
	if n <= maxPoints {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return pointSample{rows: all}
	}
	important = important[:min(len(important), maxPoints/2)]
	kept := make([]bool, n)
	for _, i := range important {
		kept[i] = true
	}
	stride := 1 + (n-len(important)-1)/(maxPoints-len(important))
	others := 0
	for i := range n {
		if !kept[i] {
			kept[i] = others%stride == 0
			others++
		}
	}
	s := pointSample{}
	for i, k := range kept {
		if k {
			s.rows = append(s.rows, i)
		}
	}
	s.note = fmt.Sprintf("%s of %s flows: ", plural.Number(len(s.rows)), plural.Number(n))
	if len(important) > 0 {
		s.note += fmt.Sprintf("%s %s and ", plural.Number(len(important)), name)
	}
	s.note += fmt.Sprintf("every %dth of the others", stride)
	return s
}

// byScore returns the rows from the highest score to the lowest.
func byScore(scores []float64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return order
}

// whereTrue returns the rows that are true.
func whereTrue(flags []bool) []int {
	var rows []int
	for i, f := range flags {
		if f {
			rows = append(rows, i)
		}
	}
	return rows
}

// A field is a column of an interactive picture's data, as the reader sees it.
type field struct {
	name  string // in the data: no dots and brackets
	title string
	text  bool
	whole bool // a whole number, such as a port: never rounded
}

func (f field) tooltip() spec {
	if f.text {
		return spec{"field": f.name, "title": f.title, "type": "nominal"}
	}
	return spec{"field": f.name, "title": f.title, "type": "quantitative", "format": f.format()}
}

// counted is a number of things in a tooltip.
func counted(name, title string) spec {
	return spec{"field": name, "title": title, "type": "quantitative", "format": ","}
}

// shownDigits is how many digits of a number that is not whole are shown.
const shownDigits = 4

func (f field) format() string {
	if f.whole {
		return "d"
	}
	return fmt.Sprintf(",.%d~r", shownDigits)
}

// width returns that of the field's column in a table, in CSS pixels.
func (f field) width() int { return max(44, 7*utf8.RuneCountInString(f.title)) }

// frameFields returns the columns of a frame as fields, and for each of the
// rows its values. Missing values are null. Columns of numbers that are axes keep
// the digits that tell places on them apart.
func frameFields(flows dataframe.DataFrame, rows []int, axes ...string) ([]field, []spec) {
	values := make([]spec, len(rows))
	for k, i := range rows {
		values[k] = spec{"row": i}
	}
	fields := []field{{name: "row", title: "row", whole: true}}
	for c, name := range flows.Names() {
		col := flows.Col(name)
		f := field{name: fmt.Sprintf("c%d", c), title: name, text: col.Type() == series.String || col.Type() == series.Bool, whole: col.Type() == series.Int}
		fields = append(fields, f)
		digits := shownDigits
		if slices.Contains(axes, name) {
			digits = axisDigits(widened(floats.Min(col.Float()), floats.Max(col.Float())))
		}
		for k, i := range rows {
			switch e := col.Elem(i); {
			case e.IsNA():
				values[k][f.name] = nil
			case f.text:
				values[k][f.name] = e.String()
			case f.whole:
				values[k][f.name] = e.Float()
			default:
				values[k][f.name] = rounded(e.Float(), digits)
			}
		}
	}
	return fields, values
}

// A pointsView is an interactive scatter plot: hover shows the fields of a
// flow, and dragging a rectangle filters the table below it.
type pointsView struct {
	x, y    spec // encodings of the fields "x" and "y"
	color   spec // encoding
	derived list // transforms that make fields of others
	classes bool // there is a field "class"
	fields  []field
	table   []field // the columns of the table
	order   string  // the field that the table is sorted by, in descending order
	top     string  // the field whose highest values lie on top, if it is not the class
	note    string
}

// spec returns the picture of the data.
func (v pointsView) spec(values []spec) spec {
	flows := dataset{"flows", values}
	tooltip := list{}
	for _, f := range v.fields {
		tooltip = append(tooltip, f.tooltip())
	}
	points := spec{
		"x": v.x, "y": v.y, "color": v.color, "tooltip": tooltip,
		"opacity": spec{"condition": spec{"param": "brush", "value": 0.75}, "value": 0.12},
	}
	if v.classes {
		points["shape"] = classShapes()
		v.top = cmp.Or(v.top, "anomaly")
		v.derived = append(v.derived, spec{"calculate": "datum.class == 'Anomaly' ? 1 : 0", "as": "anomaly"})
	}
	if v.top != "" {
		points["order"] = spec{"field": v.top, "type": "quantitative"}
	}
	scatter := spec{
		"width": twinWidth, "height": twinHeight,
		"params":   list{brush(), view()},
		"mark":     spec{"type": "point", "filled": true, "size": 45, "stroke": css(ink), "strokeWidth": 0.4},
		"encoding": points,
	}
	whole := spec{
		"title": help(v.note, "Drag a rectangle over the points to list what is in it. Hover to read a flow.", "Zoom with Ctrl (⌘) and the wheel, move the view with Shift and drag, double-click for all."),
		"data":  flows.data(), "params": list{cellWidth(60)}, "spacing": 12, "vconcat": list{scatter, v.brushed(), v.rows()},
	}
	if len(v.derived) > 0 {
		whole["transform"] = v.derived
	}
	flows.put(whole)
	return whole
}

// brush is the rectangle that is dragged without the Shift key.
func brush() spec {
	return spec{"name": "brush", "select": spec{"type": "interval", "zoom": false,
		"on": "[pointerdown[!event.shiftKey], window:pointerup] > window:pointermove!"}}
}

// view makes the axes follow the wheel, and the pointer while Shift is held.
func view() spec {
	return spec{"name": "view", "bind": "scales", "select": spec{"type": "interval", "zoom": zoomWheel,
		"on":        "[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!",
		"translate": "[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!"}}
}

// brushed says how many flows are in the rectangle, or in all if there is none.
func (v pointsView) brushed() spec {
	said := "format(datum.n, ',') + ' flows'"
	sums := list{spec{"op": "count", "as": "n"}}
	if v.classes {
		said += " + ', ' + format(datum.anomalies, ',') + ' anomalies'"
		sums = append(sums, spec{"op": "sum", "field": "anomaly", "as": "anomalies"})
	}
	return sayingLine(list{spec{"filter": spec{"param": "brush"}}, spec{"aggregate": sums}}, said+" + '; the first:'")
}
