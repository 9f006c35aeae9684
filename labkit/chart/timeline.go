package chart

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// Timeline draws scores in the order of time: above, each flow with its score
// and the threshold as a dashed line; below, the alerts in each of 60 equal
// intervals. Times are in seconds, from any beginning; those that look like
// seconds since 1970 (above 10⁸) are said to begin at a date, in UTC. Blue discs
// are normal flows and vermilion triangles anomalies; without labels (nil), the
// triangles are the flows above the threshold.
//
// The interactive twin ([Explore]) has a slider for the threshold, which the
// alerts follow, and shows row, time and score of a flow under the pointer. It can
// be zoomed and moved. It draws 2,000 flows at most, the 1,000 highest scores among them, and says so;
// at every position of the slider it counts the alerts of all.
//
// It returns an error if times, scores and labels differ in length or hold a
// value that is not finite, if there are none, or if the threshold is not finite.
func Timeline(times, scores []float64, labels []bool, threshold float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkTimeline(times, scores, labels, threshold); err != nil {
		return Figure{}, err
	}
	flagged := labkit.Predict(scores, threshold)
	clock := newClock(times)
	at := clock.all(times)
	s := scaleOf(append(slices.Clone(scores), threshold))

	flows := newPlot("", s.label("anomaly score"))
	kinds := labels
	if labels == nil {
		kinds = flagged
	}
	flows.Add(marks{points: classMarks(at, s.all(scores), kinds)}, horizontalLine{s.at(threshold)})
	flows.Y.Min, flows.Y.Max = min(flows.Y.Min, s.at(threshold)), max(flows.Y.Max, s.at(threshold))
	s.mark(&flows.Y)

	edges := intervals(slices.Min(at), slices.Max(at))
	var alertTimes []float64
	for _, i := range whereTrue(flagged) {
		alertTimes = append(alertTimes, at[i])
	}
	perInterval := counts(alertTimes, edges)
	alerts := newPlot(clock.label(), "alerts")
	alerts.Add(steps{edges: edges, bars: perInterval, color: quietInk})
	alerts.Y.Max = max(alerts.Y.Max, 1)
	alerts.Y.Tick.Marker = wholeTicks{}
	lo, hi := widened(edges[0], edges[len(edges)-1])
	flows.X.Min, flows.X.Max, alerts.X.Min, alerts.X.Max = lo, hi, lo, hi

	fig := Figure{Title: title, Plots: [][]*plot.Plot{{flows}, {alerts}}, Width: 520, Height: 390, key: timelineKey(labels, flagged, threshold)}
	fig.heights = []float64{2, 1}
	fig.twin = func() spec { return timelineTwin(at, scores, labels, s, threshold, clock.label(), edges) }
	fig.Alt = withTitle(title, timelineAlt(clock, edges, perInterval, len(scores), len(alertTimes), threshold))
	if labels != nil {
		if c, err := labkit.NewConfusion(flagged, labels); err == nil {
			fig.Alt += fmt.Sprintf(" The alerts hold %d of %d anomalies.", c.TP, c.TP+c.FN)
		}
	}
	return fig, nil
}

func checkTimeline(times, scores []float64, labels []bool, threshold float64) error {
	if len(times) != len(scores) || labels != nil && len(labels) != len(scores) {
		return fmt.Errorf("timeline of %d times, %d scores and %d labels: want one for each flow", len(times), len(scores), len(labels))
	}
	if err := checkNumbers("times", times); err != nil {
		return err
	}
	if err := checkNumbers("scores", scores); err != nil {
		return err
	}
	return checkThreshold(threshold)
}

func timelineKey(labels, flagged []bool, threshold float64) []keyEntry {
	key := markKey(labels, len(flagged), normalColor, anomalyColor)
	if labels == nil {
		alerts := labkit.CountTrue(flagged)
		key = []keyEntry{
			{"below the threshold, " + plural.Number(len(flagged)-alerts), markThumb{color: normalColor}},
			{"alert, " + plural.Number(alerts), markThumb{color: anomalyColor, shape: triangle}},
		}
	}
	return append(key, keyEntry{fmt.Sprintf("threshold %.4g", threshold), lineThumb{color: ink, dashes: seriesDashes[1]}})
}

func timelineAlt(clock clock, edges, perInterval []float64, flows, alerts int, threshold float64) string {
	alt := fmt.Sprintf("Timeline of %s over %s %s: %s above the threshold of %.4g.",
		plural.Of(flows, "flow"), inWords(edges[len(edges)-1]-edges[0]), clock.unit, plural.Of(alerts, "alert"), threshold)
	if alerts == 0 {
		return alt
	}
	most := slices.Index(perInterval, slices.Max(perInterval))
	return alt + fmt.Sprintf(" The busiest of %d intervals, from %s to %s %s after the first flow, has %.0f of them.",
		len(perInterval), inWords(edges[most]), inWords(edges[most+1]), clock.unit, perInterval[most])
}

// A clock measures time from the first flow, in a unit that suits the span.
type clock struct {
	first, seconds float64 // of the first flow, and in a unit
	unit           string
}

func newClock(times []float64) clock {
	first := slices.Min(times)
	switch span := slices.Max(times) - first; {
	case span > 3*86400:
		return clock{first, 86400, "days"}
	case span > 3*3600:
		return clock{first, 3600, "hours"}
	case span > 3*60:
		return clock{first, 60, "minutes"}
	}
	return clock{first, 1, "seconds"}
}

func (c clock) all(times []float64) []float64 {
	out := make([]float64, len(times))
	for i, t := range times {
		out[i] = (t - c.first) / c.seconds
	}
	return out
}

func (c clock) label() string {
	if c.first < 1e8 || c.first > 1e11 {
		return c.unit + " since the first flow"
	}
	whole, part := math.Modf(c.first)
	return c.unit + " since " + time.Unix(int64(whole), int64(part*1e9)).UTC().Format("2006-01-02 15:04:05") + " UTC"
}

// intervals returns 61 edges from lo to hi, or around them if they are equal.
func intervals(lo, hi float64) []float64 {
	if !(hi-lo > 1e-9) {
		hi = lo + 1
	}
	edges := make([]float64, 61)
	for i := range edges {
		edges[i] = lo + (hi-lo)*float64(i)/60
	}
	return edges
}

// A horizontalLine is dashed, across the whole plot at a height of the axis.
type horizontalLine struct{ at float64 }

// Plot implements [plot.Plotter].
func (l horizontalLine) Plot(c draw.Canvas, p *plot.Plot) {
	_, trY := p.Transforms(&c)
	y := trY(l.at)
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 1.25, Dashes: seriesDashes[1]}, c.Min.X, y, c.Max.X, y)
}
