package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"

	"flowlab/labkit"
)

// longestTwinName is how wide the name of a column may be, in CSS pixels.
const longestTwinName = 260

// reasonsTwin returns the interactive twin of [Reasons]: a bar for every column,
// which tells what it adds in full.
func reasonsTwin(e labkit.Explanation, columns []string, values []float64, axis string) spec {
	var drawn []reasonBar
	reach := 0.0
	for _, j := range e.Ranking() {
		drawn = append(drawn, reasonBar{name: fmt.Sprintf("%s = %s", columns[j], compact(values[j])), by: e.Contributions[j]})
		reach = max(reach, math.Abs(e.Contributions[j]))
	}
	bars, names, longest := dataset{"columns", reasonRows(e, columns, values, drawn)}, []string{}, 0
	for _, bar := range drawn {
		names = append(names, bar.name)
		longest = min(max(longest, labelWidth(bar.name)), longestTwinName)
	}
	var room plot.Axis
	reasonRange(&room, drawn, 2*reach) // more than on paper: letters are as large on a narrow picture
	x := spec{"field": "by", "type": "quantitative", "axis": spec{"title": axis, "tickCount": 6, "format": "~r"},
		"scale": spec{"domain": list{short(room.Min), short(room.Max)}, "nice": false}}
	y := spec{"field": "place", "type": "ordinal", "axis": spec{"title": nil, "labelExpr": vegaLiteral(names) + "[datum.value]", "labelLimit": longestTwinName, "ticks": false}}
	beside := func(left, right string) spec { return spec{"expr": "datum.by < 0 ? " + left + " : " + right} }
	whole := spec{
		"width": twinWidth, "params": list{cellWidth(30 + longest)}, "height": spec{"step": 24}, "data": bars.data(), "encoding": spec{"x": x, "y": y},
		"title": help("", "Hover to read a column.", zoomHelp),
		"layer": list{
			spec{"params": list{zoom("x")}, "mark": spec{"type": "bar", "height": spec{"band": 0.75}},
				"encoding": spec{"color": effectColors(), "tooltip": list{
					field{name: "column", title: "column", text: true}.tooltip(), field{name: "value", title: "value"}.tooltip(),
					field{name: "by", title: "adds to the score"}.tooltip()}}},
			spec{"mark": spec{"type": "text", "baseline": "middle", "align": beside("'right'", "'left'"), "dx": beside("-4", "4")},
				"encoding": spec{"text": spec{"field": "said", "type": "nominal"}}},
		},
	}
	bars.put(whole)
	return whole
}

// reasonRows returns the data of the bars, which are in the order of the ranking.
func reasonRows(e labkit.Explanation, columns []string, values []float64, bars []reasonBar) []spec {
	rows, said := make([]spec, len(bars)), signed(bars)
	for place, j := range e.Ranking() {
		effect := effects[0]
		if e.Contributions[j] < 0 {
			effect = effects[1]
		}
		rows[place] = spec{"place": place, "column": columns[j], "value": short(values[j]), "by": short(e.Contributions[j]), "said": said[place], "effect": effect}
	}
	return rows
}

// effects are what a column does to the score.
var effects = []string{"raises the score", "lowers it"}

func effectColors() spec {
	return spec{"field": "effect", "type": "nominal", "legend": spec{"title": nil, "orient": "top"},
		"scale": spec{"domain": effects, "range": list{css(anomalyColor), css(normalColor)}}}
}
