package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var highestShare = &exam.Exercise{
	ID:       "highest-share",
	Notebook: "12_real_traffic",
	Section:  "Dirty data",
	Title:    "What the lost rows may hide",
	Hints: []string{
		"Think of the worst case: all rows that were lost are failed attempts. How many failures are there then, and of how many rows?",
		"The lost rows count above the line and below it: they would be failures, and they are rows.",
		"return float64(failed+lost) / float64(max(kept+lost, 1))",
	},
	Answer: highest,
	Params: []string{"failed", "kept", "lost"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{2, 8, 2},
			{27, 229, 131},
			{0, 10, 10},
			{5, 10, 0},
			{5, 6, 4}, // more may have failed than were kept
			{4, 4, 0},
			{0, 0, 3},
			{0, 0, 0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept) },
			Says: "This is the share among the rows that were kept. The lost ones may all have failed."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept+lost) },
			Says: "This is the lowest share that is possible: none of the lost rows failed. Find the highest."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, kept) },
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(lost, kept+lost) },
			Says: "This is the share of rows that were lost. The failures among those that were kept belong to it, too."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept) + worstShare(lost, kept+lost) },
			Says: differentWholes},
		{Answer: func(failed, kept, lost int) float64 {
			return min(1, worstShare(failed, kept)+worstShare(lost, kept+lost))
		},
			Says: differentWholes},
		{Answer: func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return math.NaN()
			}
			return worstShare(failed+lost, kept+lost)
		},
			Says: "Without any rows this divides 0 by 0, which is NaN. Of no rows none failed: return 0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, kept-lost) },
			Says: "The lost rows are subtracted below the bar. They are rows as well: kept + lost."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept-lost) },
			Says: "The lost rows are subtracted below the bar. kept does not hold them: there were kept + lost, and failed + lost may have failed."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed*lost, kept+lost) },
			Says: "This multiplies above the bar. Add the lost rows to the failed ones."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, failed+kept+lost) },
			Says: "The failed rows are counted twice below the bar: kept holds them already."},
		{Answer: func(failed, kept, lost int) float64 {
			return max(worstShare(failed, kept), worstShare(lost, kept+lost))
		},
			Says: "This is the larger of two shares. Add the counts first, and divide once."},
		{Answer: func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 1
			}
			return worstShare(failed+lost, kept+lost)
		}, Says: "Without any rows the share is 1 here. Of no rows none failed: return 0."},
		{Answer: func(failed, kept, lost int) float64 {
			if kept == 0 {
				return 0
			}
			return worstShare(failed+lost, kept+lost)
		}, Says: "If no row was kept the share is 0 here. All of them may have failed, then it is 1: return 0 only where nothing was lost either."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept) },
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1, or infinite."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed) / float64(kept) },
			Says: "This is the share among the rows that were kept. The lost ones may all have failed, and if none was kept it is 0/0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(2*failed+lost, 2*(kept+lost)) },
			Says: "Half of the lost rows count as failed, which is the middle of the range. The upper end counts all of them."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept+lost+1) },
			Says: "The plus one below the bar changes every result. Guard the one case without rows by an if."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed) + worstShare(lost, kept+lost) },
			Says: "Division binds more strongly than addition: put failed + lost into parentheses."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return kept == 0 }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept) }),
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1; and if no row was kept all of the lost ones may have failed."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return kept == 0 }, func(failed, kept, lost int) float64 { return min(1, float64(failed+lost)/float64(kept)) }),
			Says: "kept is taken for the number of all rows. It is that of the rows that were kept: with the lost ones there were kept + lost."},
		{Answer: unlessEmpty(func(failed, _, _ int) bool { return failed == 0 }, highest),
			Says: "Where none of the kept rows failed the share is 0 here. The lost ones may all have failed: count them all the same."},
		{Answer: unlessEmpty(func(_, _, lost int) bool { return lost == 0 }, highest),
			Says: "Where no row was lost the share is 0 here. Then it is that of the rows that were kept."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return min(failed, kept, lost) == 0 }, highest),
			Says: "The share is 0 here if any of the three numbers is. Return 0 only where there are no rows at all: kept + lost is 0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(kept-failed, kept+lost) },
			Says: "This is the share of the rows that did not fail for certain. Those that may have failed are failed + lost."},
		{Answer: unlessEmpty(func(_, kept, lost int) bool { return kept+lost == 0 }, func(failed, kept, lost int) float64 { return float64(1+failed+lost) / float64(kept+lost+1) }),
			Says: "One is added above the line and below, as in the p-value. Here no flow is added: (failed + lost) / (kept + lost)."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(max(failed, lost), kept+lost) },
			Says: "The larger of failed and lost is taken. No row is both, so add the two."},
		{Answer: unlessEmpty(func(failed, kept, _ int) bool { return kept+failed == 0 }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept+failed) }),
			Says: "The failed rows are added below the bar, in the place of the lost ones. kept holds the failed ones already: kept + lost."},
		{Answer: func(failed, kept, lost int) float64 {
			return float64(failed/max(kept+lost, 1)) + worstShare(lost, kept+lost)
		}, Says: "Two ints are divided, failed by the rows, which cuts off the digits after the point. Add the counts first, convert with float64(…), and divide once."},
		{Answer: unlessEmpty(func(failed, kept, _ int) bool { return failed == kept }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept-failed) }),
			Says: "This divides by the rows that did not fail. A share divides by all of them: kept + lost."},
	},
}

const differentWholes = "These are shares of different wholes, which cannot be added. Add the counts first, and divide once."

func highest(failed, kept, lost int) float64 { return worstShare(failed+lost, kept+lost) }

// unlessEmpty returns a function that returns 0 in some cases, and otherwise a share.
func unlessEmpty(empty func(failed, kept, lost int) bool, share func(failed, kept, lost int) float64) func(failed, kept, lost int) float64 {
	return func(failed, kept, lost int) float64 {
		if empty(failed, kept, lost) {
			return 0
		}
		return share(failed, kept, lost)
	}
}

// worstShare returns a share, 0 of nothing.
func worstShare(part, of int) float64 { return float64(part) / float64(max(of, 1)) }

// HighestShare checks a function that returns the highest share, in [0, 1], of
// failed attempts that a log can have had, of which some rows were lost: that of
// the case in which all of these failed. Of no rows it is 0:
//
//	func(failed, kept, lost int) float64
func HighestShare(function any) { exam.Mark(highestShare, function) }
