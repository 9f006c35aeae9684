package check

import (
	"math"
	"slices"

	"flowlab/labkit"
)

func quantileThresholdSlips() []slip {
	type f = func(s []float64, c float64) float64
	place := func(pos func(n, c float64) float64, read func(s []float64, p float64) float64) f {
		return func(s []float64, c float64) float64 {
			p := pos(float64(len(s)), c)
			return read(inOrder(s), min(max(p, 0), float64(len(s)-1)))
		}
	}
	steps := func(n, c float64) float64 { return (1 - c) * (n - 1) }
	between := func(s []float64, p float64) float64 {
		i := int(p)
		if i+1 >= len(s) {
			return s[i]
		}
		return s[i] + (p-float64(i))*(s[i+1]-s[i])
	}
	return []slip{
		{"from the low end", f(func(s []float64, c float64) float64 { return pct(s, 100*c) })},
		{"the score below, not between", place(steps, func(s []float64, p float64) float64 { return s[int(p)] })},
		{"the score above, not between", place(steps, func(s []float64, p float64) float64 { return s[int(math.Ceil(p))] })},
		{"the nearest score", place(steps, func(s []float64, p float64) float64 { return s[int(math.Round(p))] })},
		{"halfway between", place(steps, func(s []float64, p float64) float64 {
			return (s[int(math.Floor(p))] + s[int(math.Ceil(p))]) / 2
		})},
		{"weights swapped", place(steps, func(s []float64, p float64) float64 {
			i := int(p)
			if i+1 >= len(s) {
				return s[i]
			}
			return s[i+1] - (p-float64(i))*(s[i+1]-s[i])
		})},
		{"n for n - 1 steps", place(func(n, c float64) float64 { return (1 - c) * n }, between)},
		{"n + 1 steps", place(func(n, c float64) float64 { return (1-c)*(n+1) - 1 }, between)},
		{"one place too low", place(func(n, c float64) float64 { return (1-c)*(n-1) - 1 }, between)},
		{"contamination of the example", place(func(n, c float64) float64 { return 0.9 * (n - 1) }, between)},
		{"not sorted", f(func(s []float64, c float64) float64 { return between(s, steps(float64(len(s)), c)) })},
		{"sorted from high to low", f(func(s []float64, c float64) float64 { return between(downwards(s), steps(float64(len(s)), c)) })},
		{"sorts the scores themselves", f(func(s []float64, c float64) float64 {
			slices.Sort(s)
			return between(s, steps(float64(len(s)), c))
		})},
		{"a share of the highest score", f(func(s []float64, c float64) float64 { return (1 - c) * slices.Max(s) })},
		{"a share of the range", f(func(s []float64, c float64) float64 {
			return slices.Min(s) + (1-c)*(slices.Max(s)-slices.Min(s))
		})},
		{"0 to 1 taken for 0 to 100", f(func(s []float64, c float64) float64 { return pct(s, 1-c) })},
		{"the median", f(func(s []float64, c float64) float64 { return pct(s, 50) })},
		{"the highest", f(func(s []float64, c float64) float64 { return slices.Max(s) })},
		{"the lowest", f(func(s []float64, c float64) float64 { return slices.Min(s) })},
		{"mean plus two deviations", f(func(s []float64, c float64) float64 { return meanOf(s) + 2*spreadOf(s, 0) })},
		{"the k-th highest", f(func(s []float64, c float64) float64 { return downwards(s)[int(c*float64(len(s)))] })},
		{"the example's answer", f(func(s []float64, c float64) float64 { return 0.82 })},
		{"fails on a single score", f(func(s []float64, c float64) float64 {
			t := inOrder(s)
			p := steps(float64(len(s)), c)
			return t[int(p)] + (p-math.Floor(p))*(t[int(p)+1]-t[int(p)])
		})},
		{"the fraction added, not multiplied", place(steps, func(s []float64, p float64) float64 { return s[int(p)] + (p - math.Floor(p)) })},
		{"the position", f(func(s []float64, c float64) float64 { return steps(float64(len(s)), c) })},
	}
}

func precisionAtKSlips() []slip {
	type f = func(s []float64, l []bool, k int) float64
	cut := func(s []float64, k int) float64 { return downwards(s)[k-1] }
	hits := func(s []float64, l []bool, is func(v float64) bool) float64 {
		n := 0.0
		for i := range s {
			if is(s[i]) && l[i] {
				n++
			}
		}
		return n
	}
	top := func(s []float64, l []bool, k int) float64 {
		return hits(s, l, func(v float64) bool { return v >= cut(s, k) })
	}
	return []slip{
		{"recall at k", f(func(s []float64, l []bool, k int) float64 { return top(s, l, k) / max(1, float64(labkit.CountTrue(l))) })},
		{"of all flows", f(func(s []float64, l []bool, k int) float64 { return top(s, l, k) / float64(len(s)) })},
		{"the number", f(func(s []float64, l []bool, k int) float64 { return top(s, l, k) })},
		{"whole numbers divided", f(func(s []float64, l []bool, k int) float64 { return float64(int(top(s, l, k)) / k) })},
		{"the k lowest", f(func(s []float64, l []bool, k int) float64 {
			t := inOrder(s)[k-1]
			return hits(s, l, func(v float64) bool { return v <= t }) / float64(k)
		})},
		{"one too few", f(func(s []float64, l []bool, k int) float64 {
			return hits(s, l, func(v float64) bool { return v > cut(s, k) }) / float64(k)
		})},
		{"one too many", f(func(s []float64, l []bool, k int) float64 {
			return top(s, l, min(k+1, len(s))) / float64(k)
		})},
		{"at k + 1", f(func(s []float64, l []bool, k int) float64 { return top(s, l, min(k+1, len(s))) / float64(k+1) })},
		{"divided by k + 1", f(func(s []float64, l []bool, k int) float64 { return top(s, l, k) / float64(k+1) })},
		{"the first k labels", f(func(s []float64, l []bool, k int) float64 { return float64(labkit.CountTrue(l[:k])) / float64(k) })},
		{"the first labels for the first k places", f(func(s []float64, l []bool, k int) float64 {
			return float64(labkit.CountTrue(l[len(l)-k:])) / float64(k)
		})},
		{"share of normal flows", f(func(s []float64, l []bool, k int) float64 { return 1 - top(s, l, k)/float64(k) })},
		{"scores above 0.5", f(func(s []float64, l []bool, k int) float64 {
			return hits(s, l, func(v float64) bool { return v > 0.5 }) / float64(k)
		})},
		{"k of 2 always", f(func(s []float64, l []bool, k int) float64 { return top(s, l, min(2, len(s))) / 2 })},
		{"in percent", f(func(s []float64, l []bool, k int) float64 { return 100 * top(s, l, k) / float64(k) })},
		{"attacks of k", f(func(s []float64, l []bool, k int) float64 { return float64(labkit.CountTrue(l)) / float64(k) })},
		{"attacks of all", f(func(s []float64, l []bool, k int) float64 { return float64(labkit.CountTrue(l)) / float64(len(l)) })},
		{"the k-th only", f(func(s []float64, l []bool, k int) float64 {
			return hits(s, l, func(v float64) bool { return v == cut(s, k) })
		})},
		{"accuracy", f(func(s []float64, l []bool, k int) float64 {
			n := 0
			for i := range s {
				if (s[i] >= cut(s, k)) == l[i] {
					n++
				}
			}
			return float64(n) / float64(len(s))
		})},
		{"sorts the scores themselves", f(func(s []float64, l []bool, k int) float64 {
			p := top(s, l, k) / float64(k)
			slices.Sort(s)
			return p
		})},
		{"F1", f(func(s []float64, l []bool, k int) float64 {
			return 2 * top(s, l, k) / float64(k+labkit.CountTrue(l))
		})},
		{"the example's answer", f(func(s []float64, l []bool, k int) float64 { return 0.5 })},
		{"always 1", f(func(s []float64, l []bool, k int) float64 { return 1 })},
		{"the score for the label", f(func(s []float64, l []bool, k int) float64 { return sumOf(downwards(s)[:k]) / float64(k) })},
	}
}

func alertBudgetSlips() []slip {
	type f = func(s []float64, b int) float64
	inf := math.Inf(1)
	return []slip{
		{"one alert too few", f(func(s []float64, b int) float64 {
			switch {
			case b >= len(s):
				return math.Inf(-1)
			case b == 0:
				return slices.Max(s)
			}
			return downwards(s)[b-1]
		})},
		{"one alert too many", f(func(s []float64, b int) float64 {
			if b+1 >= len(s) {
				return math.Inf(-1)
			}
			return downwards(s)[b+1]
		})},
		{"just below the last alert, ties or not", f(func(s []float64, b int) float64 {
			switch {
			case b >= len(s):
				return math.Inf(-1)
			case b == 0:
				return inf
			}
			return math.Nextafter(downwards(s)[b-1], math.Inf(-1))
		})},
		{"no guard for a large budget", f(func(s []float64, b int) float64 { return downwards(s)[b] })},
		{"the lowest score for a large budget", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return slices.Min(s)
			}
			return downwards(s)[b]
		})},
		{"0 for a large budget", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return 0
			}
			return downwards(s)[b]
		})},
		{"nothing flagged for a large budget", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return inf
			}
			return downwards(s)[b]
		})},
		{"everything flagged for no budget", f(func(s []float64, b int) float64 {
			if b >= len(s) || b == 0 {
				return math.Inf(-1)
			}
			return downwards(s)[b]
		})},
		{"0 for no budget", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return math.Inf(-1)
			}
			if b == 0 {
				return 0
			}
			return downwards(s)[b]
		})},
		{"from the low end", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return math.Inf(-1)
			}
			return inOrder(s)[b]
		})},
		{"not sorted", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return math.Inf(-1)
			}
			return s[b]
		})},
		{"sorts the scores themselves", f(func(s []float64, b int) float64 {
			slices.Sort(s)
			if b >= len(s) {
				return math.Inf(-1)
			}
			return s[len(s)-1-b]
		})},
		{"equal scores counted once", f(func(s []float64, b int) float64 {
			d := slices.Compact(downwards(s))
			if b >= len(d) {
				return math.Inf(-1)
			}
			return d[b]
		})},
		{"gives up all on a tie", f(func(s []float64, b int) float64 {
			d := downwards(s)
			if b >= len(s) {
				return math.Inf(-1)
			}
			if b > 0 && d[b] == d[b-1] {
				return inf
			}
			return d[b]
		})},
		{"Threshold with budget over number", f(func(s []float64, b int) float64 {
			return labkit.Must(labkit.Threshold(s, float64(b)/float64(len(s))))
		})},
		{"the budget", f(func(s []float64, b int) float64 { return float64(b) })},
		{"the share", f(func(s []float64, b int) float64 { return float64(b) / float64(len(s)) })},
		{"nothing ever", f(func(s []float64, b int) float64 { return inf })},
		{"everything always", f(func(s []float64, b int) float64 { return math.Inf(-1) })},
		{"the highest", f(func(s []float64, b int) float64 { return slices.Max(s) })},
		{"the median", f(func(s []float64, b int) float64 { return pct(s, 50) })},
		{"the example's answer", f(func(s []float64, b int) float64 { return 0.6 })},
		{"budget of 2 always", f(func(s []float64, b int) float64 {
			if len(s) <= 2 {
				return math.Inf(-1)
			}
			return downwards(s)[2]
		})},
		{"NaN for a large budget", f(func(s []float64, b int) float64 {
			if b >= len(s) {
				return math.NaN()
			}
			return downwards(s)[b]
		})},
	}
}

func falseDiscoveriesSlips() []slip {
	type f = func(p []float64, rate float64) int
	largest := func(under func(v float64, k, m int, rate float64) bool) f {
		return func(p []float64, rate float64) int {
			n := 0
			for i, v := range inOrder(p) {
				if under(v, i+1, len(p), rate) {
					n = i + 1
				}
			}
			return n
		}
	}
	line := func(v float64, k, m int, rate float64) bool { return v <= rate*float64(k)/float64(m) }
	right := largest(line)
	return []slip{
		{"stops at the first above its line", f(func(p []float64, rate float64) int {
			for i, v := range inOrder(p) {
				if !line(v, i+1, len(p), rate) {
					return i
				}
			}
			return len(p)
		})},
		{"counts those under their lines", f(func(p []float64, rate float64) int {
			n := 0
			for i, v := range inOrder(p) {
				if line(v, i+1, len(p), rate) {
					n++
				}
			}
			return n
		})},
		{"the smallest k", f(func(p []float64, rate float64) int {
			for i, v := range inOrder(p) {
				if line(v, i+1, len(p), rate) {
					return i + 1
				}
			}
			return 0
		})},
		{"no correction", f(func(p []float64, rate float64) int { return howMany(p, func(v float64) bool { return v <= rate }) })},
		{"Bonferroni", f(func(p []float64, rate float64) int {
			return howMany(p, func(v float64) bool { return v <= rate/float64(len(p)) })
		})},
		{"below, not at most", largest(func(v float64, k, m int, rate float64) bool { return v < rate*float64(k)/float64(m) })},
		{"above", largest(func(v float64, k, m int, rate float64) bool { return v >= rate*float64(k)/float64(m) })},
		{"k from 0", largest(func(v float64, k, m int, rate float64) bool { return v <= rate*float64(k-1)/float64(m) })},
		{"returns the index", f(func(p []float64, rate float64) int { return max(0, right(p, rate)-1) })},
		{"-1 for none", f(func(p []float64, rate float64) int { return right(p, rate) - 1 })},
		{"one too many", f(func(p []float64, rate float64) int { return right(p, rate) + 1 })},
		{"not divided by m", largest(func(v float64, k, m int, rate float64) bool { return v <= rate*float64(k) })},
		{"divided by m + 1", largest(func(v float64, k, m int, rate float64) bool { return v <= rate*float64(k)/float64(m+1) })},
		{"whole numbers divided", largest(func(v float64, k, m int, rate float64) bool { return v <= rate*float64(k/m) })},
		{"not sorted", f(func(p []float64, rate float64) int {
			n := 0
			for i, v := range p {
				if line(v, i+1, len(p), rate) {
					n = i + 1
				}
			}
			return n
		})},
		{"not sorted, counted", f(func(p []float64, rate float64) int {
			n := 0
			for i, v := range p {
				if line(v, i+1, len(p), rate) {
					n++
				}
			}
			return n
		})},
		{"sorted from high to low", f(func(p []float64, rate float64) int {
			n := 0
			for i, v := range downwards(p) {
				if line(v, i+1, len(p), rate) {
					n = i + 1
				}
			}
			return n
		})},
		{"sorts p itself", f(func(p []float64, rate float64) int { n := right(p, rate); slices.Sort(p); return n })},
		{"Holm", f(func(p []float64, rate float64) int {
			for i, v := range inOrder(p) {
				if v > rate/float64(len(p)-i) {
					return i
				}
			}
			return len(p)
		})},
		{"Benjamini-Yekutieli", largest(func(v float64, k, m int, rate float64) bool {
			h := 0.0
			for i := range m {
				h += 1 / float64(i+1)
			}
			return v <= rate*float64(k)/float64(m)/h
		})},
		{"rate 0.05 always", largest(func(v float64, k, m int, rate float64) bool { return line(v, k, m, 0.05) })},
		{"rate 0.1 always", largest(func(v float64, k, m int, rate float64) bool { return line(v, k, m, 0.1) })},
		{"all", f(func(p []float64, rate float64) int { return len(p) })},
		{"none", f(func(p []float64, rate float64) int { return 0 })},
		{"the example's answer", f(func(p []float64, rate float64) int { return 2 })},
		{"the last is never looked at", f(func(p []float64, rate float64) int {
			n := 0
			for i, v := range inOrder(p)[:max(0, len(p)-1)] {
				if line(v, i+1, len(p), rate) {
					n = i + 1
				}
			}
			return n
		})},
		{"share times number", f(func(p []float64, rate float64) int { return int(rate * float64(len(p))) })},
	}
}

func hourCircleSlips() []slip {
	turn := func(angle func(seconds float64) float64) func(float64) (float64, float64) {
		return func(s float64) (float64, float64) { return math.Sin(angle(s)), math.Cos(angle(s)) }
	}
	right := func(s float64) float64 { return 2 * math.Pi * s / 86400 }
	return []slip{
		{"swapped", func(s float64) (float64, float64) { return math.Cos(right(s)), math.Sin(right(s)) }},
		{"half a turn a day", turn(func(s float64) float64 { return right(s) / 2 })},
		{"degrees", turn(func(s float64) float64 { return 360 * s / 86400 })},
		{"turns for radians", turn(func(s float64) float64 { return s / 86400 })},
		{"the seconds as an angle", turn(func(s float64) float64 { return s })},
		{"hours as an angle", turn(func(s float64) float64 { return math.Mod(s, 86400) / 3600 })},
		{"a turn an hour", turn(func(s float64) float64 { return 2 * math.Pi * s / 3600 })},
		{"a turn in 12 hours", turn(func(s float64) float64 { return 2 * right(s) })},
		{"a turn a minute", turn(func(s float64) float64 { return 2 * math.Pi * s / 60 })},
		{"a turn a week", turn(func(s float64) float64 { return right(s) / 7 })},
		{"a turn a year", turn(func(s float64) float64 { return right(s) / 365 })},
		{"a day of 1,440 seconds", turn(func(s float64) float64 { return 2 * math.Pi * s / 1440 })},
		{"a day of 24 seconds", turn(func(s float64) float64 { return 2 * math.Pi * s / 24 })},
		{"whole hours", turn(func(s float64) float64 { return right(math.Floor(s/3600) * 3600) })},
		{"whole days", turn(func(s float64) float64 { return right(math.Floor(s/86400) * 86400) })},
		{"an hour ahead", turn(func(s float64) float64 { return right(s + 3600) })},
		{"an hour behind", turn(func(s float64) float64 { return right(s - 3600) })},
		{"from noon", turn(func(s float64) float64 { return right(s - 43200) })},
		{"clockwise", turn(func(s float64) float64 { return -right(s) })},
		{"upside down", func(s float64) (float64, float64) { return math.Sin(right(s)), -math.Cos(right(s)) }},
		{"milliseconds", turn(func(s float64) float64 { return right(s / 1000) })},
		{"sine twice", func(s float64) (float64, float64) { return math.Sin(right(s)), math.Sin(right(s)) }},
		{"cosine forgotten", func(s float64) (float64, float64) { return math.Sin(right(s)), 0 }},
		{"the example's answer", func(s float64) (float64, float64) { return 1, 0 }},
		{"from 0 to 1", func(s float64) (float64, float64) { return (math.Sin(right(s)) + 1) / 2, (math.Cos(right(s)) + 1) / 2 }},
		{"a day of 86,399 seconds", turn(func(s float64) float64 { return 2 * math.Pi * math.Mod(s, 86399) / 86399 })},
		{"precedence", turn(func(s float64) float64 { return 2 * math.Pi * math.Mod(s, 86400) })},
		{"3 for π", turn(func(s float64) float64 { return 6 * math.Mod(s, 86400) / 86400 })},
		{"3.14 for π", turn(func(s float64) float64 { return 6.28 * math.Mod(s, 86400) / 86400 })},
	}
}

func gapRegularitySlips() []slip {
	type f = func(g []float64) float64
	from := func(g []float64, m float64) []float64 {
		d := make([]float64, len(g))
		for i, v := range g {
			d[i] = math.Abs(v - m)
		}
		return d
	}
	mad := func(g []float64) float64 { return pct(from(g, pct(g, 50)), 50) }
	return []slip{
		{"mean for median throughout", f(func(g []float64) float64 { return 1 - meanOf(from(g, meanOf(g)))/meanOf(g) })},
		{"mean of the distances", f(func(g []float64) float64 { return 1 - meanOf(from(g, pct(g, 50)))/pct(g, 50) })},
		{"distances from the mean", f(func(g []float64) float64 { return 1 - pct(from(g, meanOf(g)), 50)/pct(g, 50) })},
		{"divided by the mean", f(func(g []float64) float64 { return 1 - mad(g)/meanOf(g) })},
		{"coefficient of variation", f(func(g []float64) float64 { return 1 - spreadOf(g, 0)/meanOf(g) })},
		{"coefficient of variation of the sample", f(func(g []float64) float64 { return 1 - spreadOf(g, 1)/meanOf(g) })},
		{"deviation over median", f(func(g []float64) float64 { return 1 - spreadOf(g, 0)/pct(g, 50) })},
		{"without the 1 −", f(func(g []float64) float64 { return mad(g) / pct(g, 50) })},
		{"the 1 and the quotient swapped", f(func(g []float64) float64 { return mad(g)/pct(g, 50) - 1 })},
		{"plus for minus", f(func(g []float64) float64 { return 1 + mad(g)/pct(g, 50) })},
		{"upside down", f(func(g []float64) float64 { return 1 - pct(g, 50)/mad(g) })},
		{"precedence: (1 − MAD)/median", f(func(g []float64) float64 { return (1 - mad(g)) / pct(g, 50) })},
		{"abs forgotten", f(func(g []float64) float64 {
			d := make([]float64, len(g))
			for i, v := range g {
				d[i] = v - pct(g, 50)
			}
			return 1 - pct(d, 50)/pct(g, 50)
		})},
		{"not divided", f(func(g []float64) float64 { return 1 - mad(g) })},
		{"MAD alone", f(mad)},
		{"MAD scaled by 1.4826", f(func(g []float64) float64 { return 1 - 1.4826*mad(g)/pct(g, 50) })},
		{"IQR for MAD", f(func(g []float64) float64 { return 1 - (pct(g, 75)-pct(g, 25))/pct(g, 50) })},
		{"range for MAD", f(func(g []float64) float64 { return 1 - (slices.Max(g)-slices.Min(g))/pct(g, 50) })},
		{"largest distance", f(func(g []float64) float64 { return 1 - slices.Max(from(g, pct(g, 50)))/pct(g, 50) })},
		{"percentile of 0.5", f(func(g []float64) float64 { m := pct(g, 0.5); return 1 - pct(from(g, m), 0.5)/m })},
		{"differences of neighbours", f(func(g []float64) float64 {
			var d []float64
			for i := 1; i < len(g); i++ {
				d = append(d, math.Abs(g[i]-g[i-1]))
			}
			return 1 - pct(d, 50)/pct(g, 50)
		})},
		{"middle one unsorted", f(func(g []float64) float64 {
			m := g[len(g)/2]
			return 1 - from(g, m)[len(g)/2]/m
		})},
		{"squared distances", f(func(g []float64) float64 {
			d := from(g, pct(g, 50))
			for i := range d {
				d[i] *= d[i]
			}
			return 1 - pct(d, 50)/pct(g, 50)
		})},
		{"root of squared distances, mean", f(func(g []float64) float64 {
			s := 0.0
			for _, d := range from(g, pct(g, 50)) {
				s += d * d
			}
			return 1 - math.Sqrt(s/float64(len(g)))/pct(g, 50)
		})},
		{"the upper of two middles", f(func(g []float64) float64 {
			m := inOrder(g)[len(g)/2]
			return 1 - inOrder(from(g, m))[len(g)/2]/m
		})},
		{"sorts the gaps themselves", f(func(g []float64) float64 { slices.Sort(g); return 1 - mad(g)/pct(g, 50) })},
		{"overwrites the gaps", f(func(g []float64) float64 {
			m := pct(g, 50)
			for i := range g {
				g[i] = math.Abs(g[i] - m)
			}
			return 1 - pct(g, 50)/m
		})},
		{"the example's answer", f(func(g []float64) float64 { return 0.5 })},
	}
}
