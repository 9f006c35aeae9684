package check

import "flowlab/labkit/internal/exam"

var realtimeDetectionTests = []exerciseTest{
	{
		exercise: unwritten,
		check:    Unwritten,
		byHand: []example{
			{exam.Input{3, 5, []string{"scan", "flood", "beacon", "theft"}}, []string{"beacon", "theft"}},
			{exam.Input{0, 0, []string{"scan"}}, []string{"scan"}},
		},
		right: []any{
			func(before, stored int, again []string) []string {
				var left []string
				for i, f := range again {
					if before+i >= stored {
						left = append(left, f)
					}
				}
				return left
			},
		},
		wrong: []wrongAnswer{
			{func(before, stored int, again []string) []string { return again }, "come twice"},
			{func(before, stored int, again []string) []string { return nil }, "is lost"},
			{func(before, stored int, again []string) []string { return again[min(stored, len(again)):] }, "counts from the very first"},
		},
	},
	{
		exercise: learnedTotal,
		check:    LearnedTotal,
		byHand: []example{
			{exam.Input{100.0, 12.0, 3.0, 1000.0, 10.0}, 112.0},
			{exam.Input{100.0, 2000.0, 36100.0, 1000.0, 10.0}, 110.0}, // 100 + 100/10
			{exam.Input{30.0, 40.0, 1000.0, 1000.0, 4.0}, 37.5},
		},
		right: []any{
			func(total, current, score, threshold, minutes float64) float64 {
				if score >= threshold {
					current = total / minutes
				}
				return total + current
			},
		},
		wrong: []wrongAnswer{
			{func(total, current, score, threshold, minutes float64) float64 { return total + current }, "learns every minute"},
			{func(total, current, score, threshold, minutes float64) float64 {
				if score < threshold {
					return total + current
				}
				return total
			}, "sinks"},
			{func(total, current, score, threshold, minutes float64) float64 { return total }, "want"},
		},
	},
	{
		exercise: firstChange,
		check:    FirstChange,
		byHand: []example{
			// Means 1 1 1 1 1.8: the fifth adds 5 − 1.8 − 0.1 = 3.1 to a sum at its
			// lowest, the sixth, with mean 7/3, 2.57: 5.67 is above 4.
			{exam.Input{[]float64{1, 1, 1, 1, 5, 5, 5, 5}, 0.1, 4.0}, 5},
			{exam.Input{[]float64{5, 5, 5, 5, 1, 1, 1, 1, 1, 1}, 0.1, 4.0}, -1},
		},
		right: []any{
			func(values []float64, delta, threshold float64) int {
				total, sum, lowest := 0.0, 0.0, 0.0
				for i, v := range values {
					total += v
					sum += v - total/float64(i+1) - delta
					if sum < lowest {
						lowest = sum
					}
					if sum-lowest > threshold {
						return i
					}
				}
				return -1
			},
		},
		wrong: []wrongAnswer{
			{func(values []float64, delta, threshold float64) int { return -1 }, "want"},
			{func(values []float64, delta, threshold float64) int {
				mean, sum, lowest := 0.0, 0.0, 0.0
				for i, v := range values {
					mean += (v - mean) / float64(i+1)
					sum += v - mean
					lowest = min(lowest, sum)
					if sum-lowest > threshold {
						return i
					}
				}
				return -1
			}, "delta is not used"},
			{func(values []float64, delta, threshold float64) int {
				mean, sum := 0.0, 0.0
				for i, v := range values {
					mean += (v - mean) / float64(i+1)
					if sum += v - mean - delta; sum > threshold {
						return i
					}
				}
				return -1
			}, "sum itself"},
		},
	},
}
