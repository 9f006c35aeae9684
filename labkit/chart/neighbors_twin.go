package chart

import (
	"fmt"
	"math"
	"slices"

	"flowlab/labkit"
)

// The kinds of points, in the order in which they are drawn.
const (
	otherKind = iota
	neighborKind
	anomalousKind
	flowKind
)

// twin returns the interactive twin of [Neighbors]: where they lie above, how far
// they are below.
func (n neighborhood) twin() spec {
	points, distances := n.points()
	kinds := list{"another flow", "neighbour", "anomalous neighbour", fmt.Sprintf("flow %d", n.row)}
	if n.labels != nil {
		kinds[neighborKind] = "normal neighbour"
	}
	colors := list{css(otherColor), css(normalColor), css(anomalyColor), css(ink)}
	kind := func(values list) spec {
		return spec{"field": "kind", "type": "nominal", "scale": spec{"domain": kinds, "range": values},
			"legend": spec{"title": nil, "orient": "top"}}
	}
	for _, d := range []dataset{points, distances} {
		for _, row := range d.rows {
			row["kind"] = kinds[row["kind"].(int)]
		}
	}
	encoding := spec{
		"color": kind(colors), "shape": kind(list{"circle", "circle", "triangle-up", "diamond"}),
		"size":    spec{"condition": spec{"param": "near", "empty": false, "value": 220}, "value": 50},
		"tooltip": n.tooltip(),
	}
	whole := spec{"spacing": 12, "vconcat": list{n.vegaPlaces(points, distances, encoding), n.vegaDistances(distances, encoding)}}
	points.put(whole)
	distances.put(whole)
	return whole
}

// points returns the data of both views: all rows, or a sample, and the
// neighbours.
func (n neighborhood) points() (points, distances dataset) {
	rows, _ := n.places.Dims()
	important := []int{n.row}
	for _, near := range n.nearest {
		important = append(important, near.Row)
	}
	points, distances = dataset{name: "flows"}, dataset{name: "neighbours"}
	for _, i := range samplePoints(rows, important, "neighbours").rows {
		row := spec{"row": i, "x": short(n.places.At(i, 0)), "y": short(n.places.At(i, 1)), "kind": otherKind, "place": nil, "distance": nil, "reach": nil}
		if n.labels != nil {
			row["class"] = className(n.labels[i])
		}
		if i == n.row {
			row["kind"] = flowKind
		}
		if k := slices.IndexFunc(n.nearest, func(near labkit.Neighbor) bool { return near.Row == i }); k >= 0 {
			row["kind"] = neighborKind
			if n.labels != nil && n.labels[i] {
				row["kind"] = anomalousKind
			}
			row["place"], row["distance"], row["reach"] = k+1, short(n.nearest[k].Distance), short(n.reach[k])
			near := spec{"fromX": short(n.places.At(n.row, 0)), "fromY": short(n.places.At(n.row, 1))}
			for name, value := range row {
				near[name] = value
			}
			distances.rows = append(distances.rows, near)
		}
		points.rows = append(points.rows, row)
	}
	return points, distances
}

func (n neighborhood) tooltip() list {
	shown := list{field{name: "row", title: "row", whole: true}.tooltip()}
	if n.labels != nil {
		shown = append(shown, field{name: "class", title: "class", text: true}.tooltip())
	}
	return append(shown, field{name: "distance", title: fmt.Sprintf("distance from flow %d", n.row)}.tooltip(),
		field{name: "reach", title: "distance to its own k-th"}.tooltip())
}

// vegaPlaces shows where the rows lie, as far as the neighbours do.
func (n neighborhood) vegaPlaces(points, near dataset, encoding spec) spec {
	var xs, ys []float64
	for _, row := range near.rows {
		xs, ys = append(xs, row["x"].(float64), row["fromX"].(float64)), append(ys, row["y"].(float64), row["fromY"].(float64))
	}
	around := func(field, which string, share float64, at []float64) spec {
		lo, hi := widened(slices.Min(at), slices.Max(at))
		room := 0.25 * (hi - lo)
		return scale{}.vegaEncoding(field, componentLabel(which, share), lo-room, hi+room)
	}
	x, y := around("x", "first", n.shares[0], xs), around("y", "second", n.shares[1], ys)
	drawn := spec{"x": x, "y": y, "order": spec{"field": "place", "type": "quantitative"}}
	for name, value := range encoding {
		drawn[name] = value
	}
	return spec{
		"width": twinWidth, "height": twinHeight, "title": help("", "Hover over a neighbour in the lower picture to see it here, too.", zoomHelp),
		"layer": list{
			spec{"data": near.data(), "mark": spec{"type": "rule", "strokeWidth": 0.75, "color": css(quietInk)},
				"encoding": spec{"x": spec{"field": "fromX", "type": "quantitative", "scale": x["scale"]}, "y": spec{"field": "fromY", "type": "quantitative", "scale": y["scale"]},
					"x2": spec{"field": "x"}, "y2": spec{"field": "y"}}},
			spec{"data": points.data(), "params": list{zoom("x", "y")},
				"mark":     spec{"type": "point", "filled": true, "opacity": 0.9},
				"encoding": drawn},
		},
	}
}

// vegaDistances shows how far each neighbour is, and how far its own are.
func (n neighborhood) vegaDistances(near dataset, encoding spec) spec {
	x := spec{"field": "place", "type": "quantitative", "axis": spec{"title": "neighbour, nearest first", "tickMinStep": 1, "format": "d"},
		"scale": spec{"domain": list{0, len(n.nearest) + 1}, "nice": false}}
	y := func(field string) spec {
		return spec{"field": field, "type": "quantitative", "axis": spec{"title": "distance", "tickCount": 4, "format": "~r"},
			"scale": spec{"domain": list{0, short(n.farthest())}, "nice": true}}
	}
	own := spec{"x": x, "y": y("reach")}
	for name, value := range encoding {
		own[name] = value
	}
	return spec{
		"width": twinWidth, "height": 130, "data": near.data(),
		"title": help("", fmt.Sprintf("Diamonds: distance from flow %d. The others: of the neighbour to its own %d-th.", n.row, len(n.nearest))),
		"layer": list{
			spec{"params": list{spec{"name": "near", "select": spec{"type": "point", "on": "pointerover", "fields": list{"row"}, "clear": "pointerout"}}},
				"mark": spec{"type": "point", "filled": true, "opacity": 0.9}, "encoding": own},
			spec{"mark": spec{"type": "point", "filled": true, "shape": "diamond", "opacity": 0.9, "color": css(ink)},
				"encoding": spec{"x": x, "y": y("distance"), "size": encoding["size"], "tooltip": encoding["tooltip"]}},
		},
	}
}

func (n neighborhood) farthest() float64 {
	return math.Max(math.Max(slices.Max(n.reach), n.nearest[len(n.nearest)-1].Distance), 1e-9)
}
