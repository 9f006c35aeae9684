package chart

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// Projection draws the rows of x along their first two principal components
// ([labkit.PrincipalComponents]) and colours each by its score, from pale,
// ordinary, to dark, anomalous; the darkest lie on top. Anomalies are
// triangles, normal flows discs; labels may be nil. The colours divide the range
// of scores into seven levels, of equal width in their logarithm if the tail is
// heavy.
//
// The interactive twin ([Explore]) shows row and score of a flow under the
// pointer, and lists the highest scores in a rectangle that is dragged. It holds
// 2,000 flows at most, and says so.
//
// A projection is a shadow: what lies apart in it is apart, and what lies
// together need not be. The axes say how much of the variance they hold.
//
// It returns an error if x, scores and labels differ in length or hold a value
// that is not finite, and those of PrincipalComponents.
func Projection(x *mat.Dense, scores []float64, labels []bool, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkProjection(x, scores, labels); err != nil {
		return Figure{}, err
	}
	places, shares, err := labkit.PrincipalComponents(x)
	if err != nil {
		return Figure{}, err
	}
	rows := len(scores)
	order := byScore(scores)
	slices.Reverse(order) // the highest on top
	ramp := rampOf(scores)
	points := make([]mark, rows)
	for k, i := range order {
		points[k] = mark{x: places.At(i, 0), y: places.At(i, 1), color: ramp.color(scores[i])}
		if labels != nil && labels[i] {
			points[k].shape = triangle
		}
	}
	p := newPlot(componentLabel("first", shares[0]), componentLabel("second", shares[1]))
	p.Add(marks{points: points})

	fig := single(title, p)
	fig.Height = 380
	fig.twin = func() spec { return projectionTwin(places, shares, scores, labels, ramp) }
	fig.shaded = true
	fig.key = append(markKey(labels, rows, quietInk, quietInk),
		keyEntry{fmt.Sprintf("score %s to %s", inWords(scores[order[0]]), inWords(scores[order[rows-1]])), rampThumb(scoreRamp)})
	fig.Alt = withTitle(title, fmt.Sprintf("%s along their first two principal components, which hold %.0f %% and %.0f %% of the variance.",
		flowsInWords(rows, labels), 100*shares[0], 100*shares[1]))
	if labels != nil {
		k := max(1, labkit.CountTrue(labels))
		found := 0
		for _, i := range order[rows-k:] {
			if labels[i] {
				found++
			}
		}
		fig.Alt += fmt.Sprintf(" Of the %d darkest, the highest scores, %d are anomalies.", k, found)
	}
	return fig, nil
}

func checkProjection(x *mat.Dense, scores []float64, labels []bool) error {
	rows := 0
	if x != nil && !x.IsEmpty() {
		rows, _ = x.Dims()
	}
	if len(scores) != rows || labels != nil && len(labels) != rows {
		return fmt.Errorf("projection of %d rows with %d scores and %d labels: want one for each", rows, len(scores), len(labels))
	}
	return checkNumbers("scores", scores)
}

func componentLabel(which string, share float64) string {
	return fmt.Sprintf("%s component, %.0f %% of variance", which, 100*share)
}

// projectionTwin returns the interactive twin of [Projection].
func projectionTwin(places *mat.Dense, shares [2]float64, scores []float64, labels []bool, r ramp) spec {
	drawn := samplePoints(len(scores), byScore(scores), "highest scores")
	values := make([]spec, len(drawn.rows))
	for k, i := range drawn.rows {
		values[k] = spec{"row": i, "x": short(places.At(i, 0)), "y": short(places.At(i, 1)), "score": short(scores[i]), "color": css(r.color(scores[i]))}
		if labels != nil {
			values[k]["class"] = className(labels[i])
		}
	}
	fields := []field{{name: "row", title: "row", whole: true}, {name: "score", title: "anomaly score"}}
	if labels != nil {
		fields = append(fields, field{name: "class", title: "class", text: true})
	}
	words := map[string]string{
		css(scoreRamp[0]):                "score " + inWords(slices.Min(scores)),
		css(scoreRamp[len(scoreRamp)-1]): r.label(inWords(slices.Max(scores))),
	}
	v := pointsView{
		x:       componentEncoding("x", componentLabel("first", shares[0]), mat.Col(nil, 0, places)),
		y:       componentEncoding("y", componentLabel("second", shares[1]), mat.Col(nil, 1, places)),
		color:   vegaRamp(scoreRamp, words),
		classes: labels != nil, fields: fields, table: fields, top: "score", order: "score", note: drawn.note,
	}
	return v.spec(values)
}

func componentEncoding(field, title string, values []float64) spec {
	return scale{}.vegaEncoding(field, title, slices.Min(values), slices.Max(values))
}
