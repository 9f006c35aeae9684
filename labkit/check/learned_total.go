package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

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
