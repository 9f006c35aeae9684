package check

import (
	"slices"

	"flowlab/labkit/internal/exam"
)

var isolationSplit = &exam.Exercise{
	ID:       "isolation-split",
	Notebook: "04_isolation_forest",
	Section:  "The idea on eight points",
	Title:    "One cut",
	Hints: []string{
		"Walk over the values with for _, v := range values, and decide for each on which side it belongs.",
		"Both results are slices that begin empty: below = append(below, v) puts a value at the end.",
		"if v <= cut { below = append(below, v) } else { above = append(above, v) }",
	},
	Answer: func(values []float64, cut float64) (below, above []float64) {
		return halfWhere(values, func(v float64) bool { return v <= cut }),
			halfWhere(values, func(v float64) bool { return v > cut })
	},
	Params: []string{"values", "cut"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{11, 40, 12.5, 16, 13}, 20.0},
			{[]float64{15, 12, 14, 11}, 14.0}, // a value at the cut
			{[]float64{5, 7, 5, 9, 5, 4}, 5.0},
			{[]float64{3, 1, 2}, 3.0}, // the largest value at the cut
			{[]float64{8, -3, 0, 8, -1}, -1.5},
			{[]float64{7}, 2.0},
			{[]float64{}, 1.0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v < cut }),
				halfWhere(values, func(v float64) bool { return v >= cut })
		}, Says: "A value equal to the cut belongs below: v <= cut. You put it above."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v < cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "A value equal to the cut is in neither half, and would vanish from the tree. It belongs below."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v >= cut })
		}, Says: "A value equal to the cut is in both halves. It belongs below alone."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			values = slices.Sorted(slices.Values(values))
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The halves are right, but sorted. Leave the values in the order in which they came: a cut needs no sorting, which would be the most expensive part of it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for i, v := range values {
				if v <= cut {
					below = append(below, float64(i))
				} else {
					above = append(above, float64(i))
				}
			}
			return below, above
		}, Says: "These are the numbers of the elements. In for i, v := range values the value is v; write for _, v if you do not need i."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			values = slices.Clone(values)
			slices.Reverse(values)
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The halves are right, and in reversed order: each value is put before the ones that came earlier. below = append(below, v) puts it behind them."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v-cut)
				} else {
					above = append(above, v-cut)
				}
			}
			return below, above
		}, Says: "These are the distances from the cut. Put the values themselves into the halves."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			i := min(max(int(cut), 0), len(values))
			return values[:i], values[i:]
		}, Says: "The cut is taken for an index. It is a value: compare each v with it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for i, v := range values {
				if v > cut {
					return values[:i], values[i:]
				}
			}
			return values, nil
		}, Says: "The list is cut in two at the first value above the cut. Values behind it may be below again, as the list is not sorted: decide for each."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			i := slices.Index(values, cut)
			return values[:i+1], values[i+1:]
		}, Says: "The list is cut in two where the cut stands in it. It need not stand there, and the list is not sorted: compare each value with it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v <= cut }), values
		}, Says: "below is right, and above has all values. An else is missing: only what is not below goes above."},
		{Answer: func(values []float64, _ float64) (below, above []float64) { return values, nil },
			Says: "All values are below, whatever the cut is. Those above it go to above: does its append name below?"},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				} else {
					above = append(below, v)
				}
			}
			return below, above
		}, Says: "above = append(below, v) continues the other slice. Write above = append(above, v)."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				} else {
					below = append(above, v)
				}
			}
			return below, above
		}, Says: "below = append(above, v) puts the result into the other slice. Write above = append(above, v)."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			first := values[:min(1, len(values))]
			return halfWhere(first, func(v float64) bool { return v <= cut }), halfWhere(first, func(v float64) bool { return v > cut })
		}, Says: "Only the first value is looked at. Does the return stand inside the loop? Put it behind the brace that closes it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			zeros := make([]float64, len(values))
			return append(slices.Clone(zeros), halfWhere(values, func(v float64) bool { return v <= cut })...),
				append(zeros, halfWhere(values, func(v float64) bool { return v > cut })...)
		}, Says: "Both halves begin with zeros: make with a length fills them in, and append goes on behind. Begin with empty slices, var below []float64."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			below, above = make([]float64, len(values)), make([]float64, len(values))
			for i, v := range values {
				if v <= cut {
					below[i] = v
				} else {
					above[i] = v
				}
			}
			return below, above
		}, Says: "Both halves are as long as values, with a 0 where a value went to the other. Begin with empty slices, and append."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return append([]float64{cut}, halfWhere(values, func(v float64) bool { return v < cut })...),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The cut is put among the values below. It is where the values are parted: only they go into the halves."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return once(halfWhere(values, func(v float64) bool { return v <= cut })),
				once(halfWhere(values, func(v float64) bool { return v > cut }))
		}, Says: "Equal values are kept once. Each is a point of its own: keep all of them."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = []float64{v}
				} else {
					above = []float64{v}
				}
			}
			return below, above
		}, Says: "Only the last value of each half is left, as the slice is made anew for each. below = append(below, v) keeps the earlier ones."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return int(v) <= int(cut) }),
				halfWhere(values, func(v float64) bool { return int(v) > int(cut) })
		}, Says: "The digits after the point are cut off before the comparison. Compare the float64s as they are."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			if i := slices.Index(values, cut); i >= 0 {
				values = values[:i+1]
			}
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The loop ends at a value that equals the cut. It belongs below, and the loop goes on: leave the break out."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			if len(values) == 0 {
				return nil, nil
			}
			low, high := slices.Min(values), slices.Max(values)
			at := low + cut*(high-low)
			return halfWhere(values, func(v float64) bool { return v <= at }), halfWhere(values, func(v float64) bool { return v > at })
		}, Says: "The cut is taken for a share of the range of the values. It is a value itself: compare v with cut."},
	},
}

// halfWhere returns the values for which the condition holds, in their order.
func halfWhere(values []float64, holds func(float64) bool) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !holds(v) })
}

// once returns the values in their order, equal ones once.
func once(values []float64) []float64 {
	var kept []float64
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// IsolationSplit checks a function that divides values at a cut: those up to
// and including it are below, the others above, each in the order in which they
// came. Either side may be empty:
//
//	func(values []float64, cut float64) (below, above []float64)
func IsolationSplit(function any) { exam.Mark(isolationSplit, function) }

const euler = 0.5772156649015329
