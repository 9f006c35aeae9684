package chart

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"flowlab/labkit"
)

// timelineTwin returns the interactive twin of [Timeline]. Times and edges are
// as they lie along the axis. The points are a sample of many flows; the alerts
// are counted of all.
func timelineTwin(times, scores []float64, labels []bool, s scale, threshold float64, clock string, edges []float64) spec {
	ranked := byScore(scores)
	drawn := samplePoints(len(scores), ranked, "highest scores")
	lo, hi := s.at(scores[ranked[len(ranked)-1]]), s.at(scores[ranked[0]])
	slider := newSlider(s, lo, hi, threshold)
	flows := dataset{"flows", timelineRows(drawn.rows, times, scores, labels, slider)}
	alerts := dataset{"alerts", alertRows(times, scores, labels, edges, slider)}
	flagged := fmt.Sprintf("datum.place > at - %g", slider.slack())
	x := spec{"field": "time", "type": "quantitative", "axis": spec{"title": nil, "tickCount": 6},
		"scale": spec{"domain": list{short(edges[0]), short(edges[len(edges)-1])}, "nice": false, "padding": 6}}
	y := s.vegaEncoding("level", "anomaly score", min(lo, s.at(threshold)), max(hi, s.at(threshold)))
	above := timelineFlows(flows, s, timelinePoints(x, y, flagged, labels != nil))
	count, perInterval := timelineCount(s, labels, flagged), timelineAlerts(x, clock, edges, flagged)
	count["data"], perInterval["data"] = alerts.data(), alerts.data()
	whole := spec{
		"title":  timelineHelp(labels != nil, drawn.note),
		"params": append(slider.params(), cellWidth(60)), "spacing": 12, "vconcat": list{above, count, perInterval},
		"resolve": spec{"scale": spec{"x": "shared"}},
	}
	flows.put(whole)
	alerts.put(whole)
	return whole
}

func timelineHelp(classes bool, note string) spec {
	lines := list{"Move the slider below: the alerts follow. Hover to read a flow.", zoomHelp}
	if !classes {
		lines[0] = "Move the slider below: the alerts, triangles, follow. Hover to read a flow."
	}
	if note != "" {
		lines = append(lines, "The alerts of all flows are counted, and not all drawn:")
	}
	return help(note, lines...)
}

// timelineFlows shows the flows that are drawn, and the threshold.
func timelineFlows(flows dataset, s scale, encoding spec) spec {
	return spec{
		"width": twinWidth, "height": 210,
		"data": flows.data(),
		"layer": list{
			spec{"params": list{zoom("x")}, "mark": spec{"type": "point", "filled": true, "size": 40, "stroke": css(ink), "strokeWidth": 0.4},
				"transform": list{spec{"calculate": s.vegaValue("datum.level"), "as": "score"}},
				"encoding":  encoding},
			levelRule(spec{"datum": spec{"expr": "at"}}),
		},
	}
}

// timelineRows returns the data of the flows that are drawn.
func timelineRows(rows []int, times, scores []float64, labels []bool, r slider) []spec {
	digits := axisDigits(r.lo, r.hi)
	values := make([]spec, len(rows))
	for k, i := range rows {
		values[k] = spec{"row": i, "time": short(times[i]), "level": rounded(r.scale.at(scores[i]), digits), "place": r.highest(scores[i])}
		if labels != nil {
			values[k]["class"] = className(labels[i])
		}
	}
	return values
}

// alertRows counts the flows of each interval by the highest position of the
// slider that flags them. The first row counts none, for a picture of nothing.
func alertRows(times, scores []float64, labels []bool, edges []float64, r slider) []spec {
	type group struct {
		place    float64
		interval int
	}
	flows, right := map[group]int{{r.places[0], 0}: 0}, map[group]int{}
	for i, score := range scores {
		place := r.highest(score)
		if place < r.places[0] {
			continue // never an alert
		}
		g := group{place, binOf(times[i], edges)}
		flows[g]++
		if labels != nil && labels[i] {
			right[g]++
		}
	}
	var rows []spec
	for _, g := range slices.SortedFunc(maps.Keys(flows), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.interval, b.interval))
	}) {
		row := spec{"place": g.place, "interval": g.interval, "flows": flows[g]}
		if labels != nil {
			row["right"] = right[g]
		}
		rows = append(rows, row)
	}
	return rows
}

func timelinePoints(x, y spec, flagged string, classes bool) spec {
	encoding := spec{
		"x": x, "y": y,
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
func timelineCount(s scale, labels []bool, flagged string) spec {
	said := fmt.Sprintf("format(datum.alerts, ',') + ' alerts above ' + format(%s, '.4~g')", s.vegaValue("at"))
	sums := list{spec{"op": "sum", "field": "alert", "as": "alerts"}}
	transforms := list{spec{"calculate": flagged + " ? datum.flows : 0", "as": "alert"}}
	if labels != nil {
		said += fmt.Sprintf(" + ': ' + format(datum.found, ',') + ' right, ' + format(%d - datum.found, ',') + ' missed'", labkit.CountTrue(labels))
		sums = append(sums, spec{"op": "sum", "field": "hit", "as": "found"})
		transforms = append(transforms, spec{"calculate": flagged + " ? datum.right : 0", "as": "hit"})
	}
	return sayingLine(append(transforms, spec{"aggregate": sums}), said)
}

// timelineAlerts shows the alerts of each interval.
func timelineAlerts(x spec, clock string, edges []float64, flagged string) spec {
	below := maps.Clone(x)
	below["field"], below["axis"] = "from", spec{"title": clock, "tickCount": 6}
	edge := func(number string) string {
		return fmt.Sprintf("%g + %g * (%s)", short(edges[0]), short(edges[1]-edges[0]), number)
	}
	return spec{
		"width": twinWidth, "height": 80,
		"transform": list{
			spec{"filter": flagged},
			spec{"aggregate": list{spec{"op": "sum", "field": "flows", "as": "alerts"}}, "groupby": list{"interval"}},
			spec{"calculate": edge("datum.interval"), "as": "from"},
			spec{"calculate": edge("datum.interval + 1"), "as": "to"},
		},
		"mark": spec{"type": "rect", "color": css(quietInk), "stroke": css(background), "strokeWidth": 1},
		"encoding": spec{
			"x": below, "x2": spec{"field": "to"},
			"y":       spec{"field": "alerts", "type": "quantitative", "scale": spec{"domainMin": 0}, "axis": spec{"title": "alerts", "tickCount": 3, "format": "~d"}},
			"y2":      spec{"datum": 0},
			"tooltip": list{counted("alerts", "alerts")},
		},
	}
}
