package chart

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"flowlab/labkit"
)

// scoresTwin returns the interactive twin of [Scores]: the histogram with a
// slider for the threshold, and below it the confusion matrix and precision,
// recall and F1, which follow the slider. The counts are exact at each of its
// positions, however many flows there are: they are counted here, a row for
// each position, and only looked up in the browser.
func scoresTwin(scores []float64, labels []bool, s sample, sc scale, threshold float64) spec {
	places, at := sc.all(scores), sc.at(threshold)
	lo, hi := widened(min(slices.Min(places), at), max(slices.Max(places), at))
	slider := newSlider(sc, lo, hi, threshold)
	bins := dataset{"bins", histogramRows(s, sc)}
	cuts := dataset{"cuts", cutRows(scores, labels, slider)}
	here := atPlace(slider)
	whole := spec{
		"title":   help("", "Move the slider below: all that is under the histogram follows. Hover to read a bar.", zoomHelp),
		"params":  append(slider.params(), cellWidth(75)),
		"spacing": 18,
		"vconcat": list{
			spec{"width": twinWidth, "height": 160, "layer": list{scoresHistogram(bins, sc, slider.lo, slider.hi), thresholdRule(cuts, here)}},
			vegaAlerts(cuts, here),
			spec{"width": twinWidth, "height": vegaHeight, "layer": list{vegaConfusion(cuts, here), vegaMetrics(cuts, here)},
				"resolve": spec{"scale": spec{"x": "independent", "y": "independent", "color": "independent"}}},
		},
		"resolve": spec{"scale": spec{"color": "independent"}},
	}
	bins.put(whole)
	cuts.put(whole)
	return whole
}

// histogramRows returns the bars of both classes.
func histogramRows(s sample, sc scale) []spec {
	var rows []spec
	add := func(class string, values, edges []float64) {
		if len(values) == 0 {
			return
		}
		for i, n := range counts(values, edges) {
			if n > 0 {
				width := edges[i+1] - edges[i]
				rows = append(rows, spec{"class": class, "from": short(edges[i]), "to": short(edges[i+1]),
					"least": short(sc.value(edges[i])), "most": short(sc.value(edges[i+1])),
					"flows": n, "density": short(n / float64(len(values)) / width)})
			}
		}
	}
	add("Normal", s.normal, s.normalEdges)
	add("Anomaly", s.anomaly, s.anomalyEdges)
	return rows
}

// cutRows returns what each position of the slider flags, and so do the places
// between it and the next, with the rates in words: a browser rounds halves
// otherwise than Go.
func cutRows(scores []float64, labels []bool, r slider) []spec {
	normal, anomaly := split(scores, labels)
	slices.Sort(normal)
	slices.Sort(anomaly)
	above := func(sorted []float64, t float64) int {
		return len(sorted) - sort.Search(len(sorted), func(i int) bool { return sorted[i] > t })
	}
	rows := make([]spec, len(r.places))
	for i, place := range r.places {
		t := r.thresholds[i]
		c := labkit.Confusion{TP: above(anomaly, t), FP: above(normal, t)}
		c.FN, c.TN = len(anomaly)-c.TP, len(normal)-c.FP
		next := math.MaxFloat64
		if i+1 < len(r.places) {
			next = r.places[i+1]
		}
		rows[i] = spec{"place": place, "next": next, "threshold": short(t),
			"tp": c.TP, "fp": c.FP, "fn": c.FN, "tn": c.TN,
			"tpShare": percent(c.TP, len(anomaly)), "fnShare": percent(c.FN, len(anomaly)),
			"fpShare": percent(c.FP, len(normal)), "tnShare": percent(c.TN, len(normal)),
			"precision": rate(c.Precision()), "recall": rate(c.Recall()), "F1": rate(c.F1())}
	}
	return rows
}

// percent writes a share as the confusion matrix shows it: nothing of nothing.
func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}

// rate writes a metric as labkit prints it.
func rate(v float64, err error) string {
	if err != nil {
		return "undefined"
	}
	return fmt.Sprintf("%.3f", v)
}

// atPlace keeps the row of the slider's position.
func atPlace(r slider) spec {
	return spec{"filter": fmt.Sprintf("datum.place <= at + %[1]g && at + %[1]g < datum.next", r.slack())}
}

func scoresHistogram(bins dataset, sc scale, lo, hi float64) spec {
	stroke, dashes := classColors(), byClass(vegaDashes(nil), vegaDashes(anomalyDashes))
	stroke["legend"], dashes["legend"] = nil, nil
	density := "density"
	if sc.log {
		density += " per power of ten"
	}
	return spec{
		"data":   bins.data(),
		"params": list{zoom("x")},
		"mark":   spec{"type": "bar", "fillOpacity": 0.35, "strokeWidth": 1.25},
		"encoding": spec{
			"x":          spec{"field": "from", "type": "quantitative", "axis": sc.vegaAxis(scoreLabel, lo, hi), "scale": spec{"zero": false, "nice": false}},
			"x2":         spec{"field": "to"},
			"y":          spec{"field": "density", "type": "quantitative", "axis": spec{"title": density, "tickCount": 4}},
			"y2":         spec{"datum": 0},
			"color":      classColors(),
			"stroke":     stroke,
			"strokeDash": dashes,
			"tooltip": list{
				field{name: "class", title: "class", text: true}.tooltip(), counted("flows", "flows"),
				field{name: "least", title: "from"}.tooltip(), field{name: "most", title: "to"}.tooltip(),
			},
		},
	}
}

func thresholdRule(cuts dataset, here spec) spec {
	return spec{
		"data":      cuts.data(),
		"transform": list{here},
		"mark":      dashedRule(),
		"encoding":  spec{"x": spec{"field": "place", "type": "quantitative"}},
	}
}

// The confusion matrix and the metrics share a view, in CSS pixels: the matrix on
// the left, with cells wide enough for their words in any browser's font, and the
// metrics on what the cell leaves.
const (
	vegaCell    = 96
	vegaMatrix  = 2 * vegaCell
	vegaHeight  = 148
	besideTable = 24
)

// vegaAlerts says how many alerts there are at the slider's position, and the
// threshold in plain numbers where the slider has logarithms.
func vegaAlerts(cuts dataset, here spec) spec {
	said := "format(datum.tp + datum.fp, ',') + ' alerts above ' + format(datum.threshold, '.4~g')"
	line := sayingLine(list{here}, said)
	line["data"] = cuts.data()
	return line
}

// vegaConfusion is the confusion matrix at the slider's position.
func vegaConfusion(cuts dataset, here spec) spec {
	classes := list{"Normal", "Anomaly"}
	x := spec{"field": "predicted", "type": "nominal", "sort": classes, "scale": spec{"range": list{0, vegaMatrix}},
		"axis": spec{"title": "Predicted", "orient": "bottom", "labelAngle": 0, "domain": false, "ticks": false}}
	y := spec{"field": "actual", "type": "nominal", "sort": classes, "axis": spec{"title": "Actual", "orient": "left", "domain": false, "ticks": false}}
	text := func(expr string, dy, size int, weight string) spec {
		return spec{
			"transform": list{spec{"calculate": expr, "as": "said"}},
			"mark":      spec{"type": "text", "dy": dy, "fontSize": size, "fontWeight": weight},
			"encoding": spec{"x": x, "y": y, "text": spec{"field": "said"},
				"color": spec{"condition": spec{"test": "datum.share > 0.85", "value": css(background)}, "value": css(ink)}},
		}
	}
	return spec{
		"data": cuts.data(),
		"transform": list{
			here,
			spec{"fold": list{"tn", "fp", "fn", "tp"}, "as": list{"cell", "flows"}},
			spec{"calculate": "datum.cell == 'tn' || datum.cell == 'fp' ? 'Normal' : 'Anomaly'", "as": "actual"},
			spec{"calculate": "datum.cell == 'tp' || datum.cell == 'fp' ? 'Anomaly' : 'Normal'", "as": "predicted"},
			spec{"calculate": "datum.actual == 'Normal' ? datum.tn + datum.fp : datum.tp + datum.fn", "as": "of"},
			spec{"calculate": "datum.of > 0 ? datum.flows / datum.of : 0", "as": "share"},
		},
		"layer": list{
			spec{"mark": spec{"type": "rect", "stroke": css(background), "strokeWidth": 3}, "encoding": spec{
				"x": x, "y": y,
				"color":   spec{"condition": spec{"test": "datum.actual == datum.predicted", "value": css(normalColor)}, "value": css(anomalyColor)},
				"opacity": spec{"field": "share", "type": "quantitative", "legend": nil, "scale": spec{"domain": list{0, 1}, "range": list{0.07, 0.97}}},
			}},
			text("format(datum.flows, ',')", -15, 20, "bold"),
			text("{tn: 'left alone', fp: 'false alarms', fn: 'missed', tp: 'found'}[datum.cell]", 7, 12, "normal"),
			text("datum[datum.cell + 'Share']", 23, 11, "normal"),
		},
	}
}

// vegaMetrics are precision, recall and F1 at the slider's position: a bar each,
// with its name and number above.
func vegaMetrics(cuts dataset, here spec) spec {
	names := list{"precision", "recall", "F1"}
	y := spec{"field": "metric", "type": "nominal", "sort": names, "axis": nil}
	x := spec{"field": "value", "type": "quantitative", "scale": spec{"domain": list{0, 1}, "range": list{vegaMatrix + besideTable, "width"}},
		"axis": spec{"title": nil, "orient": "bottom", "tickCount": 6, "format": "~g"}}
	return spec{
		"data": cuts.data(),
		"transform": list{
			here,
			spec{"fold": names, "as": list{"metric", "rate"}},
			spec{"calculate": "datum.rate == 'undefined' ? 0 : toNumber(datum.rate)", "as": "value"},
			spec{"calculate": "datum.metric + '  ' + datum.rate", "as": "said"},
		},
		"layer": list{
			spec{"mark": spec{"type": "bar", "height": 18, "yOffset": 9}, "encoding": spec{"x": x, "y": y,
				"color": spec{"field": "metric", "type": "nominal", "legend": nil, "scale": spec{"domain": names,
					"range": list{css(seriesColors[0]), css(seriesColors[1]), css(seriesColors[2])}}}}},
			spec{"mark": spec{"type": "text", "align": "left", "dy": -10}, "encoding": spec{"x": spec{"value": vegaMatrix + besideTable}, "y": y, "text": spec{"field": "said"}}},
		},
	}
}
