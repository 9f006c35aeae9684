package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// Scatter draws each flow as a point in two of its columns: a blue disc for a
// normal flow, a vermilion triangle, on top, for an anomaly (column "label", 0
// or 1). Without labels all are discs. An axis is logarithmic if its column has
// a heavy tail and all values are above 0. The more points, the fainter each.
//
// The interactive twin ([Explore]) shows all columns of a flow under the pointer,
// and lists the flows in a rectangle that is dragged, by the column
// "anomaly_score" if there is one. It holds 2,000 flows at most, and says so.
//
// It returns an error if a column is absent, not numeric or not finite, or the
// frame has no flows.
func Scatter(flows dataframe.DataFrame, x, y, title string) (_ Figure, err error) {
	defer prefix(&err)
	xs, err := column(flows, x)
	if err != nil {
		return Figure{}, err
	}
	ys, err := column(flows, y)
	if err != nil {
		return Figure{}, err
	}
	labels, err := optionalLabels(flows)
	if err != nil {
		return Figure{}, err
	}
	xScale, yScale := scaleOf(xs), scaleOf(ys)
	p := newPlot(xScale.label(columnLabel(x)), yScale.label(columnLabel(y)))
	p.Add(marks{points: classMarks(xScale.all(xs), yScale.all(ys), labels)})
	xScale.mark(&p.X)
	yScale.mark(&p.Y)

	fig := single(title, p)
	fig.Height = 360
	fig.twin = func() spec { return scatterTwin(flows, x, y, xScale, yScale, labels) }
	fig.key = markKey(labels, len(xs), normalColor, anomalyColor)
	fig.Alt = withTitle(title, fmt.Sprintf("Scatter plot of %s against %s for %s", y, x, flowsInWords(len(xs), labels)))
	if labels != nil {
		nx, ax := split(xs, labels)
		ny, ay := split(ys, labels)
		fig.Alt += ": " + classMedians(x, nx, ax) + "; " + classMedians(y, ny, ay) + "."
		return fig, nil
	}
	fig.Alt += fmt.Sprintf(": the median of %s is %s, that of %s is %s.", x, median(xs), y, median(ys))
	return fig, nil
}

// optionalLabels returns the labels of flows, or nil if there is no such column.
func optionalLabels(flows dataframe.DataFrame) ([]bool, error) {
	if !has(flows, "label") {
		return nil, nil
	}
	labels, err := labkit.Labels(flows)
	if err != nil {
		return nil, err
	}
	return labels, nil
}

// classMarks returns a mark for each place, anomalies last. Labels may be nil.
func classMarks(x, y []float64, labels []bool) []mark {
	points := make([]mark, 0, len(x))
	for i := range x {
		if labels == nil || !labels[i] {
			points = append(points, mark{x[i], y[i], normalColor, disc})
		}
	}
	for i, anomaly := range labels {
		if anomaly {
			points = append(points, mark{x[i], y[i], anomalyColor, triangle})
		}
	}
	return points
}

// markKey returns the key of a scatter plot of n flows, in the colours given.
func markKey(labels []bool, n int, normal, anomaly color.NRGBA) []keyEntry {
	if labels == nil {
		return []keyEntry{{"flow, " + plural.Number(n), markThumb{color: normal}}}
	}
	anomalies := labkit.CountTrue(labels)
	return []keyEntry{
		{"Normal, " + plural.Number(n-anomalies), markThumb{color: normal}},
		{"Anomaly, " + plural.Number(anomalies), markThumb{color: anomaly, shape: triangle}},
	}
}

// scatterTwin returns the interactive twin of [Scatter].
func scatterTwin(flows dataframe.DataFrame, x, y string, xScale, yScale scale, labels []bool) spec {
	drawn := samplePoints(flows.Nrow(), whereTrue(labels), "anomalies")
	fields, values := frameFields(flows, drawn.rows, x, y)
	xs, ys := flows.Col(x).Float(), flows.Col(y).Float()
	derived := list{
		spec{"calculate": xScale.vegaAt("datum." + fieldNamed(fields, x)), "as": "x"},
		spec{"calculate": yScale.vegaAt("datum." + fieldNamed(fields, y)), "as": "y"},
	}
	if labels != nil {
		derived = append(derived, spec{"calculate": "datum." + fieldNamed(fields, "label") + " == 1 ? 'Anomaly' : 'Normal'", "as": "class"})
	}
	v := pointsView{
		x: xScale.vegaEncoding("x", columnLabel(x), slices.Min(xScale.all(xs)), slices.Max(xScale.all(xs))),
		y: yScale.vegaEncoding("y", columnLabel(y), slices.Min(yScale.all(ys)), slices.Max(yScale.all(ys))),

		color: spec{"value": css(normalColor)}, derived: derived, classes: labels != nil,
		fields: fields, table: tableFields(fields, x, y), note: drawn.note,
		order: cmp.Or(fieldNamed(fields, "anomaly_score"), "x"),
	}
	if labels != nil {
		v.color = classColors()
	}
	return v.spec(values)
}
