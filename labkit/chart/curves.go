package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/errprefix"
	"flowlab/labkit/internal/plural"
)

// A Series is the scores that one model gives to the flows of a picture.
type Series struct {
	Name   string
	Scores []float64 // one for each flow; higher is more anomalous

	// Flagged is what the model flags at the threshold in use: the point on its
	// curve where it operates. Nil marks no point.
	Flagged []bool
}

// ROC draws the receiver operating characteristic of each series: the share of
// anomalies found (true positive rate) against the share of normal flows
// flagged (false positive rate), over all thresholds. The dashed diagonal is
// chance. The key gives the area under each curve ([labkit.ROCAUC]). A diamond
// marks where a model operates, if the series says what it flags.
//
// The interactive twin ([Explore]) tells the threshold of a point under the
// pointer. It can be zoomed and moved, and shows the curves alone whose names are
// clicked.
//
// It returns an error if there is no series or more than six, if a score is
// not finite, if scores and labels differ in length or if labels lack a class.
func ROC(labels []bool, series ...Series) (_ Figure, err error) {
	defer prefix(&err)
	kind := curveKind{
		title: "ROC curve", area: "AUC", chance: 0.5,
		x: "false positive rate: share of normal flows flagged", y: "true positive rate: share of anomalies found",
		shortX: "normal flows flagged", shortY: "anomalies found",
		guess:       chance(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, "chance", 0.5),
		interpolate: "linear", outline: zip,
		points: func(scores []float64) (c modelCurve, area float64, err error) {
			if c.x, c.y, c.thresholds, err = labkit.ROC(scores, labels); err != nil {
				return modelCurve{}, 0, err
			}
			area, err = labkit.ROCAUC(scores, labels)
			return c, area, err
		},
		at: func(c labkit.Confusion) (x, y float64) {
			return float64(c.FP) / float64(c.FP+c.TN), float64(c.TP) / float64(c.TP+c.FN)
		},
	}
	fig, areas, err := kind.draw(labels, series)
	if err != nil {
		return Figure{}, err
	}
	fig.Alt = fmt.Sprintf("ROC curves on %s. Area under the curve, where chance is 0.5 and 1 is perfect: %s.", flowsInWords(len(labels), labels), areas)
	return fig, nil
}

// PrecisionRecall draws precision against recall of each series over all
// thresholds: how clean the alerts are, the more anomalies are to be found. The
// dashed line is chance, which is the share of anomalies in the data; where
// they are rare this picture is stricter than [ROC]. The key gives the
// average precision (AP, [labkit.AveragePrecision]), which is the area below
// the steps. A diamond marks where a model operates, if the series says what it
// flags. The interactive twin is as that of ROC.
//
// It returns an error if there is no series or more than six, if a score is
// not finite, if scores and labels differ in length or if no label is true.
func PrecisionRecall(labels []bool, series ...Series) (_ Figure, err error) {
	defer prefix(&err)
	base := float64(labkit.CountTrue(labels)) / float64(max(1, len(labels)))
	kind := curveKind{
		title: "Precision and recall", area: "AP", chance: base,
		x: "recall: share of anomalies found", y: "precision: share of alerts that are anomalies",
		shortX: "recall", shortY: "precision",
		guess:       chance(plotter.XYs{{X: 0, Y: base}, {X: 1, Y: base}}, fmt.Sprintf("chance %.2f", base), 0),
		interpolate: stepBefore, outline: staircase,
		points: func(scores []float64) (c modelCurve, ap float64, err error) {
			if c.y, c.x, c.thresholds, err = labkit.PRCurve(scores, labels); err != nil {
				return modelCurve{}, 0, err
			}
			ap, err = labkit.AveragePrecision(scores, labels)
			return c, ap, err
		},
		at: func(c labkit.Confusion) (x, y float64) {
			return float64(c.TP) / float64(c.TP+c.FN), float64(c.TP) / float64(c.TP+c.FP)
		},
	}
	fig, areas, err := kind.draw(labels, series)
	if err != nil {
		return Figure{}, err
	}
	fig.Alt = fmt.Sprintf("Precision-recall curves on %s. Average precision, where chance is %.2f and 1 is perfect: %s.", flowsInWords(len(labels), labels), base, areas)
	return fig, nil
}

// A curveKind is what tells [ROC] and [PrecisionRecall] apart.
type curveKind struct {
	title, area    string  // names of the figure and of the area below a line
	chance         float64 // the area of a model that guesses
	x, y           string  // what lies along the axes
	shortX, shortY string  // and in few words
	guess          chanceLine
	points         func(scores []float64) (modelCurve, float64, error)
	outline        func(x, y []float64) plotter.XYs
	interpolate    string                                // the outline, as Vega-Lite draws it
	at             func(labkit.Confusion) (x, y float64) // of a model that flags something
}

// A modelCurve holds the points of a series, from the highest threshold down.
type modelCurve struct {
	name             string // with the area below it
	x, y, thresholds []float64
}

// draw returns the figure of a line for each series with its key, and the areas
// below the lines in words.
func (k curveKind) draw(labels []bool, series []Series) (Figure, string, error) {
	if len(series) == 0 || len(series) > len(seriesColors) {
		return Figure{}, "", fmt.Errorf("%d series of scores: want 1 to %d", len(series), len(seriesColors))
	}
	p := unitSquare(k.x, k.y)
	p.Add(k.guess)
	fig := single(k.title, p)
	fig.Width, fig.Height = 420, 430
	areas := make([]curveArea, len(series))
	curves := make([]modelCurve, len(series))
	var operating []mark
	for i, s := range series {
		if err := checkLabels(fmt.Sprintf("series %q", s.Name), s.Scores, labels); err != nil {
			return Figure{}, "", err
		}
		curve, area, err := k.points(s.Scores)
		if err != nil {
			return Figure{}, "", fmt.Errorf("series %q: %w", s.Name, errprefix.Bare(err))
		}
		curve.name = fmt.Sprintf("%s, %s %.3f", s.Name, k.area, area)
		curves[i] = curve
		areas[i] = curveArea{said: fmt.Sprintf("%s %.3f", s.Name, area), size: area}
		if area < k.chance {
			areas[i].said += ", worse than chance"
		}
		style := draw.LineStyle{Color: seriesColors[i], Width: 2, Dashes: seriesDashes[i]}
		p.Add(&plotter.Line{XYs: k.outline(curve.x, curve.y), LineStyle: style})
		fig.key = append(fig.key, keyEntry{curve.name, lineThumb{color: seriesColors[i], dashes: style.Dashes}})
		place, said, err := k.operating(s, labels)
		if err != nil {
			return Figure{}, "", err
		}
		areas[i].said += said
		if place != nil {
			operating = append(operating, mark{place.X, place.Y, seriesColors[i], diamond})
		}
	}
	if operating != nil {
		p.Add(marks{points: operating, radius: 5})
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
		fig.key = append(fig.key, keyEntry{"where it operates", markThumb{color: quietInk, shape: diamond}})
	}
	fig.twin = func() spec { return k.curvesTwin(curves, operating) }
	return fig, areasInWords(areas), nil
}

// operating returns where a series operates, nil if it flags nothing or does not
// say what, and that in words.
func (k curveKind) operating(s Series, labels []bool) (*plotter.XY, string, error) {
	if s.Flagged == nil {
		return nil, "", nil
	}
	c, err := labkit.NewConfusion(s.Flagged, labels)
	if err != nil {
		return nil, "", fmt.Errorf("series %q: %w", s.Name, errprefix.Bare(err))
	}
	if c.TP+c.FP == 0 {
		return nil, " (operating without alerts)", nil
	}
	x, y := k.at(c)
	return &plotter.XY{X: x, Y: y}, fmt.Sprintf(" (operating with %d of %s right)", c.TP, plural.Of(c.TP+c.FP, "alert")), nil
}

// A curveArea is the area below one line, in words too.
type curveArea struct {
	said string
	size float64
}

// areasInWords lists the areas from the largest to the smallest.
func areasInWords(areas []curveArea) string {
	slices.SortStableFunc(areas, func(a, b curveArea) int { return cmp.Compare(b.size, a.size) })
	said := make([]string, len(areas))
	for i, a := range areas {
		said[i] = a.said
	}
	return strings.Join(said, "; ")
}

// unitSquare returns an empty plot with both axes from 0 to 1.
func unitSquare(x, y string) *plot.Plot {
	p := newPlot(x, y)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = unitTicks, unitTicks
	return p
}

// A chanceLine is the curve of a model that guesses, with its name beside it.
type chanceLine struct {
	*plotter.Line
	name string
	at   float64 // x of the name
}

func chance(xys plotter.XYs, name string, at float64) chanceLine {
	style := draw.LineStyle{Color: quietInk, Width: 1, Dashes: []vg.Length{3, 3}}
	return chanceLine{&plotter.Line{XYs: xys, LineStyle: style}, name, at}
}

// Plot implements [plot.Plotter].
func (l chanceLine) Plot(c draw.Canvas, p *plot.Plot) {
	l.Line.Plot(c, p)
	x, y := p.Transforms(&c)
	a, b := l.XYs[0], l.XYs[1]
	style := textStyle(tickSize, quietInk)
	style.YAlign = draw.YTop
	c.FillText(style, vg.Point{X: x(l.at) + 6, Y: y(a.Y+l.at*(b.Y-a.Y)) - 3}, l.name)
}

func zip(x, y []float64) plotter.XYs {
	xys := make(plotter.XYs, len(x))
	for i := range x {
		xys[i] = plotter.XY{X: x[i], Y: y[i]}
	}
	return xys
}

// staircase returns the outline whose area is the sum of y times the step in
// x, from x = 0: precision must not be interpolated linearly. A point that
// does not add to x has no area and is left out.
func staircase(x, y []float64) plotter.XYs {
	var xys plotter.XYs
	from := 0.0
	for i := range x {
		if x[i] > from {
			xys = append(xys, plotter.XY{X: from, Y: y[i]}, plotter.XY{X: x[i], Y: y[i]})
			from = x[i]
		}
	}
	return xys
}
