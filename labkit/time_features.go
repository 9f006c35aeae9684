package labkit

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// When work is done, for the column working_hours: from Monday to Friday.
const (
	WorkBegins = 8  // o'clock
	WorkEnds   = 18 // not included
)

// RhythmGaps is how many gaps back the column regularity looks.
const RhythmGaps = 20

// AddTimeFeatures returns the flows with what can be said of their time. A flow's
// time is that of its end, as for windows: the features of a flow are known when
// it is written, and need none that ends later. The columns are
//
//   - hour_sin, hour_cos: the time of day as a point on a circle, in [-1, 1].
//     Midnight is (0, 1), six o'clock (1, 0); 23:59 and 0:01 are neighbours
//   - weekday_sin, weekday_cos: the same of the week, which begins on Monday at
//     midnight
//   - working_hours: 1 from Monday to Friday between [WorkBegins] and
//     [WorkEnds] o'clock, otherwise 0
//   - gap: seconds since the flow before it of the same source
//   - regularity: how much the flows of the same source to the same destination
//     and port are like a clock, by their last [RhythmGaps] gaps: in [0, 1], as
//     [window.Regularity] says
//
// Hours and days are those of the zone, and UTC if it is nil. Missing are all of
// them where the flow has no ts, gap for the first flow of a source, and
// regularity for the first [window.MinGaps] of a pair. Flows are taken in the
// order of their time; the rows stay as they are.
//
// It needs the columns ts and src_ip, and for regularity dst_ip and dst_port, and
// returns an error if one is not there or is of the wrong type. If duration is
// missing, a flow's time is its ts.
func AddTimeFeatures(flows dataframe.DataFrame, zone *time.Location) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "AddTimeFeatures")
	features, err := timeFeatures(flows, cmp.Or(zone, time.UTC))
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return withColumns(flows, features...), nil
}

func timeFeatures(frame dataframe.DataFrame, zone *time.Location) ([]numberColumn, error) {
	flows, err := flowsOf(frame)
	if err != nil {
		return nil, err
	}
	for _, f := range []flow.Field{flow.TS, flow.SrcIP, flow.DstIP, flow.DstPort} {
		if _, err := columnIndex(frame, f.String()); err != nil {
			return nil, err
		}
	}
	gaps, rhythms := gapsAndRhythms(flows)
	at := func(row int) clockTime { return clockTimeOf(flows[row].End(), zone) }
	number := func(name string, of func(clockTime) float64) numberColumn {
		return numberColumn{name, series.Float, func(row int) float64 { return of(at(row)) }}
	}
	return []numberColumn{
		number("hour_sin", func(t clockTime) float64 { return math.Sin(2 * math.Pi * t.hour / 24) }),
		number("hour_cos", func(t clockTime) float64 { return math.Cos(2 * math.Pi * t.hour / 24) }),
		number("weekday_sin", func(t clockTime) float64 { return math.Sin(2 * math.Pi * t.weekday / 7) }),
		number("weekday_cos", func(t clockTime) float64 { return math.Cos(2 * math.Pi * t.weekday / 7) }),
		{"working_hours", series.Int, func(row int) float64 { return at(row).working() }},
		{"gap", series.Float, inSlice(gaps)},
		{"regularity", series.Float, inSlice(rhythms)},
	}, nil
}

// A clockTime is what a clock and a calendar on the wall say.
type clockTime struct {
	hour    float64 // since midnight, in [0, 24)
	weekday float64 // days since Monday at midnight, in [0, 7)
}

// clockTimeOf returns NaNs for a time that is not known.
func clockTimeOf(seconds float64, zone *time.Location) clockTime {
	if math.IsNaN(seconds) {
		return clockTime{seconds, seconds}
	}
	whole := math.Floor(seconds)
	t := time.Unix(int64(whole), 0).In(zone)
	second := float64(t.Hour()*3600+t.Minute()*60+t.Second()) + seconds - whole
	day := float64((t.Weekday() + 6) % 7) // Go's week begins on Sunday
	return clockTime{second / 3600, day + second/86400}
}

func (t clockTime) working() float64 {
	switch {
	case math.IsNaN(t.hour):
		return t.hour
	case t.weekday < 5 && t.hour >= WorkBegins && t.hour < WorkEnds:
		return 1
	}
	return 0
}

// gapsAndRhythms returns the columns gap and regularity.
func gapsAndRhythms(flows []flow.Flow) (gaps, rhythms []float64) {
	type pair struct {
		src, dst string
		port     int
	}
	last, times := map[string]float64{}, map[pair][]float64{}
	gaps, rhythms = make([]float64, len(flows)), make([]float64, len(flows))
	for _, i := range byEnd(flows) {
		gaps[i], rhythms[i] = math.NaN(), math.NaN()
		f := &flows[i]
		at := f.End()
		if math.IsNaN(at) || f.SrcIP == "" {
			continue
		}
		if before, ok := last[f.SrcIP]; ok {
			gaps[i] = gapBetween(before, at)
		}
		last[f.SrcIP] = at
		p := pair{f.SrcIP, f.DstIP, f.DstPort}
		recent := append(times[p], at)
		recent = recent[max(0, len(recent)-RhythmGaps-1):]
		times[p] = recent
		rhythms[i] = rhythm(recent)
	}
	return gaps, rhythms
}

// rhythm returns the regularity of times in their order.
func rhythm(times []float64) float64 {
	var gaps []float64
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, gapBetween(times[i-1], times[i]))
	}
	regularity, _ := window.Regularity(gaps)
	return regularity
}

// gapBetween returns the seconds between two times in whole microseconds, as
// windows count them.
func gapBetween(before, after float64) float64 { return math.Round((after-before)*1e6) / 1e6 }

// byEnd returns the rows in the order of their event time, equal ones as they
// stand, and those without one first.
func byEnd(flows []flow.Flow) []int {
	order := make([]int, len(flows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(flows[i].End(), flows[j].End()) })
	return order
}
