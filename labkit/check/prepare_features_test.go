package check

import (
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var prepareFeaturesTests = []exerciseTest{
	{
		exercise: robustScale,
		check:    RobustScale,
		byHand: []example{
			// Of 2, 3, 4, 5, 6, 8, 9, 5000 the quartiles lie at 3.75, 5.5 and 8.25.
			{exam.Input{eightRates(), 9.0}, 3.5 / 4.5},
			// Of -4, -2, 6, 10 they lie at -2.5, 2 and 7.
			{exam.Input{[]float64{-2, 6, -4, 10}, -8.0}, -10 / 9.5},
			// A flag's are all 1.
			{exam.Input{[]float64{1, 1, 0, 1, 1, 1, 1, 1}, 0.0}, -1.0},
			{exam.Input{[]float64{3}, 5.0}, 2.0},
		},
		right: []any{
			func(values []float64, v float64) float64 {
				percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }
				iqr := percent(75) - percent(25)
				if iqr == 0 {
					iqr = 1
				}
				return (v - percent(50)) / iqr
			},
			func(values []float64, v float64) float64 {
				sorted := slices.Sorted(slices.Values(values))
				at := func(q float64) float64 {
					position := q * float64(len(sorted)-1)
					low, high := sorted[int(position)], sorted[int(math.Ceil(position))]
					return low + (high-low)*(position-math.Floor(position))
				}
				if at(0.25) == at(0.75) {
					return v - at(0.5)
				}
				return (v - at(0.5)) / (at(0.75) - at(0.25))
			},
		},
		wrong: []wrongAnswer{
			{func(values []float64, v float64) float64 {
				sort.Float64s(values)
				return (v - values[len(values)/2]) / (values[len(values)*3/4] - values[len(values)/4])
			}, "changed its argument values"},
			{func(values []float64, v float64) float64 {
				median := labkit.Must(labkit.Percentile(values, 50))
				low, high := labkit.Must(labkit.Percentile(values, 25)), labkit.Must(labkit.Percentile(values, 75))
				return (v - median) / (high - low)
			}, "An IQR of 0 is still divided by"},
			{func(values []float64, v float64) float64 {
				iqr := labkit.Must(labkit.Percentile(values, 75)) - labkit.Must(labkit.Percentile(values, 25))
				if iqr == 0 {
					iqr = 1
				}
				return (labkit.Must(labkit.Percentile(values, 50)) - v) / iqr
			}, "The sign is wrong"},
			{func(values []float64, v float64) float64 {
				iqr := labkit.Must(labkit.Percentile(values, 75)) - labkit.Must(labkit.Percentile(values, 25))
				if iqr < 1 {
					iqr = 1
				}
				return (v - labkit.Must(labkit.Percentile(values, 50))) / iqr
			}, "An IQR between 0 and 1"},
			{func(values []float64, v float64) float64 {
				mean := 0.0
				for _, value := range values {
					mean += value / float64(len(values))
				}
				deviation := math.Sqrt(stat.PopVariance(values, nil))
				if deviation == 0 {
					return 0
				}
				return (v - mean) / deviation
			}, "This is the StandardScaler"},
			{func(values []float64, v float64) float64 {
				iqr := labkit.Must(labkit.Percentile(values, 75)) - labkit.Must(labkit.Percentile(values, 25))
				return v - labkit.Must(labkit.Percentile(values, 50))/iqr
			}, "An infinity comes from"},
			{func(values []float64, v float64) float64 {
				q := func(share float64) float64 { return labkit.Must(labkit.Percentile(values, share)) }
				if iqr := q(.75) - q(.25); iqr != 0 {
					return (v - q(.5)) / iqr
				}
				return v - q(.5)
			}, "counts in percent"},
		},
	},
	{
		exercise: logColumns,
		check:    LogColumns,
		byHand:   []example{{exam.NoInput()[0], []string{"bytes_per_second", "packets_per_second", "bytes_per_packet", "duration"}}},
		right: []any{
			func() []string {
				return []string{"duration", "bytes_per_packet", "packets_per_second", "bytes_per_second"}
			},
			func() []string { // as published: by measuring
				flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
				var columns []string
				for _, name := range labkit.FeatureColumns {
					if c := flows.Col(name); c.Max() > 1000*c.Min() && c.Min() > 0 {
						columns = append(columns, name)
					}
				}
				return columns
			},
		},
		wrong: []wrongAnswer{
			{func() []string { return nil }, "The list is empty"},
			{func() []string { return []string{"bytes_per_second", "packets_per_second", "bytes_per_packet"} }, "a factor of 30,000"},
			{func() []string { return labkit.FeatureColumns }, "bytes_ratio is a share"},
			{func() []string { return labkit.FeatureColumns }, "is_well_known_port is a flag"},
			{func() []string {
				return []string{"bytes_per_second", "packets_per_second", "packets_ratio", "bytes_per_packet", "duration"}
			}, "not even a factor of four"},
			{func() []string {
				return []string{"bytes_per_second", "packets_per_second", "bytes_per_packet", "Duration"}
			}, `"Duration" is none of the eight columns`},
			{func() []string { return []string{"total_bytes", "duration"} }, `"total_bytes" is none of the eight columns`},
			{func() []string {
				return []string{"bytes_per_second", "bytes_per_second", "bytes_per_packet", "duration"}
			}, `"bytes_per_second" stands in the list twice. A rate is missing: its largest value is 99,000`},
		},
	},
	{
		exercise: scalerRows,
		check:    ScalerRows,
		byHand:   []example{{exam.NoInput()[0], "C"}},
		right:    []any{func() string { return string(rune('A' + 2)) }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "the attack would be the centre"},
			{func() string { return "B" }, "other centres and scales"},
			{func() string { return "D" }, "Nobody knows tomorrow"},
			{func() string { return "today" }, `"today" is not one of the options`},
		},
	},
}

// The messages tell numbers of the flows.
func TestLogColumnsTellsTheTruth(t *testing.T) {
	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	for _, c := range []struct {
		column, says string
		factor       float64
	}{
		{"bytes_per_second", "six million times", 6e6},
		{"packets_per_second", "99,000 times", 99e3},
		{"bytes_per_packet", "3,900 times", 3900},
		{"duration", "a factor of 30,000", 30e3},
	} {
		without := slices.DeleteFunc(logColumns.Answer.(func() []string)(), func(name string) bool { return name == c.column })
		if says := judgeLogColumns(without); !strings.Contains(says, c.says) || strings.Contains(says, c.column) {
			t.Errorf("without %s: %q: want %q in it, and not the name", c.column, says, c.says)
		}
		column := flows.Col(c.column)
		if factor := column.Max() / column.Min(); math.Abs(factor/c.factor-1) > 0.02 {
			t.Errorf("%s: largest by smallest is %.0f: the message says %.0f", c.column, factor, c.factor)
		}
	}
}
