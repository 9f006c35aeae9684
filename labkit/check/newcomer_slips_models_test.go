package check

import (
	"math"
	"math/rand"
	"slices"
)

func isolationSplitSlips() []slip {
	split := func(goes func(v, cut float64) bool) func([]float64, float64) ([]float64, []float64) {
		return func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if goes(v, cut) {
					below = append(below, v)
				} else {
					above = append(above, v)
				}
			}
			return below, above
		}
	}
	right := split(func(v, cut float64) bool { return v <= cut })
	type f = func([]float64, float64) ([]float64, []float64)
	return []slip{
		{"the cut goes above", split(func(v, cut float64) bool { return v < cut })},
		{"swapped", f(func(v []float64, c float64) (a, b []float64) { b, a = right(v, c); return a, b })},
		{"swapped by >", split(func(v, cut float64) bool { return v > cut })},
		{"swapped by >=", split(func(v, cut float64) bool { return v >= cut })},
		{"sorted", f(func(v []float64, c float64) ([]float64, []float64) { return right(inOrder(v), c) })},
		{"sorted in place", f(func(v []float64, c float64) ([]float64, []float64) { slices.Sort(v); return right(v, c) })},
		{"order turned round", f(func(v []float64, c float64) (below, above []float64) {
			w := slices.Clone(v)
			slices.Reverse(w)
			return right(w, c)
		})},
		{"leaves out the cut", f(func(v []float64, c float64) (below, above []float64) {
			below, _ = split(func(v, cut float64) bool { return v < cut })(v, c)
			_, above = right(v, c)
			return below, above
		})},
		{"the cut on both sides", f(func(v []float64, c float64) (below, above []float64) {
			below, _ = right(v, c)
			_, above = split(func(v, cut float64) bool { return v < cut })(v, c)
			return below, above
		})},
		{"above forgotten", f(func(v []float64, c float64) (below, above []float64) { below, _ = right(v, c); return below, nil })},
		{"below forgotten", f(func(v []float64, c float64) (below, above []float64) { _, above = right(v, c); return nil, above })},
		{"nothing", f(func(v []float64, c float64) (below, above []float64) { return nil, nil })},
		{"all below", f(func(v []float64, c float64) (below, above []float64) { return slices.Clone(v), nil })},
		{"all above", f(func(v []float64, c float64) (below, above []float64) { return nil, slices.Clone(v) })},
		{"by whole numbers", split(func(v, cut float64) bool { return int(v) <= int(cut) })},
		{"each value once", f(func(v []float64, c float64) ([]float64, []float64) {
			var seen []float64
			for _, x := range v {
				if !slices.Contains(seen, x) {
					seen = append(seen, x)
				}
			}
			return right(seen, c)
		})},
		{"by the middle, not the cut", f(func(v []float64, c float64) ([]float64, []float64) {
			if len(v) == 0 {
				return nil, nil
			}
			return right(v, (slices.Min(v)+slices.Max(v))/2)
		})},
		{"indices for values", f(func(v []float64, c float64) (below, above []float64) {
			for i := range v {
				if v[i] <= c {
					below = append(below, float64(i))
				} else {
					above = append(above, float64(i))
				}
			}
			return below, above
		})},
		{"overwrites its argument", f(func(v []float64, c float64) (below, above []float64) {
			below = v[:0]
			for _, x := range v {
				if x <= c {
					below = append(below, x)
				} else {
					above = append(above, x)
				}
			}
			return below, above
		})},
		{"the last one on each side only", f(func(v []float64, c float64) (below, above []float64) {
			for _, x := range v {
				if x <= c {
					below = []float64{x}
				} else {
					above = []float64{x}
				}
			}
			return below, above
		})},
		{"leaves out the first", f(func(v []float64, c float64) ([]float64, []float64) { return right(v[min(1, len(v)):], c) })},
		{"leaves out the last", f(func(v []float64, c float64) ([]float64, []float64) { return right(v[:max(0, len(v)-1)], c) })},
		{"at the first value above", f(func(v []float64, c float64) ([]float64, []float64) {
			for i, x := range v {
				if x > c {
					return slices.Clone(v[:i]), slices.Clone(v[i:])
				}
			}
			return slices.Clone(v), nil
		})},
		{"the example's cut", f(func(v []float64, _ float64) ([]float64, []float64) { return right(v, 14) })},
		{"zeros in front: make with a length", f(func(v []float64, c float64) (below, above []float64) {
			b, a := right(v, c)
			return append(make([]float64, len(b)), b...), append(make([]float64, len(a)), a...)
		})},
	}
}

func averagePathSlips() []slip {
	const euler = 0.5772156649
	small := func(formula func(n float64) float64) func(int) float64 {
		return func(n int) float64 {
			switch {
			case n < 2:
				return 0
			case n == 2:
				return 1
			}
			return formula(float64(n))
		}
	}
	right := func(n float64) float64 { return 2*(math.Log(n-1)+euler) - 2*(n-1)/n }
	return []slip{
		{"without Euler's constant", small(func(n float64) float64 { return 2*math.Log(n-1) - 2*(n-1)/n })},
		{"plus for minus", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) + 2*(n-1)/n })},
		{"minus Euler's constant", small(func(n float64) float64 { return 2*(math.Log(n-1)-euler) - 2*(n-1)/n })},
		{"logarithm of n", small(func(n float64) float64 { return 2*(math.Log(n)+euler) - 2*(n-1)/n })},
		{"logarithm of n + 1", small(func(n float64) float64 { return 2*(math.Log(n+1)+euler) - 2*(n-1)/n })},
		{"logarithm to base 2", small(func(n float64) float64 { return 2*(math.Log2(n-1)+euler) - 2*(n-1)/n })},
		{"logarithm to base 10", small(func(n float64) float64 { return 2*(math.Log10(n-1)+euler) - 2*(n-1)/n })},
		{"precedence: 2·ln + γ", small(func(n float64) float64 { return 2*math.Log(n-1) + euler - 2*(n-1)/n })},
		{"the first 2 forgotten", small(func(n float64) float64 { return math.Log(n-1) + euler - 2*(n-1)/n })},
		{"the second 2 forgotten", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) - (n-1)/n })},
		{"the last term forgotten", small(func(n float64) float64 { return 2 * (math.Log(n-1) + euler) })},
		{"precedence: 2n - 1/n", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) - 2*n - 1/n })},
		{"whole numbers divided", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) - float64(2*(int(n)-1)/int(n)) })},
		{"whole numbers divided first", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) - 2*float64((int(n)-1)/int(n)) })},
		{"divided by n - 1", small(func(n float64) float64 { return 2*(math.Log(n-1)+euler) - 2*n/(n-1) })},
		{"no case for few points", func(n int) float64 { return right(float64(n)) }},
		{"no case for two", func(n int) float64 {
			if n < 2 {
				return 0
			}
			return right(float64(n))
		}},
		{"0 for two", func(n int) float64 {
			if n <= 2 {
				return 0
			}
			return right(float64(n))
		}},
		{"1 for one", func(n int) float64 {
			if n <= 2 {
				return 1
			}
			return right(float64(n))
		}},
		{"2 for two", func(n int) float64 {
			if n == 2 {
				return 2
			}
			return small(right)(n)
		}},
		{"no case for none", func(n int) float64 {
			switch n {
			case 1:
				return 0
			case 2:
				return 1
			}
			return right(float64(n))
		}},
		{"π for γ", small(func(n float64) float64 { return 2*(math.Log(n-1)+math.Pi) - 2*(n-1)/n })},
		{"0.5 for γ", small(func(n float64) float64 { return 2*(math.Log(n-1)+0.5) - 2*(n-1)/n })},
		{"e for γ", small(func(n float64) float64 { return 2*(math.Log(n-1)+math.E) - 2*(n-1)/n })},
		{"the balanced tree", small(math.Log2)},
		{"the example's answer", func(int) float64 { return 3.296 }},
		{"the sum instead of the logarithm", small(func(n float64) float64 {
			sum := 0.0
			for i := 1.0; i < n; i++ {
				sum += 1 / i
			}
			return 2*sum - 2*(n-1)/n
		})},
		{"logarithm inside out: ln(n) - 1", small(func(n float64) float64 { return 2*(math.Log(n)-1+euler) - 2*(n-1)/n })},
	}
}

func precisionRecallSlips() []slip {
	both := func(f func(tp, fp, fn float64) (float64, float64)) func(tp, fp, fn int) (float64, float64) {
		return func(tp, fp, fn int) (float64, float64) { return f(float64(tp), float64(fp), float64(fn)) }
	}
	return []slip{
		{"swapped", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fn), tp / (tp + fp) })},
		{"whole numbers divided", func(tp, fp, fn int) (float64, float64) { return float64(tp / (tp + fp)), float64(tp / (tp + fn)) }},
		{"precision twice", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), tp / (tp + fp) })},
		{"recall twice", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fn), tp / (tp + fn) })},
		{"of all flows that were right or wrong", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp + fn), tp / (tp + fp + fn) })},
		{"precision of all three", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp + fn), tp / (tp + fn) })},
		{"recall of all three", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), tp / (tp + fp + fn) })},
		{"in percent", both(func(tp, fp, fn float64) (float64, float64) { return 100 * tp / (tp + fp), 100 * tp / (tp + fn) })},
		{"the false ones' share", both(func(tp, fp, fn float64) (float64, float64) { return fp / (tp + fp), fn / (tp + fn) })},
		{"precision: the false alarms' share", both(func(tp, fp, fn float64) (float64, float64) { return fp / (tp + fp), tp / (tp + fn) })},
		{"recall: the missed ones' share", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), fn / (tp + fn) })},
		{"true to false", both(func(tp, fp, fn float64) (float64, float64) { return tp / fp, tp / fn })},
		{"precedence", both(func(tp, fp, fn float64) (float64, float64) { return tp/tp + fp, tp/tp + fn })},
		{"F1 for recall", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), 2 * tp / (2*tp + fp + fn) })},
		{"recall forgotten", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), 0 })},
		{"precision forgotten", both(func(tp, fp, fn float64) (float64, float64) { return 0, tp / (tp + fn) })},
		{"the example's answer", func(int, int, int) (float64, float64) { return 0.75, 0.3 }},
		{"upside down", both(func(tp, fp, fn float64) (float64, float64) { return (tp + fp) / tp, (tp + fn) / tp })},
		{"differences", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp - fp), tp / (tp - fn) })},
		{"plus one, as in ratios", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp + 1), tp / (tp + fn + 1) })},
		{"precision swaps fp and fn only", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fn), 1 - tp/(tp+fn) })},
		{"of a hundred", both(func(tp, fp, fn float64) (float64, float64) { return tp / (tp + fp), tp / 100 })},
		{"false alarms and misses", both(func(tp, fp, fn float64) (float64, float64) { return tp / (fp + fn), tp / (fp + fn) })},
		{"rounded", both(func(tp, fp, fn float64) (float64, float64) {
			return math.Round(10*tp/(tp+fp)) / 10, math.Round(10*tp/(tp+fn)) / 10
		})},
	}
}

func rbfKernelSlips() []slip {
	square := func(a, b []float64) float64 {
		sum := 0.0
		for i := range a {
			sum += (a[i] - b[i]) * (a[i] - b[i])
		}
		return sum
	}
	type f = func(a, b []float64, g float64) float64
	sum := func(of func(a, b float64) float64) func(a, b []float64) float64 {
		return func(a, b []float64) float64 {
			sum := 0.0
			for i := range a {
				sum += of(a[i], b[i])
			}
			return sum
		}
	}
	kernel := func(d func(a, b []float64) float64) f {
		return func(a, b []float64, g float64) float64 { return math.Exp(-g * d(a, b)) }
	}
	return []slip{
		{"minus forgotten", f(func(a, b []float64, g float64) float64 { return math.Exp(g * square(a, b)) })},
		{"gamma forgotten", f(func(a, b []float64, g float64) float64 { return math.Exp(-square(a, b)) })},
		{"gamma of the example", f(func(a, b []float64, g float64) float64 { return math.Exp(-0.1 * square(a, b)) })},
		{"distance not squared", kernel(func(a, b []float64) float64 { return math.Sqrt(square(a, b)) })},
		{"sum of absolute differences", kernel(sum(func(a, b float64) float64 { return math.Abs(a - b) }))},
		{"sum of differences", kernel(sum(func(a, b float64) float64 { return a - b }))},
		{"square of the sum", kernel(func(a, b []float64) float64 {
			s := sum(func(a, b float64) float64 { return a - b })(a, b)
			return s * s
		})},
		{"mean over the columns", kernel(func(a, b []float64) float64 { return square(a, b) / float64(len(a)) })},
		{"first column only", kernel(func(a, b []float64) float64 { return square(a[:1], b[:1]) })},
		{"last column left out", kernel(func(a, b []float64) float64 { return square(a[:len(a)-1], b[:len(a)-1]) })},
		{"first column left out", kernel(func(a, b []float64) float64 { return square(a[1:], b[1:]) })},
		{"two columns only", kernel(func(a, b []float64) float64 { return square(a[:min(2, len(a))], b[:min(2, len(a))]) })},
		{"largest difference only", kernel(func(a, b []float64) float64 {
			m := 0.0
			for i := range a {
				m = max(m, math.Abs(a[i]-b[i]))
			}
			return m * m
		})},
		{"sums for differences", kernel(sum(func(a, b float64) float64 { return (a + b) * (a + b) }))},
		{"difference of squares", kernel(sum(func(a, b float64) float64 { return a*a - b*b }))},
		{"products", kernel(sum(func(a, b float64) float64 { return a * b }))},
		{"scalar product without exponent", f(func(a, b []float64, g float64) float64 { return sum(func(a, b float64) float64 { return a * b })(a, b) })},
		{"2 for e", f(func(a, b []float64, g float64) float64 { return math.Pow(2, -g*square(a, b)) })},
		{"gamma as a variance", f(func(a, b []float64, g float64) float64 { return math.Exp(-square(a, b) / (2 * g * g)) })},
		{"divided by gamma", f(func(a, b []float64, g float64) float64 { return math.Exp(-square(a, b) / g) })},
		{"gamma squared", f(func(a, b []float64, g float64) float64 { return math.Exp(-g * g * square(a, b)) })},
		{"half of gamma", f(func(a, b []float64, g float64) float64 { return math.Exp(-g * square(a, b) / 2) })},
		{"the exponent alone", f(func(a, b []float64, g float64) float64 { return -g * square(a, b) })},
		{"the squared distance", f(func(a, b []float64, g float64) float64 { return square(a, b) })},
		{"unlikeness", f(func(a, b []float64, g float64) float64 { return 1 - math.Exp(-g*square(a, b)) })},
		{"one over one plus", f(func(a, b []float64, g float64) float64 { return 1 / (1 + g*square(a, b)) })},
		{"squared twice", kernel(func(a, b []float64) float64 { return square(a, b) * square(a, b) })},
		{"changes the row", f(func(a, b []float64, g float64) float64 {
			s := 0.0
			for i := range a {
				a[i] -= b[i]
				s += a[i] * a[i]
			}
			return math.Exp(-g * s)
		})},
		{"the last column only: = for +=", kernel(func(a, b []float64) float64 { return square(a[len(a)-1:], b[len(a)-1:]) })},
		{"returns in the loop", f(func(a, b []float64, g float64) float64 { return math.Exp(-g * square(a[:1], b[:1])) })},
		{"log for exp", f(func(a, b []float64, g float64) float64 { return math.Log(g * square(a, b)) })},
	}
}

func reachDistanceSlips() []slip {
	far := func(p []float64, j int) []float64 {
		var d []float64
		for m := range p {
			if m != j {
				d = append(d, math.Abs(p[m]-p[j]))
			}
		}
		return inOrder(d)
	}
	dist := func(p []float64, i, j int) float64 { return math.Abs(p[i] - p[j]) }
	type f = func(p []float64, i, j, k int) float64
	return []slip{
		{"abs forgotten between the points", f(func(p []float64, i, j, k int) float64 { return max(p[i]-p[j], far(p, j)[k-1]) })},
		{"abs forgotten everywhere", f(func(p []float64, i, j, k int) float64 {
			var d []float64
			for m := range p {
				if m != j {
					d = append(d, p[m]-p[j])
				}
			}
			return max(p[i]-p[j], inOrder(d)[k-1])
		})},
		{"the distance alone", f(func(p []float64, i, j, k int) float64 { return dist(p, i, j) })},
		{"the k-distance alone", f(func(p []float64, i, j, k int) float64 { return far(p, j)[k-1] })},
		{"min for max", f(func(p []float64, i, j, k int) float64 { return min(dist(p, i, j), far(p, j)[k-1]) })},
		{"k-distance of i", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), far(p, i)[k-1]) })},
		{"k-distance of i alone", f(func(p []float64, i, j, k int) float64 { return far(p, i)[k-1] })},
		{"k-distance of both", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), far(p, i)[k-1], far(p, j)[k-1]) })},
		{"the point is its own neighbour", f(func(p []float64, i, j, k int) float64 {
			return max(dist(p, i, j), append([]float64{0}, far(p, j)...)[k-1])
		})},
		{"one neighbour too far", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), far(p, j)[min(k, len(p)-2)]) })},
		{"nearest neighbour", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), far(p, j)[0]) })},
		{"furthest point", f(func(p []float64, i, j, k int) float64 { d := far(p, j); return max(dist(p, i, j), d[len(d)-1]) })},
		{"k of 2 always", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), far(p, j)[min(1, len(p)-2)]) })},
		{"not sorted", f(func(p []float64, i, j, k int) float64 {
			var d []float64
			for m := range p {
				if m != j {
					d = append(d, dist(p, m, j))
				}
			}
			return max(dist(p, i, j), d[k-1])
		})},
		{"sorted from far to near", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), downwards(far(p, j))[k-1]) })},
		{"sorts the points themselves", f(func(p []float64, i, j, k int) float64 {
			a, b := p[i], p[j]
			want := max(math.Abs(a-b), far(p, j)[k-1])
			slices.Sort(p)
			return want
		})},
		{"sorts a copy, and keeps the indices", f(func(p []float64, i, j, k int) float64 { s := inOrder(p); return max(dist(s, i, j), far(s, j)[k-1]) })},
		{"points of the same value left out", f(func(p []float64, i, j, k int) float64 {
			d := slices.DeleteFunc(far(p, j), func(v float64) bool { return v == 0 })
			if len(d) == 0 {
				return dist(p, i, j)
			}
			return max(dist(p, i, j), d[min(k, len(d))-1])
		})},
		{"equal distances counted once", f(func(p []float64, i, j, k int) float64 {
			d := slices.Compact(far(p, j))
			return max(dist(p, i, j), d[min(k, len(d))-1])
		})},
		{"sum", f(func(p []float64, i, j, k int) float64 { return dist(p, i, j) + far(p, j)[k-1] })},
		{"mean distance to the neighbours", f(func(p []float64, i, j, k int) float64 { return max(dist(p, i, j), meanOf(far(p, j)[:k])) })},
		{"squared", f(func(p []float64, i, j, k int) float64 { d := max(dist(p, i, j), far(p, j)[k-1]); return d * d })},
		{"distance of the indices", f(func(p []float64, i, j, k int) float64 { return max(math.Abs(float64(i-j)), far(p, j)[k-1]) })},
		{"the example's answer", f(func(p []float64, i, j, k int) float64 { return 0.15 })},
		{"i left out of the neighbours of j", f(func(p []float64, i, j, k int) float64 {
			var d []float64
			for m := range p {
				if m != j && m != i {
					d = append(d, dist(p, m, j))
				}
			}
			d = inOrder(d)
			if len(d) == 0 {
				return dist(p, i, j)
			}
			return max(dist(p, i, j), d[min(k, len(d))-1])
		})},
	}
}

func fOneSlips() []slip {
	type f = func(p, r float64) float64
	guard := func(g f) f {
		return func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return g(p, r)
		}
	}
	return []slip{
		{"arithmetic mean", f(func(p, r float64) float64 { return (p + r) / 2 })},
		{"geometric mean", f(func(p, r float64) float64 { return math.Sqrt(p * r) })},
		{"no guard", f(func(p, r float64) float64 { return 2 * p * r / (p + r) })},
		{"precedence", guard(func(p, r float64) float64 { return 2*p*r/p + r })},
		{"precedence, unguarded", f(func(p, r float64) float64 { return 2*p*r/p + r })},
		{"the 2 forgotten", guard(func(p, r float64) float64 { return p * r / (p + r) })},
		{"product", f(func(p, r float64) float64 { return p * r })},
		{"twice the product", f(func(p, r float64) float64 { return 2 * p * r })},
		{"the smaller", f(func(p, r float64) float64 { return min(p, r) })},
		{"the larger", f(func(p, r float64) float64 { return max(p, r) })},
		{"1/F1, not F1", guard(func(p, r float64) float64 { return (1/p + 1/r) / 2 })},
		{"inverse of the sum", guard(func(p, r float64) float64 { return 1 / (1/p + 1/r) })},
		{"sum of the inverses", guard(func(p, r float64) float64 { return 1/p + 1/r })},
		{"plus for times", guard(func(p, r float64) float64 { return 2 * (p + r) / (p * r) })},
		{"precision", f(func(p, r float64) float64 { return p })},
		{"recall", f(func(p, r float64) float64 { return r })},
		{"F2", guard(func(p, r float64) float64 { return 5 * p * r / (4*p + r) })},
		{"F0.5", guard(func(p, r float64) float64 { return 1.25 * p * r / (0.25*p + r) })},
		{"1 for nothing found", f(func(p, r float64) float64 {
			if p+r == 0 {
				return 1
			}
			return 2 * p * r / (p + r)
		})},
		{"in percent", guard(func(p, r float64) float64 { return 200 * p * r / (p + r) })},
		{"the example's answer", f(func(p, r float64) float64 { return 0.667 })},
		{"plus one below", f(func(p, r float64) float64 { return 2 * p * r / (p + r + 1) })},
		{"difference below", f(func(p, r float64) float64 {
			if p == r {
				return p
			}
			return 2 * p * r / (p - r)
		})},
		{"rounded", guard(func(p, r float64) float64 { return math.Round(10*2*p*r/(p+r)) / 10 })},
		{"sum", f(func(p, r float64) float64 { return p + r })},
	}
}

func accuracyTrapSlips() []slip {
	flags := func(is func(i, n int) bool) func(int) []bool {
		return func(n int) []bool {
			f := make([]bool, n)
			for i := range f {
				f[i] = is(i, n)
			}
			return f
		}
	}
	return []slip{
		{"all flagged", flags(func(i, n int) bool { return true })},
		{"every other", flags(func(i, n int) bool { return i%2 == 0 })},
		{"every tenth", flags(func(i, n int) bool { return i%10 == 0 })},
		{"the first tenth", flags(func(i, n int) bool { return i < n/10 })},
		{"the last tenth", flags(func(i, n int) bool { return i >= n-n/10 })},
		{"the first half", flags(func(i, n int) bool { return i < n/2 })},
		{"all but the first", flags(func(i, n int) bool { return i > 0 })},
		{"a tenth by chance", func(n int) []bool {
			r := rand.New(rand.NewSource(1))
			f := make([]bool, n)
			for i := range f {
				f[i] = r.Float64() < 0.1
			}
			return f
		}},
		{"a coin", func(n int) []bool {
			r := rand.New(rand.NewSource(1))
			f := make([]bool, n)
			for i := range f {
				f[i] = r.Intn(2) == 0
			}
			return f
		}},
		{"nothing", func(int) []bool { return nil }},
		{"none at all", func(int) []bool { return []bool{} }},
		{"one too few", func(n int) []bool { return make([]bool, n-1) }},
		{"one too many", func(n int) []bool { return make([]bool, n+1) }},
		{"a thousand, whatever is asked", func(int) []bool { return make([]bool, 1000) }},
		{"the example of five", func(int) []bool { return []bool{true, false, false, false, true} }},
		{"a tenth of the flags", func(n int) []bool { return make([]bool, n/10) }},
		{"one flag", func(int) []bool { return make([]bool, 1) }},
		{"capacity for length: appended to make", func(n int) []bool {
			f := make([]bool, n)
			for range n {
				f = append(f, false)
			}
			return f
		}},
		{"every third", flags(func(i, n int) bool { return i%3 == 0 })},
		{"the nine tenths", flags(func(i, n int) bool { return i >= n/10 })},
	}
}

func majorityVoteSlips() []slip {
	by := func(is func(yes, n int) bool) func([]bool) bool {
		return func(v []bool) bool { return is(howMany(v, func(b bool) bool { return b }), len(v)) }
	}
	return []slip{
		{"at least half", by(func(yes, n int) bool { return 2*yes >= n })},
		{"at least half, none of none excluded", by(func(yes, n int) bool { return n > 0 && 2*yes >= n })},
		{"at least half, whole numbers divided", by(func(yes, n int) bool { return yes >= n/2 })},
		{"half rounded up", by(func(yes, n int) bool { return yes >= (n+1)/2 })},
		{"any", by(func(yes, n int) bool { return yes > 0 })},
		{"all", by(func(yes, n int) bool { return yes == n })},
		{"all, and at least one", by(func(yes, n int) bool { return n > 0 && yes == n })},
		{"two of three, whatever the number", by(func(yes, n int) bool { return yes >= 2 })},
		{"more than two", by(func(yes, n int) bool { return yes > 2 })},
		{"more than one and a half", by(func(yes, n int) bool { return float64(yes) > 1.5 })},
		{"the minority", by(func(yes, n int) bool { return 2*yes < n })},
		{"a majority of no", by(func(yes, n int) bool { return 2*(n-yes) > n })},
		{"more than half plus one", by(func(yes, n int) bool { return yes > n/2+1 })},
		{"two more than no", by(func(yes, n int) bool { return yes > n-yes+1 })},
		{"odd number of votes", by(func(yes, n int) bool { return yes%2 == 1 })},
		{"exactly half", by(func(yes, n int) bool { return 2*yes == n })},
		{"always", by(func(yes, n int) bool { return true })},
		{"never", by(func(yes, n int) bool { return false })},
		{"the first vote", func(v []bool) bool { return len(v) > 0 && v[0] }},
		{"the last vote", func(v []bool) bool { return len(v) > 0 && v[len(v)-1] }},
		{"true for no votes", by(func(yes, n int) bool { return n == 0 || 2*yes > n })},
		{"fails on no votes", func(v []bool) bool { n := 100 * howMany(v, func(b bool) bool { return b }) / len(v); return n > 50 }},
		{"two thirds", by(func(yes, n int) bool { return 3*yes >= 2*n && n > 0 })},
		{"percent cut to whole ones, of 51", by(func(yes, n int) bool { return n > 0 && 100*yes/n > 60 })},
		{"the first three votes", func(v []bool) bool {
			return 2*howMany(v[:min(3, len(v))], func(b bool) bool { return b }) > min(3, len(v))
		}},
	}
}
