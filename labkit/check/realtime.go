package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var realtimeDetection = []*exam.Exercise{unwritten, learnedTotal, firstChange}

var unwritten = &exam.Exercise{
	ID:       "unwritten",
	Notebook: "11_realtime_detection",
	Section:  "Killed",
	Title:    "What is not written yet",
	Hints: []string{
		"The worker finds the same again, in the same order. How many of them are stored already?",
		"The checkpoint had counted `before`, and `stored` are in the store: the first stored - before of those that are found again are there.",
		"return again[stored-before:]",
	},
	Answer: behind,
	Params: []string{"before", "stored", "again"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{3, 5, []string{"scan", "flood", "beacon", "theft"}},
			{3, 3, []string{"scan", "flood"}},
			{0, 2, []string{"scan", "flood", "beacon"}},
			{7, 9, []string{"scan", "flood"}},
			{0, 0, []string{"scan"}},
			{2, 3, []string{"scan", "scan", "flood", "scan", "flood"}}, // equal findings are several
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(_, _ int, again []string) []string { return again },
			Says: "This writes all of them: those that were stored before the kill come twice."},
		{Answer: func(_, stored int, again []string) []string { return again[min(stored, len(again)):] },
			Says: "stored counts from the very first finding, again from the checkpoint on: the findings before it are not among them."},
		{Answer: func(_, _ int, _ []string) []string { return nil },
			Says: "This writes nothing: what was found and not yet stored when the kill came is lost."},
		{Answer: func(before, stored int, again []string) []string { return again[:min(stored-before, len(again))] },
			Says: "These are the ones that are stored already. Return the others."},
		{Answer: func(before, stored int, again []string) []string {
			return slices.Sorted(slices.Values(behind(before, stored, again)))
		}, Says: "The findings are the right ones, but sorted. Leave them in the order in which they were found."},
		{Answer: func(before, _ int, again []string) []string { return again[min(before, len(again)):] },
			Says: "before is how many the checkpoint had counted, and none of them is found again. Stored among those that are: stored - before."},
		{Answer: func(before, _ int, again []string) []string { return again[:min(before, len(again))] },
			Says: "before is how many the checkpoint had counted, and none of them is found again. Leave out the first stored - before, and return the others."},
		{Answer: func(before, stored int, again []string) []string { return again[min(stored-before+1, len(again)):] },
			Says: "One too many is left out. Of the findings that come again the first stored - before are stored: the slice begins with that number."},
		{Answer: func(before, stored int, again []string) []string { return again[max(stored-before-1, 0):] },
			Says: "One too few is left out. Of the findings that come again the first stored - before are stored: the slice begins with that number."},
		{Answer: func(before, stored int, again []string) []string {
			return again[len(again)-min(stored-before, len(again)):]
		},
			Says: "This returns the last stored - before of them. That many are stored, from the first on: return the others."},
		{Answer: func(before, stored int, again []string) []string { return again[min(before+stored, len(again)):] },
			Says: "before and stored are added. Of the findings that come again the first stored - before are stored: subtract."},
		{Answer: func(before, stored int, again []string) []string { return again[:max(0, len(again)-(stored-before))] },
			Says: "As many as are stored are left out, but at the end. The stored ones are the first: again[stored-before:]."},
		{Answer: func(before, stored int, again []string) []string {
			if stored > before {
				return nil
			}
			return again
		}, Says: "Where more is stored than the checkpoint had counted, this writes nothing. Only the first stored - before of them are stored: the others would be lost."},
		{Answer: func(before, stored int, again []string) []string {
			if stored == before {
				return nil
			}
			return behind(before, stored, again)
		}, Says: "Where nothing was stored since the checkpoint, this writes nothing. Then nothing of what is found again is stored, and all of it is written."},
		{Answer: func(before, stored int, again []string) []string {
			if stored == before {
				return again
			}
			return again[:min(stored-before, len(again))]
		}, Says: "These are the ones that are stored already: the number stands behind the colon. Before it, again[n:], are the others."},
		{Answer: func(before, stored int, again []string) []string {
			rest := behind(before, stored, again)
			return rest[:min(1, len(rest))]
		}, Says: "Only the first that is not stored is returned. All that follow it are not stored either."},
		{Answer: func(before, stored int, again []string) []string {
			return slices.DeleteFunc(slices.Clone(behind(before, stored, again)), func(finding string) bool {
				return slices.Contains(again[:min(stored-before, len(again))], finding)
			})
		}, Says: "A finding is taken for stored if one of the same name is. Two scans are two findings: go by their number."},
		{Answer: func(before, stored int, again []string) []string {
			var rest []string
			for _, finding := range behind(before, stored, again) {
				if !slices.Contains(rest, finding) {
					rest = append(rest, finding)
				}
			}
			return rest
		}, Says: "Of findings with the same name only the first is returned. Two scans are two findings: return all of them."},
		{Answer: func(before, stored int, again []string) []string {
			if stored-before >= len(again) {
				return again
			}
			return behind(before, stored, again)
		}, Says: "Where all that is found again is stored, all of it is written once more. Nothing is left to be written then."},
		{Answer: func(before, stored int, again []string) []string {
			return again[min(stored-before, max(0, len(again)-1)):]
		}, Says: "The last finding is always written, also where it is stored. Nothing is left to be written then: a slice may begin at its length."},
		{Answer: func(before, stored int, again []string) []string {
			if before == 0 {
				return again
			}
			return behind(before, stored, again)
		}, Says: "Where the checkpoint had counted none, this writes all of them. The first stored - before are stored there, too: 0 needs no case of its own."},
		{Answer: func(before, stored int, again []string) []string {
			from := min(stored-before, len(again))
			return again[from:max(from, min(stored, len(again)))]
		}, Says: "The slice ends at stored, which is a number in the store and none in again. It goes on to the end: leave out what is behind the colon."},
	},
}

// behind returns the findings that are not stored.
func behind(before, stored int, again []string) []string {
	return again[min(stored-before, len(again)):]
}

// Unwritten checks a function that returns which findings a worker writes after a
// kill: of those that it finds again behind its checkpoint, the ones that are not
// stored. The checkpoint had counted before, and stored are in the store:
//
//	func(before, stored int, again []string) []string
func Unwritten(function any) { exam.Mark(unwritten, function) }

var learnedTotal = &exam.Exercise{
	ID:       "learned-total",
	Notebook: "11_realtime_detection",
	Section:  "Do not learn from the attack",
	Title:    "What a minute teaches",
	Hints: []string{
		"Two cases. Below the threshold the minute is learned: what becomes of total and current?",
		"From the threshold on, the minute counts as an average one: total is of `minutes` minutes, so one of them has total / minutes.",
		"if score < threshold { return total + current }; return total + total/minutes",
	},
	Answer: func(total, current, score, threshold, minutes float64) float64 {
		if score < threshold {
			return total + current
		}
		return total + total/minutes
	},
	Params: []string{"total", "current", "score", "threshold", "minutes"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{100.0, 12.0, 3.0, 1000.0, 10.0},
			{100.0, 2000.0, 36100.0, 1000.0, 10.0},
			{30.0, 40.0, 1000.0, 1000.0, 4.0},
			{50.0, 5.0, 2000.0, 1000.0, 5.0},
			{5000.0, 40.0, 3.0, 500.0, 20.0}, // a total above the threshold is no attack
			{80.0, 700.0, 600.0, 500.0, 16.0},
			{60.0, 6.0, 0.0, 1000.0, 12.0},    // nothing unusual at all
			{2.0, 300.0, 5000.0, 1000.0, 8.0}, // less than one a minute
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(total, current, _, _, _ float64) float64 { return total + current },
			Says: "This learns every minute, as MIDAS does: after some minutes the attack is what is usual."},
		{Answer: func(total, current, score, threshold, _ float64) float64 {
			if score < threshold {
				return total + current
			}
			return total
		},
			Says: "Nothing is added for the attack, though a minute has passed: the mean, total by minutes, sinks, and then ordinary minutes look like bursts."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score <= threshold {
				return total + current
			}
			return total + total/minutes
		},
			Says: "A score that equals the threshold is an attack already."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score > threshold {
				return total + current
			}
			return total + total/minutes
		},
			Says: "It is the other way round: this learns from attacks, and from nothing else."},
		{Answer: learned(func(_, current, _ float64) float64 { return current }, func(total, _, minutes float64) float64 { return total / minutes }),
			Says: "This is what the minute adds. Add it to the total."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total / minutes }),
			Says: "For an attack this is the mean of the minutes alone. Add it to the total."},
		{Answer: learned(plainly, func(total, current, minutes float64) float64 { return total + current/minutes }),
			Says: "For an attack its own count is divided by the minutes, and learned. The mean is that of the total: total / minutes."},
		{Answer: learned(plainly, func(total, current, minutes float64) float64 { return total + (total+current)/minutes }),
			Says: "The mean has the attack in it. It is that of the minutes before: total / minutes."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total + total/(minutes+1) }),
			Says: "The minute of the attack is counted among those of the mean. It is that of the minutes before: total / minutes."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total * minutes }),
			Says: "For an attack the total is multiplied by the minutes. Divide by them, and add that to the total."},
		{Answer: learned(plainly, func(total, current, _ float64) float64 { return total - current }),
			Says: "The attack's count is subtracted, though it was never in the total. Add the mean of the minutes before."},
		{Answer: learned(plainly, func(float64, float64, float64) float64 { return 0 }),
			Says: "For an attack the total is forgotten. It stays, and the mean of the minutes before is added."},
		{Answer: learned(func(total, current, minutes float64) float64 { return total + current/minutes }, byMean),
			Says: "Below the threshold the count is divided by the minutes. It is added as it is: total + current."},
		{Answer: learned(byMean, byMean),
			Says: "Every minute counts as an average one, so that nothing is ever learned. Below the threshold add current."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(func(float64, float64, float64) float64 { return total + score }, byMean)(total, current, score, threshold, minutes)
		}, Says: "The score is added. It decides what is learned; what is learned is the minute's count, current."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(plainly, byMean)(total, current, current, threshold, minutes)
		}, Says: "The count is compared with the threshold. The threshold is one of scores: score < threshold."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(plainly, func(float64, float64, float64) float64 { return total + min(current, threshold) })(total, current, score, threshold, minutes)
		}, Says: "Of an attack as much is learned as the threshold says, which is a score and no count. Add the mean of the minutes before."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + total/minutes
			}
			return total + current
		},
			Says: "It is the other way round: below the threshold the count is added, from it on the average."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if total < threshold {
				return total + current
			}
			return total + total/minutes
		},
			Says: "The total is compared with the threshold. The threshold is one of scores: score < threshold."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < 1000 {
				return total + current
			}
			return total + total/minutes
		},
			Says: "The threshold is 1000 here, whatever is handed over. Compare with the parameter threshold."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return current
			}
			return total + total/minutes
		},
			Says: "Below the threshold the total is lost. Add the count to it."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + (total+current)/(minutes+1)
		},
			Says: "The average counts the minute of the attack. It is that of the minutes before: total / minutes."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + total/(minutes-1)
		},
			Says: "This divides by one minute less. The total is of minutes: total / minutes."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + current + total/minutes
		},
			Says: "The count of the attack is added too. The average minute stands in its place."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return (total + total) / minutes
		},
			Says: "Division binds more strongly than addition, and the parentheses turn that round: total + total/minutes."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return (total + current) / (minutes + 1)
			}
			return total / minutes
		},
			Says: "This is a mean of minutes. The total is wanted: add to it."},
		{Answer: learned(func(total, current, minutes float64) float64 { return total + current + (total+current)/minutes }, byMean),
			Says: averageToo},
		{Answer: learned(func(total, current, minutes float64) float64 { return total + current + total/minutes }, byMean),
			Says: averageToo},
		{Answer: func(total, current, _, _, minutes float64) float64 { return total + min(current, total/minutes) },
			Says: "The smaller of count and average is added, whatever the score is. The score decides: below the threshold the count is added, however large."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(plainly, func(total, _, minutes float64) float64 { return total + threshold/minutes })(total, current, score, threshold, minutes)
		}, Says: "For an attack the threshold is divided by the minutes. The mean is that of the total: total / minutes."},
		{Answer: learned(func(total, current, minutes float64) float64 { return total + current - total/minutes }, func(total, _, _ float64) float64 { return total }),
			Says: "A mean minute is taken away each time, as if an old one left a window. The total is of all minutes: only add."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(plainly, byMean)(total, current, math.Abs(score-threshold), threshold, minutes)
		}, Says: "It is the distance of score and threshold that is compared, and that has no sign: a score at the threshold seems to be a small one. Compare score < threshold."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total - total/minutes }),
			Says: "For an attack the mean is subtracted. The minute counts as an average one: add it."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			if score == 0 {
				return total
			}
			return learned(plainly, byMean)(total, current, score, threshold, minutes)
		}, Says: "A minute with the score 0 is not learned. It is the most ordinary of all: its count is added like any below the threshold."},
		{Answer: learned(func(total, current, minutes float64) float64 { return (total*minutes + current) / (minutes + 1) }, byMean),
			Says: "Below the threshold this is a running mean. The total is a sum: add current to it."},
		{Answer: func(total, current, score, threshold, minutes float64) float64 {
			return learned(plainly, byMean)(total, current, score/minutes, threshold, minutes)
		}, Says: "The score is divided by the minutes before it is compared. It is the score of this one minute: compare it as it is."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total + minutes/total }),
			Says: "The fraction is upside down: the mean of a minute is total / minutes."},
		{Answer: learned(plainly, func(total, _, minutes float64) float64 { return total + max(1, total/minutes) }),
			Says: "For an attack at least 1 is added. The mean may be below 1, and is added as it is."},
	},
}

const averageToo = "Below the threshold an average minute is added to the count. It stands in the place of an attack alone: return total + current, or write else."

// learned returns a function that learns in one way below the threshold, and in
// another from it on.
func learned(below, above func(total, current, minutes float64) float64) func(total, current, score, threshold, minutes float64) float64 {
	return func(total, current, score, threshold, minutes float64) float64 {
		if score < threshold {
			return below(total, current, minutes)
		}
		return above(total, current, minutes)
	}
}

func plainly(total, current, _ float64) float64 { return total + current }

func byMean(total, _, minutes float64) float64 { return total + total/minutes }

// LearnedTotal checks a function that returns the total that MIDAS-F has after a
// minute: the minute's count is added if its score is below the threshold, and
// otherwise the mean of the minutes before:
//
//	func(total, current, score, threshold, minutes float64) float64
func LearnedTotal(function any) { exam.Mark(learnedTotal, function) }

var firstChange = &exam.Exercise{
	ID:       "first-change",
	Notebook: "11_realtime_detection",
	Section:  "When the ground moves",
	Title:    "The first change of the mean",
	Hints: []string{
		"Three numbers go along: the mean up to now, a sum, and the lowest that the sum has been. All begin at 0.",
		"For value i: mean += (v - mean) / float64(i+1), then sum += v - mean - delta, then lowest = min(lowest, sum).",
		"When sum - lowest > threshold, return i. Behind the loop, return -1.",
	},
	Answer: func(values []float64, delta, threshold float64) int {
		return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
	},
	Params: []string{"values", "delta", "threshold"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{1, 1, 1, 1, 5, 5, 5, 5}, 0.1, 4.0},
			{[]float64{2, 4, 2, 2}, 0.0, 1.0}, // rises to the threshold, and not above
			{[]float64{5, 5, 5, 5, 1, 1, 1, 1, 1, 1}, 0.1, 4.0},
			{[]float64{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, 0.0, 2.7},
			{[]float64{}, 0.1, 1.0},
			{[]float64{2, 5, 1, 5, 5, 5, 5}, 0.5, 1.5},
			{[]float64{9, 1, 1, 1, 1, 6, 6, 6}, 0.1, 4.0},
			{[]float64{1, 1, 4, 4}, 1.0, 0.5},
			{[]float64{1, 2, 3, 4, 5, 6}, 0.3, 2.0}, // rises slowly
			{[]float64{-2, -2, -2, -2, 3, 3}, 0.1, 4.0},
			{[]float64{0, 0, 0, 0, 1, 1, 1, 1}, 0.4, 1.0},    // half of delta would let it be seen
			{[]float64{1, 1, 1, 6}, 0.1, 2.0},                // the last value
			{[]float64{0, 0, 0, 0, 2.5, 2.5, 2.5}, 3.0, 0.5}, // delta above all of them
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, false)
		},
			Says: "This compares the sum itself with the threshold. After a fall the sum is far below 0, and a rise from there counts from its lowest."},
		{Answer: func(values []float64, _, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean }, true)
		},
			Says: "delta is not used: changes that small are to count for nothing."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return math.Abs(v-mean) - delta }, true)
		},
			Says: "With the absolute value a fall counts as a rise, and noise adds up."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return max(0, pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true))
		}, Says: "Where nothing changes 0 is returned, which is the first value's number. Return -1 behind the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return i + 1
			}
			return -1
		}, Says: "The change is seen at the value before: values are numbered from 0. Return i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return int(values[i])
			}
			return -1
		}, Says: "This is the value at which the change is seen. Return its number, i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean + delta }, true)
		}, Says: "delta is added, so that the sum grows where nothing changes. Subtract it from each difference."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return mean - v - delta }, true)
		}, Says: "This sees a fall: the difference is the wrong way round, or the sum is held to its highest. A rise is v - mean, and a sum above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			m := meanOf(values)
			return pageHinkley(values, threshold, func(v, _ float64) float64 { return v - m - delta }, true)
		}, Says: "The mean is that of all values, also of those to come. Take the mean up to the value."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean := 0.0
			i := 0
			return pageHinkley(values, threshold, func(v, _ float64) float64 {
				adds := v - mean - delta
				i++
				mean += (v - mean) / float64(i)
				return adds
			}, true)
		}, Says: "The mean is that of the values before, and 0 at the beginning. Take the value into the mean first, and then its difference from it."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, _ float64) float64 { return v - delta }, true)
		}, Says: "The mean is not subtracted: sum += v - mean - delta."},
		{Answer: func(values []float64, _, threshold float64) int {
			return slices.IndexFunc(values, func(v float64) bool { return v > threshold })
		}, Says: "This is the first value above the threshold. What is compared with it is the sum of the differences from the mean, above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, math.Nextafter(threshold, 0), func(v, mean float64) float64 { return v - mean - delta }, true)
		}, Says: "A sum that equals the threshold counts as a change. It has to be above it: >."},
		{Answer: func(values []float64, delta, threshold float64) int {
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
		}, Says: "The first value does not count in the mean: it is left out, or the difference is divided by i. Up to the value with the number i there are i+1 of them."},
		{Answer: func(values []float64, delta, threshold float64) int {
			i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
			if i < 0 {
				return i
			}
			return max(0, i-1)
		},
			Says: "The number is one too small: values are numbered from 0, and so is i. Return i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
			if i < 0 {
				return len(values)
			}
			return i
		},
			Says: "Where nothing changes the number of values is returned. Return -1 behind the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, lowest := 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum := v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		},
			Says: "The sum holds the last difference alone. Add to it: +=, and not =."},
		{Answer: func(values []float64, delta, threshold float64) int {
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
		}, Says: "The lowest value is kept. Keep the lowest that the sum has been: lowest = min(lowest, sum)."},
		{Answer: func([]float64, float64, float64) int { return -1 },
			Says: "It returns -1 whatever the values are. If lowest is made with max, no sum is ever above it: lowest = min(lowest, sum)."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 { return mean + 0.1*(v-mean) }),
			Says: "The mean moves by a fixed part of the difference, so that old values fade. Here all values up to v count alike: divide the difference by i+1."},
		{Answer: withMean(func(mean, v float64, _, n int) float64 { return mean + (v-mean)/float64(n) }),
			Says: "The difference is divided by the number of all values, also of those to come. Up to the value with the number i there are i+1."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 {
			if i == 0 {
				return v
			}
			return mean + (v-mean)/float64(i+2)
		}), Says: "The first value counts twice in the mean. It begins at 0, and the difference is divided by i+1."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 { return mean + v - mean/float64(i+1) }),
			Says: "Only the mean is divided by i+1, as division binds more strongly than subtraction. Put the difference into parentheses: (v - mean) / (i+1)."},
		{Answer: withMean(func(mean, v float64, _, _ int) float64 { return mean + v }),
			Says: "This is the sum of the values, and no mean. It moves by the difference, divided: (v - mean) / (i+1)."},
		{Answer: func(values []float64, delta, threshold float64) int {
			last, mean, sum, lowest := -1, 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					last = i
				}
			}
			return last
		}, Says: "This is the last value at which the sum is above the threshold. Return at the first."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean := 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				if v-mean-delta > threshold {
					return i
				}
			}
			return -1
		}, Says: "The sum begins anew with every value: it is made inside the loop, or v - mean - delta itself is compared. Make sum and lowest before the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta/2 }, true)
		}, Says: "Half of delta is subtracted. Subtract all of it."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest, highest := 0.0, 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest, highest = min(lowest, sum), max(highest, sum)
				if sum-lowest > threshold || highest-sum > threshold {
					return i
				}
			}
			return -1
		}, Says: "A fall is seen as well. Only a rise is wanted: the sum above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				if sum < lowest {
					sum, lowest = 0, sum
				}
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, Says: "At a new lowest the sum is set to 0, and so seems to have risen. Either the lowest is kept, or the sum is set to 0 where it is below: not both."},
		{Answer: func(values []float64, delta, threshold float64) int {
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
		}, Says: "This is where the sum was lowest, at which the rise may have begun. Return the number of the value at which it is seen."},
	},
}

// pageHinkley returns where the sum of what each value adds has risen by more
// than the threshold: from its lowest, or else from 0.
func pageHinkley(values []float64, threshold float64, adds func(v, mean float64) float64, fromLowest bool) int {
	mean, sum, lowest := 0.0, 0.0, 0.0
	for i, v := range values {
		mean += (v - mean) / float64(i+1)
		sum += adds(v, mean)
		if fromLowest {
			lowest = min(lowest, sum)
		}
		if sum-lowest > threshold {
			return i
		}
	}
	return -1
}

// withMean returns a test with another mean: of value i of n, after the one before.
func withMean(next func(mean, v float64, i, n int) float64) func(values []float64, delta, threshold float64) int {
	return func(values []float64, delta, threshold float64) int {
		i, mean := 0, 0.0
		return pageHinkley(values, threshold, func(v, _ float64) float64 {
			mean = next(mean, v, i, len(values))
			i++
			return v - mean - delta
		}, true)
	}
}

// FirstChange checks a function that returns at which value the Page-Hinkley test
// sees that the mean has risen, -1 if it does not:
//
//	func(values []float64, delta, threshold float64) int
func FirstChange(function any) { exam.Mark(firstChange, function) }
