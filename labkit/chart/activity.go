package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit/internal/plural"
)

const (
	maxActive = 40 // hosts that a picture has room for
	dayHours  = 24
)

// noFlow is the colour of an hour without a flow.
var noFlow = mixed(gridColor, background, 0.5)

// Activity draws when each host was at work, as a heat map: a row for each host,
// a column for each hour of the day in UTC, and the darker, the more flows it
// began in that hour, on a logarithmic scale. The palest grey is none. The host with the
// most flows is at the top; of more than 40 hosts, the 40 with the most flows are
// drawn. Flows of several days are added up. Hosts and times, in seconds since
// 1970, stand side by side, as in the columns src_ip and ts.
//
// The interactive twin ([Explore]) says host, hour and number of flows under the
// pointer.
//
// It returns an error if hosts and times differ in length, if there are none, or
// if a time is not finite.
func Activity(hosts []string, times []float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if len(hosts) != len(times) {
		return Figure{}, fmt.Errorf("activity of %d hosts and %d times: want one of each for each flow", len(hosts), len(times))
	}
	if err := checkNumbers("times", times); err != nil {
		return Figure{}, err
	}
	perHour := map[string]*[dayHours]float64{}
	for i, host := range hosts {
		if perHour[host] == nil {
			perHour[host] = new([dayHours]float64)
		}
		perHour[host][hourOf(times[i])]++
	}
	a := activity{perHour: perHour, hosts: slices.SortedFunc(maps.Keys(perHour), func(a, b string) int {
		return cmp.Or(cmp.Compare(total(perHour[b]), total(perHour[a])), cmp.Compare(a, b))
	})}
	all := len(a.hosts)
	a.hosts = a.hosts[:min(all, maxActive)]
	for _, host := range a.hosts {
		a.most = max(a.most, slices.Max(perHour[host][:]))
	}
	return a.figure(title, all, len(times)), nil
}

// hourOf returns the hour of the day, from 0 to 23, of a time in UTC.
func hourOf(time float64) int {
	second := math.Mod(time, 86400)
	if second < 0 {
		second += 86400
	}
	return int(second/3600) % dayHours
}

func total(perHour *[dayHours]float64) float64 {
	sum := 0.0
	for _, n := range perHour {
		sum += n
	}
	return sum
}

// An activity is a heat map of the flows per hour of hosts.
type activity struct {
	hosts   []string // from top to bottom
	perHour map[string]*[dayHours]float64
	most    float64
}

func (a activity) figure(title string, all, flows int) Figure {
	p := barePlot("hour of the day, UTC", "")
	p.Add(a)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, dayHours, -float64(len(a.hosts)), 0
	p.X.Tick.Marker = hourTicks()
	names := make(plot.ConstantTicks, len(a.hosts))
	longest := vg.Length(0)
	for i, host := range a.hosts {
		names[i] = plot.Tick{Value: -float64(i) - 0.5, Label: shorten(host, p.Y.Tick.Label, longestName)}
		longest = max(longest, p.Y.Tick.Label.Width(names[i].Label))
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = names, 0, 0
	fig := single(title, p)
	const row = vg.Length(14)
	fig.Width, fig.Height = 400+longest, 2*margin+70+row*vg.Length(len(a.hosts))
	fig.key = []keyEntry{{"no flow", areaThumb{noFlow}}, {fmt.Sprintf("from 1 to %s in an hour, logarithmic", plural.Number(int(a.most))), rampThumb(scoreRamp)}}
	fig.shaded = true
	fig.Alt = withTitle(title, a.alt(all, flows))
	fig.twin = a.twin
	return fig
}

func (a activity) alt(all, flows int) string {
	busiest, hour := a.hosts[0], 0
	night := 0
	for _, host := range a.hosts {
		perHour := a.perHour[host]
		for h, n := range perHour {
			if n > a.perHour[busiest][hour] {
				busiest, hour = host, h
			}
		}
		if slices.Max(perHour[:6]) > 0 {
			night++
		}
	}
	alt := fmt.Sprintf("%s of %s by hour of the day in UTC. %s began the most, %s in the hour from %d:00.",
		plural.Of(flows, "flow"), plural.Of(all, "host"), busiest, inWords(a.perHour[busiest][hour]), hour)
	drawn := ""
	if all > len(a.hosts) {
		drawn = fmt.Sprintf(" that are drawn, of %d", all)
	}
	return alt + fmt.Sprintf(" Between 0:00 and 6:00 %d of the %d hosts%s began any.", night, len(a.hosts), drawn)
}

func hourTicks() plot.ConstantTicks {
	var marks plot.ConstantTicks
	for hour := 0; hour <= dayHours; hour += 3 {
		marks = append(marks, plot.Tick{Value: float64(hour), Label: fmt.Sprint(hour)})
	}
	return marks
}

// Plot implements [plot.Plotter].
func (a activity) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, host := range a.hosts {
		for hour, n := range a.perHour[host] {
			c.SetColor(a.color(n))
			cell := vg.Rectangle{
				Min: vg.Point{X: x(float64(hour)) + 0.5, Y: y(-float64(i)-1) + 0.5},
				Max: vg.Point{X: x(float64(hour)+1) - 0.5, Y: y(-float64(i)) - 0.5},
			}
			c.Fill(cell.Path())
		}
	}
}

func (a activity) color(flows float64) color.NRGBA {
	if flows == 0 {
		return noFlow
	}
	return ramp{scale{log: true}, 0, math.Log10(a.most)}.color(flows)
}

// twin returns the interactive twin of [Activity].
func (a activity) twin() spec {
	cells, longest := dataset{name: "cells"}, 0
	for i, host := range a.hosts {
		longest = min(max(longest, labelWidth(host)), longestHost)
		for hour, n := range a.perHour[host] {
			row := spec{"host": host, "place": i, "from": hour, "to": hour + 1, "flows": int(n), "color": css(a.color(n))}
			cells.rows = append(cells.rows, row)
		}
	}
	y := spec{"field": "host", "type": "nominal", "sort": spec{"field": "place"}, "axis": spec{"title": nil, "domain": false, "ticks": false, "labelLimit": longestHost}}
	hours := spec{"title": "hour of the day, UTC", "values": list{0, 3, 6, 9, 12, 15, 18, 21, 24}}
	whole := spec{
		"title": help("", "Hover to read an hour of a host."),
		"width": twinWidth, "params": list{cellWidth(40 + longest)}, "height": spec{"step": 16},
		"data": cells.data(),
		"mark": spec{"type": "rect", "stroke": css(background), "strokeWidth": 1},
		"encoding": spec{
			"x":  spec{"field": "from", "type": "quantitative", "axis": hours, "scale": spec{"domain": list{0, dayHours}, "nice": false}},
			"x2": spec{"field": "to"}, "y": y,
			"color": a.vegaColors(),
			"tooltip": list{field{name: "host", title: "host", text: true}.tooltip(),
				field{name: "from", title: "hour", whole: true}.tooltip(), counted("flows", "flows")},
		},
	}
	cells.put(whole)
	return whole
}

// longestHost is how wide the name of a host may be beside its row, in CSS pixels.
const longestHost = 150

func (a activity) vegaColors() spec {
	return vegaRamp(append([]color.NRGBA{noFlow}, scoreRamp...), map[string]string{
		css(noFlow): "no flow", css(scoreRamp[0]): "1", css(scoreRamp[len(scoreRamp)-1]): plural.Number(int(a.most)) + " in an hour, logarithmic",
	})
}
