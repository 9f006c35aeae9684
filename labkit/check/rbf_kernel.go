package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var rbfKernel = &exam.Exercise{
	ID:       "rbf-kernel",
	Notebook: "05_one_class_svm",
	Section:  "The idea on eight points",
	Title:    "Likeness of two rows",
	Hints: []string{
		"bump needs (a - b)², a squared distance. What is the squared distance of two points on a map, and of two points in a room?",
		"Add up the squares of the differences, column by column, in a loop. The sum is the squared distance: no root is needed.",
		"sum += (a[i] - b[i]) * (a[i] - b[i]) in the loop, then return math.Exp(-gamma * sum)",
	},
	Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * squaredDistance(a, b)) },
	Params: []string{"a", "b", "gamma"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{1}, []float64{1.2}, 1.0},
			{[]float64{3, 0}, []float64{0, 4}, 0.1},
			{[]float64{1, 2, 3}, []float64{2, 4, 1}, 0.5},
			{[]float64{0.5, -1, 2}, []float64{0.5, -1, 2}, 2.0}, // a row and itself
			{[]float64{0, 0}, []float64{30, 40}, 0.01},          // nothing in common
			{[]float64{2, 5, 1, 4}, []float64{4, 6, 1, 3}, 0.05},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(gamma * squaredDistance(a, b)) },
			Says: "The minus is missing in the exponent. Without it the likeness grows with the distance."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * math.Sqrt(squaredDistance(a, b)))
		}, Says: "The distance goes into the exponent squared, and you took its root first. Leave the sum of squares as it is."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			sum := differences(a, b, func(d float64) float64 { return d })
			return math.Exp(-gamma * sum * sum)
		}, Says: "The differences are added up before they are squared, so that a difference of +2 in one column and -2 in another cancel. Square each one first."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, math.Abs))
		}, Says: "The differences are added up without being squared."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * squaredDistance(a[:1], b[:1])) },
			Says: "Only the first column counts. Go through all of them: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a, b) / float64(len(a)))
		}, Says: "This takes the mean of the squares. The squared distance is their sum."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-squaredDistance(a, b) / gamma) },
			Says: "The squared distance is divided by gamma. It is multiplied by it: a large gamma makes narrow bumps."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp2(-gamma * squaredDistance(a, b)) },
			Says: "This is 2 to a power. The likeness is e to that power: math.Exp."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Pow(10, -gamma*squaredDistance(a, b)) },
			Says: "This is 10 to a power. The likeness is e to that power: math.Exp."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * gamma * squaredDistance(a, b))
		}, Says: "gamma is squared with the distance. Multiply by it once, after the squares are added up."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-squaredDistance(a, b)) },
			Says: "gamma is not used, or not the parameter of that name."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma) * squaredDistance(a, b) },
			Says: "The squared distance stands outside the exponent: check where the parenthesis of math.Exp closes."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			last := len(a) - 1
			return math.Exp(-gamma * squaredDistance(a[last:], b[last:]))
		}, Says: "Only the last column counts. Add up in the loop: sum += …, and not sum = …."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a[1:], b[1:]))
		}, Says: "The first column is left out. Columns are numbered from 0: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return d }))
		}, Says: "The differences are added up with their signs and never squared."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return 2 * d }))
		}, Says: "The differences are doubled in the place of squared: d*d, or math.Pow(d, 2), is the square. In Go ^ is something else."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p * q }))
		}, Says: "The columns are multiplied with each other. Subtract them, and square the difference."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return (p + q) * (p + q) }))
		}, Says: "The columns are added. A distance is made of their differences: (a[i] - b[i]), squared."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p*p - q*q }))
		}, Says: "Each column is squared before the difference is taken. Take the difference first, and square that."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return differences(a, b, func(d float64) float64 { return math.Exp(-gamma * d * d) })
		}, Says: "The likenesses of the columns are added up, so that it can be above 1. Add up the squares first, and take math.Exp once."},
		{Answer: func(a, b []float64, gamma float64) float64 { return gamma * math.Exp(-squaredDistance(a, b)) },
			Says: "gamma stands outside the exponent. It belongs inside: math.Exp(-gamma * sum)."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-squaredDistance(a, b) / (2 * gamma * gamma))
		}, Says: "This is the same bump with gamma for its width, sigma. Here gamma is a factor: math.Exp(-gamma * sum)."},
		{Answer: func(a, b []float64, gamma float64) float64 { return 1 / (1 + gamma*squaredDistance(a, b)) },
			Says: "This is another likeness, one by one plus the distance. Wanted is the exponential function: math.Exp."},
		{Answer: func(a, b []float64, _ float64) float64 { return squaredDistance(a, b) },
			Says: "This is the squared distance. The likeness is math.Exp of minus gamma times that."},
		{Answer: func(a, b []float64, _ float64) float64 { return math.Sqrt(squaredDistance(a, b)) },
			Says: "This is the distance. The likeness is math.Exp of minus gamma times its square."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			n := min(2, len(a))
			return math.Exp(-gamma * squaredDistance(a[:n], b[:n]))
		},
			Says: "Only the first two columns count. A row may be of any length: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a, b) * squaredDistance(a, b))
		},
			Says: "The sum of squares is squared once more. It is the squared distance already."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			most := 0.0
			for i := range a {
				most = max(most, math.Abs(a[i]-b[i]))
			}
			return math.Exp(-gamma * most * most)
		},
			Says: "Only the column with the largest difference counts. Add up the squares of all columns."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Log(gamma * squaredDistance(a, b)) },
			Says: "This takes a logarithm. The likeness is the exponential function, math.Exp, of minus gamma times the squared distance."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			sum := differences(a, b, math.Abs)
			return math.Exp(-gamma * sum * sum)
		}, Says: "The differences are added up before they are squared. The squared distance is the sum of the squares: square each difference first."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p - q*p - q }))
		}, Says: "Multiplication binds more strongly than subtraction: put both differences into parentheses, (a[i] - b[i]) * (a[i] - b[i])."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return differences(a, b, func(d float64) float64 { return math.Exp(-gamma * d * d) }) / float64(len(a))
		}, Says: "This is the mean of the likenesses of the columns. Add up the squares first, and take math.Exp once."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * (1 + squaredDistance(a, b))) },
			Says: "The sum begins with 1, so that a row is not like itself. Begin with 0."},
	},
}

// RBFKernel checks a function that returns how alike two rows are,
// exp(-gamma · ‖a-b‖²), in [0, 1], where gamma is above 0 and the rows have
// equally many columns, one at least:
//
//	func(a, b []float64, gamma float64) float64
func RBFKernel(function any) { exam.Mark(rbfKernel, function) }

// differences returns the sum of f over the differences of two rows.
func differences(a, b []float64, f func(float64) float64) float64 {
	sum := 0.0
	for i := range a {
		sum += f(a[i] - b[i])
	}
	return sum
}

// byColumn returns the sum of f over the columns of two rows.
func byColumn(a, b []float64, f func(p, q float64) float64) float64 {
	sum := 0.0
	for i := range a {
		sum += f(a[i], b[i])
	}
	return sum
}

// squaredDistance returns ‖a-b‖².
func squaredDistance(a, b []float64) float64 {
	return differences(a, b, func(d float64) float64 { return d * d })
}
