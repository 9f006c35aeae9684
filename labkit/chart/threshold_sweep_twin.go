package chart

import (
	"fmt"
	"math"
)

// maxCuts is how many thresholds an interactive sweep holds.
const maxCuts = 400

// twin returns the interactive twin of [ThresholdSweep]. The counts and
// rates of a threshold that is drawn are exact.
func (s sweep) twin(sc scale, threshold, lo, hi float64, anomalies int) spec {
	rows := dataset{"cuts", s.rows(sc, lo, hi, anomalies)}
	x := sc.vegaEncoding("place", "threshold: flows with a higher score are flagged", lo, hi)
	names := list{"precision", "recall", "F1"}
	colors, dashes := list{}, list{}
	for k := range names {
		colors, dashes = append(colors, css(seriesColors[k])), append(dashes, vegaDashes(seriesDashes[k]))
	}
	legend := spec{"title": nil, "orient": "top", "symbolSize": 300, "symbolStrokeWidth": 2}
	rates := spec{
		"params":    list{zoom("x"), picked("metric")},
		"transform": list{spec{"fold": names, "as": list{"metric", "rate"}}},
		"mark":      spec{"type": "line", "interpolate": "step-before", "strokeWidth": 1.75},
		"encoding": spec{
			"y": spec{"field": "rate", "type": "quantitative", "scale": spec{"domain": list{0, 1}},
				"axis": spec{"title": "rate", "tickCount": 6, "format": "~g"}},
			"color":      spec{"field": "metric", "type": "nominal", "scale": spec{"domain": names, "range": colors}, "legend": legend},
			"strokeDash": spec{"field": "metric", "type": "nominal", "scale": spec{"domain": names, "range": dashes}, "legend": legend},
			"opacity":    spec{"condition": spec{"param": "picked", "value": 1}, "value": 0.15},
		},
	}
	most := scale{log: true}.vegaAxis("", 0, math.Log10(max(1, s.alerts[len(s.alerts)-1])))
	most["title"], most["grid"], most["orient"] = "alerts, grey, logarithmic", false, "right"
	alerts := spec{
		"mark": spec{"type": "line", "interpolate": "step-before", "strokeWidth": 1.5, "color": css(quietInk)},
		"encoding": spec{"y": spec{"field": "level", "type": "quantitative", "axis": most,
			"scale": spec{"domainMin": 0, "nice": false}}},
	}
	whole := spec{
		"width": twinWidth, "params": list{cellWidth(90)}, "height": 300, "data": rows.data(), "encoding": spec{"x": x},
		"layer":   list{alerts, rates, hoveredRule(sweepTooltip()), rule(sc.at(threshold))},
		"resolve": spec{"scale": spec{"y": "independent"}},
		"title":   help("", fmt.Sprintf("Hover to read a threshold: the dashed line, %.4g, is the one in use.", threshold), "Click a name to see its line alone.", zoomHelp),
	}
	rows.put(whole)
	return whole
}

func sweepTooltip() list {
	return list{
		field{name: "threshold", title: "threshold just below"}.tooltip(),
		counted("alerts", "alerts"),
		counted("found", "of them right"),
		counted("missed", "missed"),
		spec{"field": "precision", "title": "precision", "type": "quantitative", "format": ".3f"},
		spec{"field": "recall", "title": "recall", "type": "quantitative", "format": ".3f"},
		spec{"field": "F1", "title": "F1", "type": "quantitative", "format": ".3f"},
	}
}

// rows returns what the thresholds from lo to hi do.
func (s sweep) rows(sc scale, lo, hi float64, anomalies int) []spec {
	digits := axisDigits(lo, hi)
	var rows []spec
	for _, i := range thinned(len(s.cuts), maxCuts, s.best) {
		found := int(math.Round(s.recall[i] * float64(anomalies)))
		rows = append(rows, spec{"place": rounded(s.cuts[i], digits), "threshold": short(sc.value(s.cuts[i])),
			"precision": short(s.precision[i]), "recall": short(s.recall[i]), "F1": short(s.f1[i]),
			"alerts": int(s.alerts[i]), "level": short(math.Log10(s.alerts[i])),
			"found": found, "missed": anomalies - found})
	}
	return rows
}

// hoveredRule is a line over the place on the x axis next to the pointer, with
// its words.
func hoveredRule(tooltip list) spec {
	return spec{
		"params": list{spec{"name": "near", "select": spec{"type": "point", "on": "pointerover", "nearest": true, "encodings": list{"x"}, "clear": "pointerout"}}},
		"mark":   spec{"type": "rule", "strokeWidth": 1.5, "color": css(ink)},
		"encoding": spec{"tooltip": tooltip,
			"opacity": spec{"condition": spec{"param": "near", "empty": false, "value": 1}, "value": 0}},
	}
}

// rule is the dashed line of a threshold, as it lies on the scale.
func rule(at float64) spec {
	return spec{
		"data":     spec{"values": list{spec{"place": at}}},
		"mark":     dashedRule(),
		"encoding": spec{"x": spec{"field": "place", "type": "quantitative"}},
	}
}
