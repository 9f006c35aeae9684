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
	Answer: func(before, stored int, again []string) []string { return again[min(stored-before, len(again)):] },
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
			return slices.Sorted(slices.Values(again[min(stored-before, len(again)):]))
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
	},
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
	},
}

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
		}, Says: "The difference is the wrong way round: this sees a fall. A rise is v - mean."},
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
		}, Says: "The difference is divided by one too few. Up to the value with the number i there are i+1 of them."},
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

// FirstChange checks a function that returns at which value the Page-Hinkley test
// sees that the mean has risen, -1 if it does not:
//
//	func(values []float64, delta, threshold float64) int
func FirstChange(function any) { exam.Mark(firstChange, function) }
