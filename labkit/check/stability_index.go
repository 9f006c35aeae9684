package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var stabilityIndex = &exam.Exercise{
	ID:       "stability-index",
	Notebook: "13_operations",
	Section:  "Thursday",
	Title:    "Population stability index",
	Hints: []string{
		"For each bin take two things: by how much its share has grown, and the logarithm of how many times as large it is. What is the sign of their product?",
		"Both signs are the same, so no bin lowers the sum. A share of 0 has no logarithm: take max(share, 0.0001) first, for both.",
		"for i := range then { p, q := max(now[i], 1e-4), max(then[i], 1e-4); sum += (p - q) * math.Log(p/q) }",
	},
	Answer: func(then, now []float64) float64 { return stability(then, now, 1e-4, 1e-4) },
	Params: []string{"then", "now"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.5, 0.5}, []float64{0.5, 0.5}},
			{[]float64{0.5, 0.5}, []float64{0.9, 0.1}},
			{[]float64{0.25, 0.25, 0.25, 0.25}, []float64{0.25, 0.35, 0.2, 0.2}},
			{[]float64{0.2, 0.3, 0.5}, []float64{0.1, 0, 0.9}},                   // a bin that is empty now
			{[]float64{0, 0.4, 0.6}, []float64{0.3, 0.4, 0.3}},                   // and one that was
			{[]float64{0, 0.4, 0.6}, []float64{0, 0.5, 0.5}},                     // and one that is and was
			{[]float64{0.00002, 0.3, 0.69998}, []float64{0.3, 0.69995, 0.00005}}, // nearly empty
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(then, now []float64) float64 { return stability(then, now, 0, 0) },
			Says: "An empty bin has no logarithm, and the sum is infinite, or NaN where both are empty. Take a share below 0.0001 for 0.0001."},
		{Answer: func(then, now []float64) float64 { return stability(then, now, 0, 1e-4) },
			Says: "A share that was 0 then is taken as it is. Take a share below 0.0001 for 0.0001, of both days."},
		{Answer: func(then, now []float64) float64 { return stability(then, now, 1e-4, 0) },
			Says: "A share that is 0 now is taken as it is. Take a share below 0.0001 for 0.0001, of both days."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 {
				if p == 1e-4 || q == 1e-4 {
					return 0
				}
				return (p - q) * math.Log(p/q)
			})
		},
			Says: emptyLeftOut},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 {
				if min(p, q) == 0 {
					return 0
				}
				return change(max(p, 1e-4), max(q, 1e-4))
			})
		},
			Says: emptyLeftOut},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 { return (p - q) * math.Log((p+1e-4)/(q+1e-4)) })
		},
			Says: "0.0001 is added to each share. Only a share below that is to be raised, and to 0.0001: max(share, 0.0001)."},
		{Answer: func(then, now []float64) float64 { return stability(then, now, 1e-3, 1e-3) },
			Says: "An empty bin counts as 0.001 here. It is to count as 0.0001, which is 1e-4."},
		{Answer: func(then, now []float64) float64 { return -stability(then, now, 1e-4, 1e-4) },
			Says: "The sign is turned round: where a share has grown, difference and logarithm are both above 0. Take both as now against then."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return p * math.Log(p/q) })
		},
			Says: "The logarithm is weighted with the new share: that is the relative entropy, in which the days are not equals. The weight here is the difference of the shares."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return q * math.Log(q/p) })
		},
			Says: "The logarithm is weighted with the old share: that is the relative entropy, in which the days are not equals. The weight here is the difference of the shares."},
		{Answer: func(then, now []float64) float64 { return stability(then, now, 1e-4, 1e-4) / math.Ln10 },
			Says: "This takes logarithms to base 10. The limits of 0.1 and 0.25 are for the natural logarithm, math.Log."},
		{Answer: func(then, now []float64) float64 { return stability(then, now, 1e-4, 1e-4) / math.Ln2 },
			Says: "This takes logarithms to base 2. The limits of 0.1 and 0.25 are for the natural logarithm, math.Log."},
		{Answer: func(then, now []float64) float64 {
			return stability(then, now, 1e-4, 1e-4) / float64(len(then))
		},
			Says: "This is the mean over the bins. The index is their sum."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Abs(p - q) })
		},
			Says: "This adds up the differences alone. From 0.01 to 0.11 is a larger change than from 0.5 to 0.6: that is what the logarithm is for."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * (p - q) })
		},
			Says: "These are the squares of the differences. The second factor is the logarithm of the quotient, by which a rare bin counts."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * (p - q) / q })
		},
			Says: "This is chi-square, which is near to the index where shares have hardly moved. The second factor is ln(p/q)."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Abs(math.Log(p / q)) })
		},
			Says: "This adds up the logarithms alone, without their signs. Each is multiplied by the difference of the shares."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Log(p / q) })
		},
			Says: "This adds up the logarithms alone, where growth and loss cancel. Each is multiplied by the difference of the shares."},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 {
				if min(p, q) == 0 {
					return 0
				}
				return change(p, q)
			})
		},
			Says: "Empty bins are left out, and nearly empty ones taken as they are. Take 0.0001 for every share below it."},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 {
				if p == 0 {
					p = 1e-4
				}
				if q == 0 {
					q = 1e-4
				}
				return change(p, q)
			})
		},
			Says: "Only a share of exactly 0 is raised. Every share below 0.0001 is: max(share, 0.0001)."},
		{Answer: func(then, now []float64) float64 {
			return stability(then, now, 1e-5, 1e-5)
		},
			Says: "An empty bin counts as 0.00001 here. It is to count as 0.0001, which is 1e-4."},
		{Answer: func(then, now []float64) float64 {
			return stability(then, now, 0.01, 0.01)
		},
			Says: "An empty bin counts as 0.01 here. It is to count as 0.0001, which is 1e-4."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * math.Log1p(p/q) })
		},
			Says: "This takes the logarithm of one plus the quotient. Where nothing has changed the quotient is 1, and its logarithm has to be 0: math.Log."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * p / q })
		},
			Says: "The logarithm is missing: the second factor is ln(p/q)."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p + q) * math.Log(p/q) })
		},
			Says: "The shares are added. The first factor is their difference."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return p - q })
		},
			Says: "The differences alone cancel: shares add up to 1 on both days. Each is multiplied by ln(p/q)."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return p - q*math.Log(p/q) })
		},
			Says: "Multiplication binds more strongly than subtraction: put the difference into parentheses."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * math.Log(p/q) / 2 })
		},
			Says: "The sum is halved. The index is all of it."},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 { return change(min(p, 1e-4), min(q, 1e-4)) })
		},
			Says: atMost},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 {
				if min(p, q) == 0 {
					return 0
				}
				return change(min(p, 1e-4), min(q, 1e-4))
			})
		},
			Says: atMost},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 { return (p - q) * math.Log(max(p, 1e-4)/max(q, 1e-4)) })
		},
			Says: "The shares are raised in the logarithm, and not in the difference. Raise p and q first, and take both factors of them."},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 {
				if q == 0 {
					return p * math.Log(max(p, 1e-4)/1e-4)
				}
				return (p - q) * math.Log(max(p/q, 1e-4))
			})
		},
			Says: quotientRaised},
		{Answer: func(then, now []float64) float64 {
			return rawBins(then, now, func(p, q float64) float64 { return (p - q) * math.Log(max(p/q, 1e-4)) })
		},
			Says: quotientRaised},
		{Answer: func(then, now []float64) float64 {
			last := len(then) - 1
			return stability(then[last:], now[last:], 1e-4, 1e-4)
		},
			Says: "Only the last bin counts: each overwrites the sum. Add to it: +=, and not =."},
		{Answer: func(then, now []float64) float64 {
			return stability(then[:1], now[:1], 1e-4, 1e-4)
		},
			Says: "Only the first bin counts. Go through all of them, and return behind the loop."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 {
				if p == q {
					return 0
				}
				return (p - q) * math.Log(math.Abs(p-q))
			})
		},
			Says: "This takes the logarithm of the difference. Take that of the quotient: math.Log(p/q)."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * math.Log(p) / math.Log(q) })
		},
			Says: "Two logarithms are divided. Take the logarithm of the quotient: math.Log(p/q)."},
		{Answer: func(then, now []float64) float64 { return stability(raised(then), raised(now), 0, 0) },
			Says: "After they were raised the shares are divided by their sum. Leave them as they are: a share below 0.0001 counts as 0.0001, and the others as themselves."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return max(0, p-q) * math.Log(p/q) })
		},
			Says: "Only the bins that have grown are added. One that has shrunk counts as well: both its factors are below 0, and their product is above."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return max(0, q-p) * math.Log(q/p) })
		},
			Says: "Only the bins that have shrunk are added. One that has grown counts as well."},
		{Answer: func(then, now []float64) float64 {
			for i := range then {
				if min(then[i], now[i]) == 0 {
					return stability(then[:i], now[:i], 1e-4, 1e-4)
				}
			}
			return stability(then, now, 1e-4, 1e-4)
		},
			Says: "An empty bin ends the sum. Take 0.0001 for its share, and go on with the next."},
		{Answer: func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Abs(p-q) * math.Log(p/q) })
		},
			Says: "The difference has lost its sign, so that bins which shrink are subtracted. Leave out math.Abs: the logarithm has the same sign."},
	},
}

const (
	emptyLeftOut   = "Empty bins are left out. A bin that became empty, or was, is the largest change of all: take 0.0001 for its share."
	atMost         = "No share is above 0.0001 here: min takes the smaller of two. A share is raised to at least 0.0001 by max."
	quotientRaised = "It is the quotient that is raised. Raise both shares first, p and q, and divide then."
)

// change is what a bin adds to the index.
func change(p, q float64) float64 { return (p - q) * math.Log(p/q) }

// raised returns shares that are at least 0.0001, divided by their sum.
func raised(shares []float64) []float64 {
	out := slices.Clone(shares)
	for i := range out {
		out[i] = max(out[i], 1e-4)
	}
	sum := sumOf(out)
	for i := range out {
		out[i] /= sum
	}
	return out
}

// rawBins sums what is made of the new and the old share of each bin, as they are.
func rawBins(then, now []float64, of func(p, q float64) float64) float64 {
	sum := 0.0
	for i := range then {
		sum += of(now[i], then[i])
	}
	return sum
}

// stability is the index with a least share for each of the days.
func stability(then, now []float64, leastThen, leastNow float64) float64 {
	return rawBins(then, now, func(p, q float64) float64 { return change(max(p, leastNow), max(q, leastThen)) })
}

// eachBin sums what is made of the new and the old share of each bin.
func eachBin(then, now []float64, of func(p, q float64) float64) float64 {
	return rawBins(then, now, func(p, q float64) float64 { return of(max(p, 1e-4), max(q, 1e-4)) })
}

// StabilityIndex checks a function that returns the population stability index
// Σ (p − q)·ln(p/q) of the shares of a feature in bins, p now and q then. A share
// below 0.0001 counts as 0.0001. The two slices are equally long:
//
//	func(then, now []float64) float64
func StabilityIndex(function any) { exam.Mark(stabilityIndex, function) }
