package check

import (
	"math"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// blindTime are wrong answers about time as a feature.
var blindTime = map[*exam.Exercise][]wrongAnswer{
	hourCircle: {
		// The angle is given in degrees
		{func(seconds float64) (sin, cos float64) {
			angle := 360 * math.Mod(seconds, 86400) / 86400
			return math.Sin(angle), math.Cos(angle)
		}, "The angle is in degrees. Go's sine takes it in"},
		// The hours are divided by 23, the highest hour
		{func(seconds float64) (sin, cos float64) {
			hour := math.Mod(seconds, 86400) / 3600
			angle := 2 * math.Pi * hour / 23
			return math.Sin(angle), math.Cos(angle)
		}, "The hours are divided by 23. The last hour is the"},
		// The seconds within the minute are forgotten
		{func(seconds float64) (sin, cos float64) {
			t := time.Unix(int64(seconds), 0).UTC()
			hour := float64(t.Hour()) + float64(t.Minute())/60
			angle := 2 * math.Pi * hour / 24
			return math.Sin(angle), math.Cos(angle)
		}, "The seconds within the minute are left out. Divide"},
		// Minutes are divided by 100 as if hours were decimal
		{func(seconds float64) (sin, cos float64) {
			t := time.Unix(int64(seconds), 0).UTC()
			hour := float64(t.Hour()) + float64(t.Minute())/100
			angle := 2 * math.Pi * hour / 24
			return math.Sin(angle), math.Cos(angle)
		}, "The minutes are divided by 100. An hour has 60 of"},
		// The sine is computed twice, copied from the line above
		{func(seconds float64) (sin, cos float64) {
			angle := 2 * math.Pi * seconds / 86400
			sin = math.Sin(angle)
			cos = math.Sin(angle)
			return sin, cos
		}, "Both results are the sine. The second is the"},
		// The cosine is computed from the sine by the root, which loses its sign
		{func(seconds float64) (sin, cos float64) {
			angle := 2 * math.Pi * seconds / 86400
			sin = math.Sin(angle)
			cos = math.Sqrt(1 - sin*sin)
			return
		}, "The sign of the cosine is lost, as by a root, so"},
		// Midnight is put at the bottom: the angle is shifted by half a day
		{func(seconds float64) (sin, cos float64) {
			angle := 2*math.Pi*math.Mod(seconds, 86400)/86400 - math.Pi
			return math.Sin(angle), math.Cos(angle)
		}, "The angle is off by half a turn, so that midnight"},
		// The clock runs the wrong way: the angle is negative
		{func(seconds float64) (sin, cos float64) {
			angle := 2 * math.Pi * (1 - math.Mod(seconds, 86400)/86400)
			return math.Sin(angle), math.Cos(angle)
		}, "The clock runs backwards: the angle has the wrong"},
		// The multiplication is left out: the share of the day is used as the angle
		{func(seconds float64) (sin, cos float64) {
			share := math.Mod(seconds, 86400) / 86400
			return math.Sin(share), math.Cos(share)
		}, "The share of the day is taken for the angle. A"},
		// The seconds are cut to whole ones by the conversion to int
		{func(seconds float64) (sin, cos float64) {
			s := int(seconds) % 86400
			angle := 2 * math.Pi * float64(s) / 86400
			return math.Sin(angle), math.Cos(angle)
		}, "The seconds are cut to whole ones, as by a"},
		// The modulus of 24 is taken of the seconds' hours rounded to the nearest
		{func(seconds float64) (sin, cos float64) {
			hour := math.Mod(math.Round(seconds/3600), 24)
			return math.Sin(hour * math.Pi / 12), math.Cos(hour * math.Pi / 12)
		}, "The time is rounded to the hour. Divide seconds by"},
		// Tangent and sine: the wrong function is called for the second result
		{func(seconds float64) (sin, cos float64) {
			angle := 2 * math.Pi * seconds / 86400
			return math.Sin(angle), math.Acos(math.Cos(angle))
		}, "The second result is an angle: math.Acos leads back"},
		// The time is taken for milliseconds
		{func(seconds float64) (sin, cos float64) {
			t := time.UnixMilli(int64(seconds)).UTC()
			s := float64(t.Hour()*3600 + t.Minute()*60 + t.Second())
			return math.Sin(2 * math.Pi * s / 86400), math.Cos(2 * math.Pi * s / 86400)
		}, "This divides by 1000, as if the time were in"},
	},
	gapRegularity: {
		// The slice has zeros in front: make with a length and then append
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			d := make([]float64, len(gaps))
			for _, g := range gaps {
				d = append(d, math.Abs(g-median))
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "Half of the distances are 0. Those of the gaps"},
		// The gaps are taken for times, and differences are formed first
		{func(gaps []float64) float64 {
			var real []float64
			for i := 1; i < len(gaps); i++ {
				real = append(real, math.Abs(gaps[i]-gaps[i-1]))
			}
			median := labkit.Must(labkit.Percentile(real, 50))
			var d []float64
			for _, g := range real {
				d = append(d, math.Abs(g-median))
			}
			if median == 0 {
				return 1
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "The gaps are taken for times, and the gaps between"},
		// Squared distances are used instead of absolute ones
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			d := make([]float64, len(gaps))
			for i, g := range gaps {
				d[i] = math.Pow(g-median, 2)
			}
			return 1 - math.Sqrt(labkit.Must(labkit.Percentile(d, 50)))/median
		}, "The distances are squared, and the root is taken of"},
		// Only gaps above the median are given a distance, the others count as 0
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			d := make([]float64, len(gaps))
			for i, g := range gaps {
				if g > median {
					d[i] = g - median
				}
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "Half of the distances are 0. Those of the gaps"},
		// The last gap is left out of the distances
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			var d []float64
			for i := 0; i < len(gaps)-1; i++ {
				d = append(d, math.Abs(gaps[i]-median))
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "The distance of the last gap is missing. Go on"},
		// Zero distances, the median gap itself, are left out
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			var d []float64
			for _, g := range gaps {
				if g != median {
					d = append(d, math.Abs(g-median))
				}
			}
			if len(d) == 0 {
				return 1
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "Gaps that are the median itself are left out of the"},
		// The quartile distance is used instead of the MAD
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			iqr := labkit.Must(labkit.Percentile(gaps, 75)) - labkit.Must(labkit.Percentile(gaps, 25))
			return 1 - iqr/2/median
		}, "This takes half the interquartile range. It is near"},
		// Fewer than four gaps are refused with 0
		{func(gaps []float64) float64 {
			if len(gaps) <= 3 {
				return 0
			}
			median := labkit.Must(labkit.Percentile(gaps, 50))
			var d []float64
			for _, g := range gaps {
				d = append(d, math.Abs(g-median))
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))/median
		}, "Three gaps are refused, and are enough. At least"},
		// The median of the ratios gap/median instead of their distances from 1
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			var ratios []float64
			for _, g := range gaps {
				r := g / median
				if r > 1 {
					r = 1 / r
				}
				ratios = append(ratios, r)
			}
			return labkit.Must(labkit.Percentile(ratios, 50))
		}, "This is the median of quotients, in which a gap"},
		// Each distance is divided by its own gap, not by the median
		{func(gaps []float64) float64 {
			median := labkit.Must(labkit.Percentile(gaps, 50))
			var d []float64
			for _, g := range gaps {
				if g > 0 {
					d = append(d, math.Abs(g-median)/g)
				}
			}
			return 1 - labkit.Must(labkit.Percentile(d, 50))
		}, "Each distance is divided by its own gap. Divide"},
	},
}
