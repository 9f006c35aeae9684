package chart

import (
	"fmt"
	"maps"
	"slices"
)

// timelineTwin returns the interactive twin of [Timeline]. Times and edges are
// as they lie along the axis.
func timelineTwin(times, scores []float64, labels []bool, s scale, threshold float64, clock string, edges []float64) spec {
	ranked := byScore(scores)
	drawn := samplePoints(len(scores), ranked, "highest scores")
	values := make([]spec, len(drawn.rows))
	lowest := slices.Min(scores)
	if drawn.note != "" {
		lowest = scores[ranked[maxPoints/2-1]] // below, alerts would be missing
	}
	for k, i := range drawn.rows {
		row := spec{"row": i, "time": short(times[i]), "level": precise(s.at(scores[i]))}
		if labels != nil {
			row["class"] = className(labels[i])
		}
		values[k] = row
	}
	lo, hi := s.at(min(lowest, threshold)), s.at(max(slices.Max(scores), threshold))
	step := niceStep(lo, hi)
	name := "threshold "
	if s.log {
		name = "log₁₀ of the threshold "
	}
	x := spec{"field": "time", "type": "quantitative", "axis": spec{"title": nil, "tickCount": 6},
		"scale": spec{"domain": list{short(edges[0]), short(edges[len(edges)-1])}, "nice": false, "padding": 6}}
	help := list{"Move the slider below: the alerts follow.", "Hover to read a flow."}
	if drawn.note != "" {
		help = append(help, drawn.note+".")
	}
	above := spec{
		"width": twinWidth, "height": 210,
		"layer": list{
			spec{"mark": spec{"type": "point", "filled": true, "size": 40, "stroke": css(ink), "strokeWidth": 0.4},
				"transform": list{spec{"calculate": s.vegaValue("datum.level"), "as": "score"}},
				"encoding":  timelinePoints(x, s, s.at(min(slices.Min(scores), threshold)), hi, labels != nil)},
			spec{"data": spec{"values": list{spec{}}}, "mark": spec{"type": "rule", "strokeDash": list{6, 4}, "strokeWidth": 2, "color": css(ink)},
				"encoding": spec{"y": spec{"datum": spec{"expr": "at"}, "type": "quantitative"}}},
		},
		"title": spec{"text": help, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": css(quietInk)},
	}
	flows := dataset{"flows", values}
	whole := spec{
		"params": list{spec{"name": "at", "value": precise(s.at(threshold)),
			"bind": spec{"input": "range", "min": short(lo), "max": short(hi), "step": short(step), "name": name}}},
		"data":    flows.data(),
		"spacing": 12,
		"vconcat": list{above, timelineCount(s, labels != nil), timelineAlerts(x, clock, edges)},
	}
	flows.put(whole)
	return whole
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
		encoding["color"] = spec{"field": "class", "type": "nominal", "scale": classColors(), "legend": spec{"title": nil, "orient": "top"}}
		encoding["shape"] = spec{"field": "class", "type": "nominal", "legend": spec{"title": nil, "orient": "top"},
			"scale": spec{"domain": list{"Normal", "Anomaly"}, "range": list{"circle", "triangle-up"}}}
		encoding["tooltip"] = append(encoding["tooltip"].(list), field{name: "class", title: "class", text: true}.tooltip())
	}
	return encoding
}

// timelineCount says how many alerts there are at the slider's position, and the
// threshold in plain numbers where the slider has logarithms.
func timelineCount(s scale, classes bool) spec {
	said := fmt.Sprintf("format(datum.alerts, ',') + ' alerts above ' + format(%s, '.4~g')", s.vegaValue("at"))
	if classes {
		said += " + ', ' + format(datum.right, ',') + ' of them anomalies; ' + format(datum.anomalies - datum.right, ',') + ' anomalies missed'"
	}
	return spec{
		"width": twinWidth, "height": 14,
		"transform": list{
			spec{"calculate": "datum.level > at ? 1 : 0", "as": "alert"},
			spec{"calculate": "datum.class == 'Anomaly' ? 1 : 0", "as": "anomaly"},
			spec{"calculate": "datum.alert * datum.anomaly", "as": "right"},
			spec{"aggregate": list{spec{"op": "sum", "field": "alert", "as": "alerts"}, spec{"op": "sum", "field": "right", "as": "right"}, spec{"op": "sum", "field": "anomaly", "as": "anomalies"}}},
			spec{"calculate": said, "as": "said"},
		},
		"mark":     spec{"type": "text", "align": "left", "fontWeight": "bold"},
		"encoding": spec{"x": spec{"value": -30}, "text": spec{"field": "said", "type": "nominal"}},
	}
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
