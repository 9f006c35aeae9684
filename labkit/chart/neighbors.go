package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// Neighbors draws what the local outlier factor compares: one row of x (a black
// diamond) with its k nearest. On the left they lie along the first two
// principal components of all rows, with lines to the neighbours. On the right
// are the distances themselves, which no projection bends: of the row to each
// neighbour (diamonds), and of that neighbour to its own k-th neighbour (discs;
// triangles for anomalies). Where the diamonds lie well above the rest, the row
// stands where it is emptier than where its neighbours stand. Labels may be nil.
//
// The interactive twin ([Explore]) tells row and distances of the flow under the
// pointer, and shows a neighbour of the lower picture in the upper one. It can be
// zoomed and moved.
//
// It returns an error if labels are not one for each row, and those of
// [labkit.Nearest] and [labkit.PrincipalComponents].
func Neighbors(x *mat.Dense, row, k int, labels []bool, title string) (_ Figure, err error) {
	defer prefix(&err)
	nearest, err := labkit.Nearest(x, row, k)
	if err != nil {
		return Figure{}, err
	}
	if rows, _ := x.Dims(); labels != nil && len(labels) != rows {
		return Figure{}, fmt.Errorf("neighbours among %d rows with %d labels: want one for each", rows, len(labels))
	}
	reach := make([]float64, k) // of each neighbour to its own k-th
	for i, n := range nearest {
		own, err := labkit.Nearest(x, n.Row, k)
		if err != nil {
			return Figure{}, err
		}
		reach[i] = own[k-1].Distance
	}
	places, shares, err := labkit.PrincipalComponents(x)
	if err != nil {
		return Figure{}, err
	}
	around := neighborhood{row, nearest, reach, labels, places, shares}
	where := around.plotPlaces()
	fig := Figure{
		Title: title, Width: 560, Height: 300,
		Plots: [][]*plot.Plot{{titled(where, "where they lie"), titled(neighborDistances(nearest, reach, labels), "how far they are")}},
		key: append([]keyEntry{{fmt.Sprintf("flow %d; right: distance from it", row), markThumb{color: ink, shape: diamond}}},
			neighborKey(labels)...),
	}
	fig.twin = around.twin
	fig.Alt = withTitle(title, neighborsAlt(row, nearest, reach, labels))
	return fig, nil
}

// A neighborhood is one row of a matrix and those that lie nearest to it.
type neighborhood struct {
	row     int
	nearest []labkit.Neighbor
	reach   []float64  // of each neighbour to its own k-th
	labels  []bool     // of all rows, or nil
	places  *mat.Dense // of all rows along the first two principal components
	shares  [2]float64 // of the variance, along both
}

func neighborKey(labels []bool) []keyEntry {
	if labels == nil {
		return []keyEntry{{"neighbour; right: to its own k-th", markThumb{color: normalColor}}}
	}
	return []keyEntry{
		{"normal neighbour; right: to its own k-th", markThumb{color: normalColor}},
		{"anomalous one", markThumb{color: anomalyColor, shape: triangle}},
	}
}

func neighborsAlt(row int, nearest []labkit.Neighbor, reach []float64, labels []bool) string {
	k := len(nearest)
	which := "nearest neighbour"
	if k > 1 {
		which = fmt.Sprintf("%d nearest neighbours", k)
	}
	alt := fmt.Sprintf("Flow %d has its %s at distances from %s to %s; they have their own within %s in the median",
		row, which, inWords(nearest[0].Distance), inWords(nearest[k-1].Distance), median(reach))
	if typical, err := labkit.Percentile(reach, 50); err == nil && typical > 0 {
		alt += fmt.Sprintf(": it is %.1f times as far from others as they are", nearest[k-1].Distance/typical)
	}
	alt += "."
	if labels == nil {
		return alt
	}
	anomalies := 0
	for _, n := range nearest {
		if labels[n.Row] {
			anomalies++
		}
	}
	return alt + fmt.Sprintf(" Of the %s %d are anomalies.", plural.Of(k, "neighbour"), anomalies)
}

// plotPlaces draws the surroundings of the row in a projection.
func (n neighborhood) plotPlaces() *plot.Plot {
	row, places, labels := n.row, n.places, n.labels
	p := newPlot(fmt.Sprintf("first component, %.0f %%", 100*n.shares[0]), fmt.Sprintf("second component, %.0f %%", 100*n.shares[1]))
	rows, _ := places.Dims()
	at := func(i int) mark { return mark{x: places.At(i, 0), y: places.At(i, 1), color: normalColor} }
	others := make([]mark, rows)
	for i := range others {
		others[i] = at(i)
		others[i].color = otherColor
		if labels != nil && labels[i] {
			others[i].shape = triangle
		}
	}
	near := []mark{}
	for _, n := range n.nearest {
		m := at(n.Row)
		p.Add(&plotter.Line{XYs: plotter.XYs{{X: at(row).x, Y: at(row).y}, {X: m.x, Y: m.y}}, LineStyle: draw.LineStyle{Color: quietInk, Width: 0.5}})
		if labels != nil && labels[n.Row] {
			m.color, m.shape = anomalyColor, triangle
		}
		near = append(near, m)
	}
	flow := at(row)
	flow.color, flow.shape = ink, diamond
	view := marks{points: append(near, flow), radius: 3.2}
	p.Add(marks{points: others, radius: 2.4}, view)
	xmin, xmax, ymin, ymax := view.DataRange()
	p.X.Min, p.X.Max = xmin-0.25*(xmax-xmin), xmax+0.25*(xmax-xmin)
	p.Y.Min, p.Y.Max = ymin-0.25*(ymax-ymin), ymax+0.25*(ymax-ymin)
	return p
}

// otherColor is that of flows that are no neighbours.
var otherColor = color.NRGBA{0xC8, 0xC8, 0xC8, 0xFF}

// neighborDistances draws the distance of the row to each neighbour, and how
// far that neighbour's own neighbourhood reaches.
func neighborDistances(nearest []labkit.Neighbor, reach []float64, labels []bool) *plot.Plot {
	p := newPlot("neighbour, nearest first", "distance")
	var points []mark
	for i, n := range nearest {
		m := mark{x: float64(i + 1), y: reach[i], color: normalColor}
		if labels != nil && labels[n.Row] {
			m.color, m.shape = anomalyColor, triangle
		}
		points = append(points, m)
	}
	for i, n := range nearest {
		points = append(points, mark{x: float64(i + 1), y: n.Distance, color: ink, shape: diamond})
	}
	all := marks{points: points, radius: 3.2}
	p.Add(all)
	p.X.Tick.Marker = wholeTicks{}
	p.Y.Min = 0
	p.Y.Max = math.Max(p.Y.Max, 1e-9)
	p.X.Min, p.X.Max = 0, float64(len(nearest)+1)
	return p
}
