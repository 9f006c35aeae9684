package chart

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"flowlab/labkit"
)

// A neighborKind is what a point of the twin of [Neighbors] stands for.
type neighborKind struct {
	name  string
	color string
	shape string // as Vega calls it
}

// What a point may be, in the order of the legend.
const (
	otherFlow = iota
	otherAnomaly
	nearFlow
	nearAnomaly
	theFlow
)

// kinds returns what points may stand for; without labels nothing is anomalous.
func (n neighborhood) kinds() map[int]neighborKind {
	kinds := map[int]neighborKind{
		otherFlow: {"other flow", css(otherColor), "circle"},
		nearFlow:  {"neighbour", css(normalColor), "circle"},
		theFlow:   {fmt.Sprintf("flow %d", n.row), css(ink), "diamond"},
	}
	if n.labels != nil {
		kinds[otherAnomaly] = neighborKind{"anomaly", css(otherColor), "triangle-up"}
		kinds[nearFlow] = neighborKind{"normal neighbour", css(normalColor), "circle"}
		kinds[nearAnomaly] = neighborKind{"anomalous neighbour", css(anomalyColor), "triangle-up"}
	}
	return kinds
}

// kindOf returns the kind of row i, the neighbour number k, or none if k is below 0.
func (n neighborhood) kindOf(i, k int) int {
	anomaly := n.labels != nil && n.labels[i]
	switch {
	case i == n.row:
		return theFlow
	case k >= 0 && anomaly:
		return nearAnomaly
	case k >= 0:
		return nearFlow
	case anomaly:
		return otherAnomaly
	}
	return otherFlow
}

// looks are the encodings of the field "kind" by colour and by shape, which share
// a legend.
func (n neighborhood) looks() (color, shape spec) {
	kinds := n.kinds()
	names, colors, shapes := list{}, list{}, list{}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		names, colors, shapes = append(names, kinds[kind].name), append(colors, kinds[kind].color), append(shapes, kinds[kind].shape)
	}
	look := func(values list) spec {
		return spec{"field": "kind", "type": "nominal", "scale": spec{"domain": names, "range": values},
			"legend": spec{"title": nil, "orient": "top"}}
	}
	return look(colors), look(shapes)
}

// twin returns the interactive twin of [Neighbors]: where they lie above, how far
// they are below.
func (n neighborhood) twin() spec {
	others, near := n.points()
	whole := spec{
		"title":  help("", "Hover over a neighbour in the lower picture to see it in the upper one, too.", zoomHelp),
		"params": list{cellWidth(50)}, "spacing": 12,
		"vconcat": list{n.vegaPlaces(others, near), n.vegaDistances(near)},
	}
	others.put(whole)
	near.put(whole)
	return whole
}

// points returns the data of both views: the flow with all others, or a sample of
// them, and its neighbours.
func (n neighborhood) points() (others, near dataset) {
	rows, _ := n.places.Dims()
	important := []int{n.row}
	for _, neighbor := range n.nearest {
		important = append(important, neighbor.Row)
	}
	kinds := n.kinds()
	others, near = dataset{name: "flows"}, dataset{name: "neighbours"}
	for _, i := range samplePoints(rows, important, "neighbours").rows {
		k := slices.IndexFunc(n.nearest, func(neighbor labkit.Neighbor) bool { return neighbor.Row == i })
		row := spec{"row": i, "x": short(n.places.At(i, 0)), "y": short(n.places.At(i, 1)), "kind": kinds[n.kindOf(i, k)].name}
		if k < 0 {
			others.rows = append(others.rows, row)
			continue
		}
		row["fromX"], row["fromY"] = short(n.places.At(n.row, 0)), short(n.places.At(n.row, 1))
		row["place"], row["distance"], row["reach"] = k+1, short(n.nearest[k].Distance), short(n.reach[k])
		near.rows = append(near.rows, row)
	}
	return others, near
}

// vegaPlaces shows where the rows lie, as far as the neighbours do. The flow lies
// on top, and below it the neighbours.
func (n neighborhood) vegaPlaces(others, near dataset) spec {
	var xs, ys []float64
	for _, row := range near.rows {
		xs, ys = append(xs, row["x"].(float64), row["fromX"].(float64)), append(ys, row["y"].(float64), row["fromY"].(float64))
	}
	x, y := around("x", componentLabel("first", n.shares[0]), xs), around("y", componentLabel("second", n.shares[1]), ys)
	color, shape := n.looks()
	flow := fmt.Sprintf("datum.row == %d", n.row)
	drawn := func(data dataset, size any, tooltip list) spec {
		return spec{"data": data.data(), "mark": spec{"type": "point", "filled": true, "opacity": 0.9, "stroke": css(quietInk), "strokeWidth": 0.5},
			"encoding": spec{"x": x, "y": y, "color": color, "shape": shape, "size": size, "tooltip": tooltip}}
	}
	rest := drawn(others, spec{"value": 40}, n.tooltip()[:2])
	rest["transform"], rest["params"] = list{spec{"filter": "!(" + flow + ")"}}, list{zoom("x", "y")}
	itself := drawn(others, spec{"value": 110}, n.tooltip()[:2])
	itself["transform"] = list{spec{"filter": flow}}
	lines := spec{"data": near.data(), "mark": spec{"type": "rule", "strokeWidth": 0.75, "color": css(quietInk)},
		"encoding": spec{"x": spec{"field": "fromX", "type": "quantitative", "scale": x["scale"]}, "y": spec{"field": "fromY", "type": "quantitative", "scale": y["scale"]},
			"x2": spec{"field": "x"}, "y2": spec{"field": "y"}}}
	return spec{"width": twinWidth, "height": twinHeight, "layer": list{lines, rest, drawn(near, nearSize(), n.tooltip()), itself}}
}

// around is the encoding of a component with some room around the values.
func around(field, title string, values []float64) spec {
	lo, hi := widened(slices.Min(values), slices.Max(values))
	room := 0.25 * (hi - lo)
	return scale{}.vegaEncoding(field, title, lo-room, hi+room)
}

// nearSize makes the neighbour under the pointer larger.
func nearSize() spec {
	return spec{"condition": spec{"param": "near", "empty": false, "value": 220}, "value": 60}
}

// vegaDistances shows how far each neighbour is, and how far its own are.
func (n neighborhood) vegaDistances(near dataset) spec {
	x := spec{"field": "place", "type": "quantitative", "axis": spec{"title": "neighbour, nearest first", "tickMinStep": 1, "format": "d"},
		"scale": spec{"domain": list{0, len(n.nearest) + 1}, "nice": false}}
	y := func(field string) spec {
		return spec{"field": field, "type": "quantitative", "axis": spec{"title": "distance", "tickCount": 4, "format": "~r"},
			"scale": spec{"domain": list{0, short(n.farthest())}, "nice": true}}
	}
	color, shape := n.looks()
	return spec{
		"width": twinWidth, "height": 130, "data": near.data(),
		"title": help("", fmt.Sprintf("Diamonds: distance from flow %d. The others: of the neighbour to its own %d-th.", n.row, len(n.nearest))),
		"layer": list{
			spec{"params": list{spec{"name": "near", "select": spec{"type": "point", "on": "pointerover", "fields": list{"row"}, "clear": "pointerout"}}},
				"mark":     spec{"type": "point", "filled": true, "opacity": 0.9},
				"encoding": spec{"x": x, "y": y("reach"), "color": color, "shape": shape, "size": nearSize(), "tooltip": n.tooltip()}},
			spec{"mark": spec{"type": "point", "filled": true, "shape": "diamond", "opacity": 0.9, "color": css(ink)},
				"encoding": spec{"x": x, "y": y("distance"), "size": nearSize(), "tooltip": n.tooltip()}},
		},
	}
}

// tooltip says what a neighbour is; its first two fields are those of any flow.
func (n neighborhood) tooltip() list {
	return list{
		field{name: "row", title: "row", whole: true}.tooltip(), field{name: "kind", title: "what it is", text: true}.tooltip(),
		field{name: "distance", title: fmt.Sprintf("distance from flow %d", n.row)}.tooltip(),
		field{name: "reach", title: fmt.Sprintf("distance to its own %d-th", len(n.nearest))}.tooltip(),
	}
}

func (n neighborhood) farthest() float64 {
	return math.Max(math.Max(slices.Max(n.reach), n.nearest[len(n.nearest)-1].Distance), 1e-9)
}
