package chart

import (
	"fmt"
	"slices"
)

// gapsTwin returns the interactive twin of [Gaps], of which at holds the times
// as they lie along the axis.
func gapsTwin(at, gaps []float64, s scale, median float64, clock string) spec {
	drawn := samplePoints(len(gaps), nil, "")
	points := dataset{name: "gaps"}
	heights := s.all(gaps)
	digits := axisDigits(slices.Min(heights), slices.Max(heights))
	for _, i := range drawn.rows {
		points.rows = append(points.rows, spec{"time": short(at[i]), "level": rounded(heights[i], digits), "gap": short(gaps[i])})
	}
	above := vegaGaps(points, at, heights, s, rounded(s.at(median), digits), clock)
	bins, below := gapsHistogram(heights, s)
	whole := spec{
		"title":  help(drawn.note, fmt.Sprintf("Hover to read a gap. The dashed line is the median, %s s.", inWords(median)), zoomHelp),
		"params": list{cellWidth(60)}, "spacing": 12, "vconcat": list{above, below},
	}
	bins.put(whole)
	points.put(whole)
	return whole
}

// vegaGaps shows each gap at its time, and the median, as they lie on the scale.
func vegaGaps(points dataset, at, heights []float64, s scale, median float64, clock string) spec {
	lowest := 0.0
	if s.log {
		lowest = slices.Min(heights)
	}
	return spec{"width": twinWidth, "height": twinHeight, "data": points.data(), "layer": list{
		spec{"params": list{zoom("x", "y")}, "mark": spec{"type": "point", "filled": true, "size": 30, "color": css(normalColor), "opacity": 0.7},
			"encoding": spec{
				"x":       scale{}.vegaEncoding("time", clock, slices.Min(at), slices.Max(at)),
				"y":       s.vegaEncoding("level", "gap (s)", lowest, slices.Max(heights)),
				"tooltip": list{field{name: "time", title: clock}.tooltip(), field{name: "gap", title: "gap (s)"}.tooltip()},
			}},
		levelRule(spec{"datum": median}),
	}}
}

// gapsHistogram shows how often there is a gap of each length, as it lies on the
// scale.
func gapsHistogram(heights []float64, s scale) (bins dataset, view spec) {
	bins = dataset{name: "lengths"}
	edges := binEdges(heights)
	often := counts(heights, edges)
	for i, n := range often {
		bins.rows = append(bins.rows, spec{"from": short(edges[i]), "to": short(edges[i+1]), "gaps": int(n),
			"least": short(s.value(edges[i])), "most": short(s.value(edges[i+1]))})
	}
	return bins, spec{
		"width": twinWidth, "height": 100, "data": bins.data(),
		"mark": spec{"type": "rect", "color": css(normalColor), "opacity": 0.6},
		"encoding": spec{
			"x": s.vegaEncoding("from", "gap (s)", edges[0], edges[len(edges)-1]), "x2": spec{"field": "to"},
			"y": countEncoding("gaps", "how often", slices.Max(often)), "y2": spec{"datum": 0},
			"tooltip": list{field{name: "least", title: "from (s)"}.tooltip(), field{name: "most", title: "to (s)"}.tooltip(), counted("gaps", "gaps")},
		},
	}
}
