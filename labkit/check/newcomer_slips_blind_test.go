package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// blindSlips are wrong answers of a second writer who had not seen the checks,
// those that once passed, had no name or that of another.
func blindSlips() map[*exam.Exercise][]slip {
	return map[*exam.Exercise][]slip{
		alertCount: {
			{"a tolerance", func(s []float64, t float64) int { return howMany(s, func(v float64) bool { return v-t > 0.01 }) }},
			{"rounded scores", func(s []float64, t float64) int {
				return howMany(s, func(v float64) bool { return math.Round(v*10)/10 > t })
			}},
		},
		anomalyShare: {
			{"whole percent by 100", func(l []int) float64 { return float64(100*howMany(l, isOne)/len(l)) / 100 }},
			{"counts from one", func(l []int) float64 { return float64(1+howMany(l, isOne)) / float64(len(l)) }},
		},
		bytesPerSecond: {
			{"up to whole milliseconds", func(b, s float64) float64 { return b / (max(math.Ceil(s*1000), 1) / 1000) }},
			{"guard on the bytes", func(b, s float64) float64 { return max(b, 0.001) / s }},
		},
		bytesRatio: {
			{"rounded to four decimals", func(s, r float64) float64 { return math.Round(s/(s+r+1)*1e4) / 1e4 }},
			{"the larger above", func(s, r float64) float64 { return max(s, r) / (s + r + 1) }},
		},
		wellKnownPort: {
			{"three digits", func(p int) bool { return len(strconv.Itoa(p)) <= 3 }},
			{"not suspicious", func(p int) bool { return !slices.Contains([]int{4444, 8888, 31337, 6667, 1337}, p) }},
			{"bit mask", func(p int) bool { return p&1023 != 0 }},
		},
		typicalFlow: {
			{"compares by int(a - b)", func(rates []float64) float64 {
				s := slices.Clone(rates)
				slices.SortFunc(s, func(a, b float64) int { return int(a - b) })
				return s[len(s)/2]
			}},
			{"sorted as texts", func(rates []float64) float64 {
				s := make([]string, len(rates))
				for i, r := range rates {
					s[i] = fmt.Sprint(r)
				}
				slices.Sort(s)
				return labkit.Must(strconv.ParseFloat(s[len(s)/2], 64))
			}},
		},
		isolationSplit: {
			{"half of the list", func(v []float64, _ float64) (below, above []float64) { return v[:len(v)/2], v[len(v)/2:] }},
			{"no else", func(v []float64, cut float64) (below, above []float64) {
				for _, x := range v {
					if x <= cut {
						below = append(below, x)
					}
					above = append(above, x)
				}
				return
			}},
		},
		precisionRecall: {
			{"whole percent of both", func(tp, fp, fn int) (float64, float64) {
				return float64(100*tp/(tp+fp)) / 100, float64(100*tp/(tp+fn)) / 100
			}},
			{"returned in the wrong order", func(tp, fp, fn int) (float64, float64) {
				p, r := float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
				return r, p
			}},
		},
		reachDistance: {
			{"j by its old index", func(points []float64, i, j, k int) float64 {
				s := inOrder(points)
				far := make([]float64, len(s))
				for m := range s {
					far[m] = math.Abs(s[m] - s[j])
				}
				return max(math.Abs(points[i]-points[j]), inOrder(far)[k])
			}},
			{"rounded distances", func(points []float64, i, j, k int) float64 {
				far := make([]float64, len(points))
				for m := range points {
					far[m] = math.Round(100*math.Abs(points[m]-points[j])) / 100
				}
				return max(far[i], inOrder(far)[k])
			}},
		},
		fOne: {{"small numbers as 0", func(p, r float64) float64 {
			if p < 0.01 || r < 0.01 {
				return 0
			}
			return 2 / (1/p + 1/r)
		}}},
		majorityVote: {
			{"counts the false", func(votes []bool) bool { return 2*howMany(votes, func(v bool) bool { return !v }) > len(votes) }},
			{"returns after the first vote", func(votes []bool) bool {
				for _, v := range votes {
					return v && 2 > len(votes)
				}
				return false
			}},
		},
	}
}

func isOne(label int) bool { return label == 1 }
