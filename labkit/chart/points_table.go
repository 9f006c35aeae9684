package chart

import (
	"fmt"
	"slices"
)

// rows is the table of the first eight flows in the rectangle: a view of text alone.
func (v pointsView) rows() spec {
	const lines, height = 8, 17
	columns, right := list{}, 0
	for _, f := range v.table {
		right += f.width()
		said := spec{"field": f.name, "type": "nominal"}
		if !f.text {
			said = spec{"field": f.name, "type": "quantitative", "format": f.format()}
		}
		at := spec{"value": right}
		columns = append(columns,
			spec{"data": spec{"values": list{spec{}}}, "mark": spec{"type": "text", "align": "right", "fontSize": 12, "fontWeight": "bold"},
				"encoding": spec{"x": at, "y": spec{"value": -10}, "text": spec{"value": f.title}}},
			spec{"mark": spec{"type": "text", "align": "right", "fontSize": 12},
				"encoding": spec{"x": at, "text": said,
					"y": spec{"field": "place", "type": "ordinal", "axis": nil, "scale": spec{"domain": list{1, 2, 3, 4, 5, 6, 7, 8}}}}})
		right += tableGap
	}
	return spec{
		"width": twinWidth, "height": lines * height,
		"transform": list{
			spec{"filter": spec{"param": "brush"}},
			spec{"window": list{spec{"op": "row_number", "as": "place"}}, "sort": list{spec{"field": v.order, "order": "descending"}}},
			spec{"filter": fmt.Sprintf("datum.place <= %d", lines)},
		},
		"layer": columns,
	}
}

// tableGap is the room between two columns of the table.
const tableGap = 10

// tableFields chooses what the table shows of many columns: those of the axes,
// and others that tell flows apart, as far as they fit.
func tableFields(fields []field, axes ...string) []field {
	var chosen []field
	width := 0
	for _, name := range append(slices.Clone(axes), "anomaly_score", "label", "dst_port", "protocol", "src_ip", "dst_ip", "duration", "row") {
		for _, f := range fields {
			if need := f.width() + tableGap; f.title == name && width+need <= twinWidth+tableGap && !slices.Contains(chosen, f) {
				chosen = append(chosen, f)
				width += need
			}
		}
	}
	return chosen
}

// fieldNamed returns the name in the data of the field with a title, "" if there
// is none.
func fieldNamed(fields []field, title string) string {
	for _, f := range slices.Backward(fields) { // the first is the row's number
		if f.title == title {
			return f.name
		}
	}
	return ""
}
