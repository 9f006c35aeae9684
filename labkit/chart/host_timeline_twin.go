package chart

import "slices"

// twin returns the interactive twin of [HostTimeline].
func (h hostTimeline) twin() spec {
	bars, spans := dataset{name: "flows"}, dataset{name: "findings"}
	for i, n := range h.perInterval {
		bars.rows = append(bars.rows, spec{"from": short(h.edges[i]), "to": short(h.edges[i+1]), "flows": int(n)})
	}
	for i, s := range h.spans {
		spans.rows = append(spans.rows, spec{"place": i, "name": s.Name, "first": short(s.First), "last": short(s.Last)})
	}
	views := list{h.vegaFlows(bars)}
	if len(h.spans) > 0 {
		views = append(views, h.vegaFindings(spans))
	}
	whole := spec{
		"title":  help("", "Hover to read an interval, or a finding.", zoomHelp),
		"params": list{cellWidth(60)}, "spacing": 12, "vconcat": views,
		"resolve": spec{"scale": spec{"x": "shared"}},
	}
	bars.put(whole)
	spans.put(whole)
	return whole
}

// vegaFlows shows the flows of each interval.
func (h hostTimeline) vegaFlows(bars dataset) spec {
	return spec{
		"width": twinWidth, "height": 120, "data": bars.data(), "params": list{zoom("x")},
		"mark": spec{"type": "rect", "color": css(normalColor), "opacity": 0.6},
		"encoding": spec{
			"x": h.vegaTime("from", nil), "x2": spec{"field": "to"},
			"y": countEncoding("flows", "flows", slices.Max(h.perInterval)), "y2": spec{"datum": 0},
			"tooltip": list{counted("flows", "flows")},
		},
	}
}

// vegaFindings shows each finding below its name.
func (h hostTimeline) vegaFindings(spans dataset) spec {
	y := spec{"field": "place", "type": "ordinal", "axis": nil}
	return spec{
		"width": twinWidth, "height": spec{"step": 36}, "data": spans.data(),
		"layer": list{
			spec{"mark": spec{"type": "bar", "color": css(anomalyColor), "size": 10, "yOffset": 8, "stroke": css(anomalyColor), "strokeWidth": 2},
				"encoding": spec{"x": h.vegaTime("first", h.clock.label()), "x2": spec{"field": "last"}, "y": y,
					"tooltip": list{field{name: "name", title: "finding", text: true}.tooltip(),
						field{name: "first", title: "first"}.tooltip(), field{name: "last", title: "last"}.tooltip()}}},
			spec{"mark": spec{"type": "text", "align": "left", "dy": -8, "limit": twinWidth},
				"encoding": spec{"x": spec{"value": 4}, "y": y, "text": spec{"field": "name", "type": "nominal"}}},
		},
	}
}

func (h hostTimeline) vegaTime(field string, title any) spec {
	return spec{"field": field, "type": "quantitative", "axis": spec{"title": title, "tickCount": 6},
		"scale": spec{"domain": list{short(h.edges[0]), short(h.edges[len(h.edges)-1])}, "nice": false, "padding": 6}}
}
