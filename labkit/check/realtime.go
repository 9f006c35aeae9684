package check

import (
	"math"

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
			{0.0, 5.0, 0.0, 1000.0, 1.0},
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
	},
}

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
			{[]float64{1, 2, 1, 2, 1, 2, 1, 2}, 0.1, 4.0},
			{[]float64{5, 5, 5, 5, 1, 1, 1, 1, 1, 1}, 0.1, 4.0},
			{[]float64{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, 0.0, 2.0},
			{[]float64{}, 0.1, 1.0},
			{[]float64{0, 1, 0, 1, 0, 1}, 0.3, 0.4},
			{[]float64{9, 1, 1, 1, 1, 6, 6, 6}, 0.1, 4.0},
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
