package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

// blindStreams are wrong answers about streams.
var blindStreams = map[*exam.Exercise][]wrongAnswer{
	unwritten: {
		// Those at the end are left out instead of those at the beginning
		{func(before, stored int, again []string) []string {
			n := max(0, len(again)-(stored-before))
			return again[:n]
		}, "As many as are stored are left out, but at the end."},
		// Nothing is returned if the store is ahead of the checkpoint
		{func(before, stored int, again []string) []string {
			if stored > before {
				return nil
			}
			return again
		}, "Where more is stored than the checkpoint had"},
		// Only the first unwritten finding is returned
		{func(before, stored int, again []string) []string {
			i := stored - before
			if i < len(again) {
				return again[i : i+1]
			}
			return nil
		}, "Only the first that is not stored is returned. All"},
		// The slice is cut at the end of the store: the upper bound stands on the wrong side of the colon
		{func(before, stored int, again []string) []string {
			n := stored - before
			if n > len(again) {
				n = len(again)
			}
			rest := again[:n]
			if n == 0 {
				rest = again
			}
			return rest
		}, "These are the ones that are stored already: the"},
		// Findings with equal names are dropped as already stored
		{func(before, stored int, again []string) []string {
			done := map[string]bool{}
			var out []string
			for i, f := range again {
				if i < stored-before {
					done[f] = true
				} else if !done[f] {
					out = append(out, f)
				}
			}
			return out
		}, "A finding is taken for stored if one of the same"},
		// Duplicates among the new findings are removed
		{func(before, stored int, again []string) []string {
			seen := map[string]bool{}
			var out []string
			for _, f := range again[min(stored-before, len(again)):] {
				if !seen[f] {
					seen[f] = true
					out = append(out, f)
				}
			}
			return out
		}, "Of findings with the same name only the first is"},
		// Empty strings stand in front: make with a length and then append
		{func(before, stored int, again []string) []string {
			out := make([]string, max(0, len(again)-(stored-before)))
			for i, f := range again {
				if i >= stored-before {
					out = append(out, f)
				}
			}
			return out
		}, "The elements wanted are there, and others that are"},
		// With as many again as are stored everything is returned, by a guard that is too wide
		{func(before, stored int, again []string) []string {
			skip := stored - before
			if skip >= len(again) {
				return again
			}
			return again[skip:]
		}, "Where all that is found again is stored, all of it"},
		// When nothing was stored since the checkpoint, nothing is returned
		{func(before, stored int, again []string) []string {
			if stored == before {
				return nil
			}
			skip := stored - before
			if skip >= len(again) {
				return nil
			}
			return again[skip:]
		}, "Where nothing was stored since the checkpoint, this"},
		// The skip is capped at one before the end, so that the last finding is always written
		{func(before, stored int, again []string) []string {
			if len(again) == 0 {
				return nil
			}
			skip := min(stored-before, len(again)-1)
			return again[skip:]
		}, "The last finding is always written, also where it"},
		// 'before' is 0 as a special case that skips nothing
		{func(before, stored int, again []string) []string {
			if before == 0 {
				return again
			}
			if stored-before > len(again) {
				return nil
			}
			return again[stored-before:]
		}, "Where the checkpoint had counted none, this writes"},
		// The upper bound of the slice is taken to be stored, as in a range of finding numbers
		{func(before, stored int, again []string) []string {
			from := min(stored-before, len(again))
			to := max(from, min(stored, len(again)))
			return again[from:to]
		}, "The slice ends at stored, which is a number in the"},
	},
	learnedTotal: {
		// The average is added also below the threshold
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				total += current
			}
			return total + total/minutes
		}, "Below the threshold an average minute is added to"},
		// The smaller of count and average is added whatever the score
		{func(total, current, score, threshold, minutes float64) float64 {
			return total + min(current, total/minutes)
		}, "The smaller of count and average is added, whatever"},
		// The count is cut off at the threshold
		{func(total, current, score, threshold, minutes float64) float64 {
			if score >= threshold {
				return total + threshold/minutes
			}
			return total + current
		}, "For an attack the threshold is divided by the"},
		// The oldest minute is dropped as in a sliding window: an average is taken off
		{func(total, current, score, threshold, minutes float64) float64 {
			average := total / minutes
			if score >= threshold {
				return total
			}
			return total + current - average
		}, "A mean minute is taken away each time, as if an old"},
		// Score and threshold are compared by their distance, the sign is lost
		{func(total, current, score, threshold, minutes float64) float64 {
			if math.Abs(score-threshold) < threshold {
				return total + current
			}
			return total + total/minutes
		}, "It is the distance of score and threshold that is"},
		// The average is subtracted
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total - total/minutes
		}, "For an attack the mean is subtracted. The minute"},
		// A score of 0 learns nothing, as if it were missing
		{func(total, current, score, threshold, minutes float64) float64 {
			if score == 0 {
				return total
			}
			if score < threshold {
				return total + current
			}
			return total + total/minutes
		}, "A minute with the score 0 is not learned. It is the"},
		// The mean is multiplied: total * minutes / (minutes+1), a running mean
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return (total*minutes + current) / (minutes + 1)
			}
			return total + total/minutes
		}, "Below the threshold this is a running mean. The"},
		// The score is divided by the minutes and compared as an average
		{func(total, current, score, threshold, minutes float64) float64 {
			if score/minutes < threshold {
				return total + current
			}
			return total + total/minutes
		}, "The score is divided by the minutes before it is"},
		// minutes/total: the fraction is upside down
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			if total == 0 {
				return 0
			}
			return total + minutes/total
		}, "The fraction is upside down: the mean of a minute"},
		// A negative average is guarded against by at least 1 being added
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + max(1, total/minutes)
		}, "For an attack at least 1 is added. The mean may be"},
	},
	firstChange: {
		// The lowest value is kept, not the lowest sum
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, v)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The lowest value is kept. Keep the lowest that the"},
		// The highest sum is kept: a fall is found, not a rise
		{func(values []float64, delta, threshold float64) int {
			mean, sum, highest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean + delta
				highest = max(highest, sum)
				if highest-sum > threshold {
					return i
				}
			}
			return -1
		}, "This sees a fall: the difference is the wrong way"},
		// The lowest is the highest: max instead of min
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = max(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "It returns -1 whatever the values are. If lowest is"},
		// The mean is a moving average with a fixed weight of a tenth
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += 0.1 * (v - mean)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The mean moves by a fixed part of the difference,"},
		// The mean starts at the first value
		{func(values []float64, delta, threshold float64) int {
			if len(values) == 0 {
				return -1
			}
			mean, sum, lowest := values[0], 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+2)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The first value counts twice in the mean. It begins"},
		// The mean is divided by i, with a guard for the first
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(max(i, 1))
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The first value does not count in the mean: it is"},
		// The last change is returned, not the first
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			found := -1
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					found = i
				}
			}
			return found
		}, "This is the last value at which the sum is above"},
		// The mean moves by (v - mean) / len(values), not by the number of values so far
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(len(values))
				sum += v - mean - delta
				if sum < lowest {
					lowest = sum
				}
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The difference is divided by the number of all"},
		// CUSUM from the textbook: the sum is reset to 0 when it is negative, and delta is halved
		{func(values []float64, delta, threshold float64) int {
			mean, sum := 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum = max(0, sum+v-mean-delta/2)
				if sum > threshold {
					return i
				}
			}
			return -1
		}, "Half of delta is subtracted. Subtract all of it."},
		// The change of both directions is found: a fall as well
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest, highest := 0.0, 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				highest = max(highest, sum)
				if sum-lowest > threshold || highest-sum > threshold {
					return i
				}
			}
			return -1
		}, "A fall is seen as well. Only a rise is wanted: the"},
		// The mean is the sum of values, never divided
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += v - mean/float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "Only the mean is divided by i+1, as division binds"},
		// The three numbers are declared inside the loop, so they begin anew with each value
		{func(values []float64, delta, threshold float64) int {
			mean := 0.0
			for i, v := range values {
				sum, lowest := 0.0, 0.0
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The sum begins anew with every value: it is made"},
		// After a new lowest the sum is set back to 0, and the lowest stays
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				if sum < lowest {
					lowest = sum
					sum = 0
				}
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "At a new lowest the sum is set to 0, and so seems"},
		// The first value is skipped
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i := 1; i < len(values); i++ {
				v := values[i]
				mean += (v - mean) / float64(i)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The first value does not count in the mean: it is"},
		// The last value is not looked at
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i := 0; i < len(values)-1; i++ {
				mean += (values[i] - mean) / float64(i+1)
				sum += values[i] - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The last element of values is left out. A loop over"},
		// The place of the lowest sum, where the rise began, is returned
		{func(values []float64, delta, threshold float64) int {
			mean, sum, lowest, at := 0.0, 0.0, 0.0, 0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				if sum < lowest {
					lowest, at = sum, i
				}
				if sum-lowest > threshold {
					return at
				}
			}
			return -1
		}, "This is where the sum was lowest, at which the rise"},
	},
}
