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
// It returns an error if there is no series or more than six, if a score is
// not finite, if scores and labels differ in length or if labels lack a class.
func ROC(labels []bool, series ...Series) (_ Figure, err error) {
	defer prefix(&err)
	p := unitSquare("false positive rate: share of normal flows flagged", "true positive rate: share of anomalies found")
	p.Add(chance(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, "chance", 0.5))
	kind := curveKind{
		title: "ROC curve", area: "AUC", chance: 0.5,
		points: func(scores []float64) (plotter.XYs, float64, error) {
			fpr, tpr, _, err := labkit.ROC(scores, labels)
			if err != nil {
				return nil, 0, err
			}
			area, err := labkit.ROCAUC(scores, labels)
			return zip(fpr, tpr), area, err
		},
		at: func(c labkit.Confusion) (x, y float64) {
			return float64(c.FP) / float64(c.FP+c.TN), float64(c.TP) / float64(c.TP+c.FN)
		},
	}
	fig, areas, err := kind.draw(p, labels, series)
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
// flags.
//
// It returns an error if there is no series or more than six, if a score is
// not finite, if scores and labels differ in length or if no label is true.
func PrecisionRecall(labels []bool, series ...Series) (_ Figure, err error) {
	defer prefix(&err)
	p := unitSquare("recall: share of anomalies found", "precision: share of alerts that are anomalies")
	base := float64(labkit.CountTrue(labels)) / float64(max(1, len(labels)))
	p.Add(chance(plotter.XYs{{X: 0, Y: base}, {X: 1, Y: base}}, fmt.Sprintf("chance %.2f", base), 0))
	kind := curveKind{
		title: "Precision and recall", area: "AP", chance: base,
		points: func(scores []float64) (plotter.XYs, float64, error) {
			precision, recall, _, err := labkit.PRCurve(scores, labels)
			if err != nil {
				return nil, 0, err
			}
			ap, err := labkit.AveragePrecision(scores, labels)
			return staircase(recall, precision), ap, err
		},
		at: func(c labkit.Confusion) (x, y float64) {
			return float64(c.TP) / float64(c.TP+c.FN), float64(c.TP) / float64(c.TP+c.FP)
		},
	}
	fig, areas, err := kind.draw(p, labels, series)
	if err != nil {
		return Figure{}, err
	}
	fig.Alt = fmt.Sprintf("Precision-recall curves on %s. Average precision, where chance is %.2f and 1 is perfect: %s.", flowsInWords(len(labels), labels), base, areas)
	return fig, nil
}

// A curveKind is what tells [ROC] and [PrecisionRecall] apart.
type curveKind struct {
	title, area string  // names of the figure and of the area below a line
	chance      float64 // the area of a model that guesses
	points      func(scores []float64) (line plotter.XYs, area float64, err error)
	at          func(labkit.Confusion) (x, y float64) // of a model that flags something
}

// draw adds a line for each series to p, and the point where it operates, and
// returns the figure with its key, and the areas below the lines in words.
func (k curveKind) draw(p *plot.Plot, labels []bool, series []Series) (Figure, string, error) {
	if len(series) == 0 || len(series) > len(seriesColors) {
		return Figure{}, "", fmt.Errorf("%d series of scores: want 1 to %d", len(series), len(seriesColors))
	}
	fig := single(k.title, p)
	fig.Width, fig.Height = 420, 430
	areas := make([]curveArea, len(series))
	var operating []mark
	for i, s := range series {
		if err := checkLabels(fmt.Sprintf("series %q", s.Name), s.Scores, labels); err != nil {
			return Figure{}, "", err
		}
		line, area, err := k.points(s.Scores)
		if err != nil {
			return Figure{}, "", fmt.Errorf("series %q: %w", s.Name, errprefix.Bare(err))
		}
		areas[i] = curveArea{said: fmt.Sprintf("%s %.3f", s.Name, area), size: area}
		if area < k.chance {
			areas[i].said += ", worse than chance"
		}
		style := draw.LineStyle{Color: seriesColors[i], Width: 2, Dashes: seriesDashes[i]}
		p.Add(&plotter.Line{XYs: line, LineStyle: style})
		fig.key = append(fig.key, keyEntry{fmt.Sprintf("%s, %s %.3f", s.Name, k.area, area), lineThumb{color: seriesColors[i], dashes: style.Dashes}})
		if s.Flagged == nil {
			continue
		}
		c, err := labkit.NewConfusion(s.Flagged, labels)
		if err != nil {
			return Figure{}, "", fmt.Errorf("series %q: %w", s.Name, errprefix.Bare(err))
		}
		if c.TP+c.FP == 0 {
			areas[i].said += " (operating without alerts)"
			continue
		}
		x, y := k.at(c)
		operating = append(operating, mark{x, y, seriesColors[i], diamond})
		areas[i].said += fmt.Sprintf(" (operating with %d of %s right)", c.TP, plural.Of(c.TP+c.FP, "alert"))
	}
	if operating != nil {
		p.Add(marks{points: operating, radius: 5})
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
		fig.key = append(fig.key, keyEntry{"where it operates", markThumb{color: quietInk, shape: diamond}})
	}
	return fig, areasInWords(areas), nil
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
