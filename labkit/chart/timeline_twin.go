package chart

import (
	"fmt"
	"maps"

	"flowlab/labkit"
)

// timelineTwin returns the interactive twin of [Timeline]. Times and edges are
// as they lie along the axis.
func timelineTwin(times, scores []float64, labels []bool, s scale, threshold float64, clock string, edges []float64) spec {
	ranked := byScore(scores)
	drawn := samplePoints(len(scores), ranked, "highest scores")
	flows := dataset{"flows", timelineRows(drawn.rows, times, scores, labels, s)}
	least := min(scores[ranked[len(ranked)-1]], threshold)
	lowest := least // position of the slider
	if drawn.note != "" {
		lowest = min(scores[ranked[maxPoints/2-1]], threshold) // below, alerts would be missing
	}
	lo, hi := s.at(lowest), s.at(max(scores[ranked[0]], threshold))
	x := spec{"field": "time", "type": "quantitative", "axis": spec{"title": nil, "tickCount": 6},
		"scale": spec{"domain": list{short(edges[0]), short(edges[len(edges)-1])}, "nice": false, "padding": 6}}
	above := spec{
		"width": twinWidth, "height": 210,
		"layer": list{
			spec{"mark": spec{"type": "point", "filled": true, "size": 40, "stroke": css(ink), "strokeWidth": 0.4},
				"transform": list{spec{"calculate": s.vegaValue("datum.level"), "as": "score"}},
				"encoding":  timelinePoints(x, s, s.at(least), hi, labels != nil)},
			spec{"data": spec{"values": list{spec{}}}, "mark": spec{"type": "rule", "strokeDash": list{6, 4}, "strokeWidth": 2, "color": css(ink)},
				"encoding": spec{"y": spec{"datum": spec{"expr": "at"}, "type": "quantitative"}}},
		},
		"title": help(drawn.note, "Move the slider below: the alerts follow.", "Hover to read a flow."),
	}
	whole := spec{
		"params":  list{s.slider(plainThreshold(flows.rows, s.at(threshold)), lo, hi, niceStep(lo, hi))},
		"data":    flows.data(),
		"spacing": 12,
		"vconcat": list{above, timelineCount(s, labels), timelineAlerts(x, clock, edges)},
	}
	flows.put(whole)
	return whole
}

// timelineRows returns the data of the flows that are drawn.
func timelineRows(rows []int, times, scores []float64, labels []bool, s scale) []spec {
	values := make([]spec, len(rows))
	for k, i := range rows {
		values[k] = spec{"row": i, "time": short(times[i]), "level": precise(s.at(scores[i]))}
		if labels != nil {
			values[k]["class"] = className(labels[i])
		}
	}
	return values
}

// plainThreshold rounds a threshold as far as the same flows lie above it.
func plainThreshold(flows []spec, threshold float64) float64 {
	above := func(t float64) int {
		n := 0
		for _, f := range flows {
			if f["level"].(float64) > t {
				n++
			}
		}
		return n
	}
	exact := precise(threshold)
	for digits := shownDigits; digits < 12; digits++ {
		if t := rounded(threshold, digits); above(t) == above(exact) {
			return t
		}
	}
	return exact
}

func timelinePoints(x spec, s scale, lo, hi float64, classes bool) spec {
	flagged := "datum.level > at"
	encoding := spec{
		"x": x, "y": s.vegaEncoding("level", "anomaly score", lo, hi),
		"opacity": spec{"condition": spec{"test": flagged, "value": 0.85}, "value": 0.35},
		"color":   spec{"condition": spec{"test": flagged, "value": css(anomalyColor)}, "value": css(normalColor)},
		"shape":   spec{"condition": spec{"test": flagged, "value": "triangle-up"}, "value": "circle"},
		"tooltip": list{field{name: "row", title: "row", whole: true}.tooltip(), field{name: "time", title: "time"}.tooltip(), field{name: "score", title: "anomaly score"}.tooltip()},
	}
	if classes {
		encoding["color"], encoding["shape"] = classColors(), classShapes()
		encoding["tooltip"] = append(encoding["tooltip"].(list), field{name: "class", title: "class", text: true}.tooltip())
	}
	return encoding
}

// timelineCount says how many alerts there are at the slider's position, and the
// threshold in plain numbers where the slider has logarithms.
func timelineCount(s scale, labels []bool) spec {
	said := fmt.Sprintf("format(datum.alerts, ',') + ' alerts above ' + format(%s, '.4~g')", s.vegaValue("at"))
	if labels != nil { // of all flows, though the data may hold a sample
		said += fmt.Sprintf(" + ': ' + format(datum.right, ',') + ' right, ' + format(%d - datum.right, ',') + ' missed'", labkit.CountTrue(labels))
	}
	return sayingLine(list{
		spec{"calculate": "datum.level > at ? 1 : 0", "as": "alert"},
		spec{"calculate": "datum.class == 'Anomaly' ? datum.alert : 0", "as": "right"},
		spec{"aggregate": list{spec{"op": "sum", "field": "alert", "as": "alerts"}, spec{"op": "sum", "field": "right", "as": "right"}}},
	}, said)
}

// timelineAlerts counts the alerts of each interval.
func timelineAlerts(x spec, clock string, edges []float64) spec {
	below := maps.Clone(x)
	below["field"], below["axis"] = "from", spec{"title": clock, "tickCount": 6}
	interval := fmt.Sprintf("%g + %g * floor((datum.time - %g) / %[2]g)", short(edges[0]), short(edges[1]-edges[0]), short(edges[0]))
	return spec{
		"width": twinWidth, "height": 80,
		"transform": list{
			spec{"filter": "datum.level > at"},
			spec{"calculate": interval, "as": "from"},
			spec{"aggregate": list{spec{"op": "count", "as": "alerts"}}, "groupby": list{"from"}},
			spec{"calculate": fmt.Sprintf("datum.from + %g", short(edges[1]-edges[0])), "as": "to"},
		},
		"mark": spec{"type": "rect", "color": css(quietInk), "stroke": css(background), "strokeWidth": 1},
		"encoding": spec{
			"x": below, "x2": spec{"field": "to"},
			"y":       spec{"field": "alerts", "type": "quantitative", "scale": spec{"domainMin": 0}, "axis": spec{"title": "alerts", "tickCount": 3, "format": "~d"}},
			"y2":      spec{"datum": 0},
			"tooltip": list{spec{"field": "alerts", "title": "alerts"}},
		},
	}
}
