package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var averagePath = &exam.Exercise{
	ID:       "average-path",
	Notebook: "04_isolation_forest",
	Section:  "The idea on eight points",
	Title:    "Mean path length",
	Hints: []string{
		"First let the small n return, with an if each or a switch. What is left is the formula.",
		"Make a float64 of n - 1 before you compute with it: m := float64(n - 1). math.Log is the natural logarithm.",
		"return 2*(math.Log(m)+0.5772156649) - 2*m/float64(n), after n <= 1 has returned 0 and n == 2 has returned 1",
	},
	Answer: smallBeside(pathFormula),
	Params: []string{"n"},
	Cases: func() []exam.Input {
		return []exam.Input{{256}, {8}, {3}, {2}, {1}, {0}, {1000}}
	},
	Mistakes: []exam.Mistake{
		{Answer: pathFormula, Says: "The formula is for n above 2. One point alone needs no cut, so c(1) and c(0) are 0, and two points need one, so c(2) is 1."},
		{Answer: func(n int) float64 {
			if n <= 1 {
				return 0
			}
			return pathFormula(n)
		}, Says: "Two points are apart after one cut, so c(2) is 1. The formula approximates a sum, badly for so small an n: it gives 0.15."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return 0
			}
			return pathFormula(n)
		}, Says: "Two points still have to be parted, by one cut: c(2) is 1."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return 1
			}
			return pathFormula(n)
		}, Says: "A point alone needs no cut: c(1) is 0, and so is c(0)."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.5772) - 2*float64(n-1)/float64(n)
		}), Says: "Four digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm of n: want that of n - 1."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log2(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm to base 2. In the formula it is the natural one, math.Log."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log10(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm to base 10. In the formula it is the natural one, math.Log."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)) + euler - 2*float64(n-1)/float64(n)
		}), Says: "The 2 belongs to the logarithm and to Euler's constant: put their sum into parentheses."},
		{Answer: smallBeside(func(n int) float64 {
			return 2 * (math.Log(float64(n-1)) + euler)
		}), Says: "The second term, 2(n-1)/n, counts as 0. Is it there? (n-1)/n with whole numbers is 0: convert before you divide."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - float64(2*(n-1)/n)
		}), Says: "The second term, 2(n-1)/n, counts as 1, because two whole numbers are divided and the digits after the point are cut off. Convert both with float64(…) before dividing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - float64(n-1)/float64(n)
		}), Says: "The second term is 2(n-1)/n: its 2 is missing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant, 0.5772156649, is missing: add it to the logarithm before doubling."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) + 2*float64(n-1)/float64(n)
		}), Says: "The second term, 2(n-1)/n, is added. Subtract it."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))-euler) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant is subtracted. Add it to the logarithm."},
		{Answer: smallBeside(func(n int) float64 {
			return math.Log(float64(n-1)) + euler - 2*float64(n-1)/float64(n)
		}), Says: "The factor 2 before the logarithm is missing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - 2*float64(n)/float64(n-1)
		}), Says: "The fraction of the second term is upside down: want 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return math.Log(float64(n-1)) + euler
		}), Says: "This approximates a sum of 1/i up to n-1. c(n) is twice that, minus 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*harmonic(n-1) - 2*float64(n-1)/float64(n)
		}), Says: "This adds up 1 + 1/2 + 1/3 + …, which is exact. The paper, and every forest since, has ln(n-1) + 0.5772156649 in its place, which saves the loop."},
		{Answer: func(n int) float64 { return float64(n) / 2 },
			Says: "This is half of n. A tree halves the points with each cut, so that the path grows with the logarithm of n: take the formula."},
		{Answer: smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+euler) - 2*float64(n)/float64(n) }),
			Says: "The second term is 2 here, as n stands above and below the bar: want 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)+euler) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant stands inside the logarithm: its parenthesis closes too late. Add the constant to the logarithm."},
		{Answer: smallBeside(func(n int) float64 {
			return (2*(math.Log(float64(n-1))+euler) - 2*float64(n-1)) / float64(n)
		}), Says: "The whole formula is divided by n. Only 2(n-1) is: leave the parenthesis around both terms out."},
		{Answer: smallBeside(func(n int) float64 {
			return 2 * (math.Log(float64(n-1)) + euler - 2*float64(n-1)) / float64(n)
		}), Says: "The whole formula is divided by n. Only 2(n-1) is: check where the parentheses close."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.577) - 2*float64(n-1)/float64(n)
		}), Says: "Three digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.57) - 2*float64(n-1)/float64(n)
		}), Says: "Two digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+math.E) - 2*float64(n-1)/float64(n)
		}), Says: "math.E is Euler's number, 2.718…. Wanted is the other constant that has his name, 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n+1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm of n + 1: want that of n - 1."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - 2*(float64(n)-1/float64(n))
		}), Says: "Division binds more strongly than subtraction: put n - 1 above the bar into parentheses."},
		{Answer: func(n int) float64 {
			if n == 2 {
				return 2
			}
			return meanPath(n, 0.5772156649)
		},
			Says: "Two points are parted by one cut: c(2) is 1."},
		{Answer: func(n int) float64 { return meanPath(n, math.Pi) },
			Says: "math.Pi stands in the place of Euler's constant, 0.5772156649, which has the sign γ."},
		{Answer: func(n int) float64 { return meanPath(n, 0.5) },
			Says: "0.5 is too coarse for Euler's constant, 0.5772156649."},
		{Answer: func(n int) float64 {
			if n < 2 {
				return 0
			}
			return math.Log2(float64(n))
		}, Says: "This is the height of a balanced tree, log2 of n. The trees of the forest are cut at random and are deeper: take the formula."},
		{Answer: func(n int) float64 { return meanPath(n, 0.58) },
			Says: "Two digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: func(n int) float64 {
			if n == 3 {
				return 1
			}
			return meanPath(n, euler)
		}, Says: "c(3) is 1 here, like c(2). The formula holds for every n above 2: does the condition say n <= 3?"},
		{Answer: func(n int) float64 {
			if n == 1 || n == 2 {
				return float64(2 - n)
			}
			return meanPath(n, euler)
		}, Says: "The results for 1 and 2 have changed places: one point alone needs no cut, two points need one."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return float64(n - 1)
			}
			return pathFormula(n)
		}, Says: "n - 1 is -1 where there is no point. c(0) is 0, like c(1)."},
		{Answer: func(n int) float64 {
			if n == 1 {
				return 1
			}
			return meanPath(n, euler)
		}, Says: "A point alone takes one cut here. It needs none: c(1) is 0."},
		{Answer: func(n int) float64 {
			if n == 1 || n == 2 {
				return float64(n - 1)
			}
			return pathFormula(n)
		}, Says: "n = 0 falls into the formula, where the logarithm of -1 is NaN. c(0) is 0: write n <= 1."},
	},
}

// smallBeside returns c(n) where a formula gives it for n above 2.
func smallBeside(formula func(n int) float64) func(n int) float64 {
	return func(n int) float64 {
		if n <= 2 {
			return float64(max(n-1, 0))
		}
		return formula(n)
	}
}

func pathFormula(n int) float64 {
	return 2*(math.Log(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
}

// harmonic returns 1 + 1/2 + … + 1/n.
func harmonic(n int) float64 {
	sum := 0.0
	for i := range n {
		sum += 1 / float64(i+1)
	}
	return sum
}

// meanPath is c(n) with another constant in the place of Euler's.
func meanPath(n int, constant float64) float64 {
	if n < 3 {
		return float64(max(n-1, 0))
	}
	return 2*(math.Log(float64(n-1))+constant) - 2*float64(n-1)/float64(n)
}

// AveragePath checks a function that returns c(n), the mean number of cuts that
// a search in a random binary tree of n points takes: 0 for n up to 1, 1 for 2,
// and above that what section 2 of Liu, Ting and Zhou, Isolation Forest, gives:
//
//	func(n int) float64
func AveragePath(function any) { exam.Mark(averagePath, function) }
