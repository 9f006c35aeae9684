package check

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"flowlab/labkit"
)

func alertCountSlips() []slip {
	above := func(is func(score, t float64) bool) func([]float64, float64) int {
		return func(scores []float64, t float64) int {
			return howMany(scores, func(s float64) bool { return is(s, t) })
		}
	}
	return []slip{
		{"at or above", above(func(s, t float64) bool { return s >= t })},
		{"below", above(func(s, t float64) bool { return s < t })},
		{"at or below", above(func(s, t float64) bool { return s <= t })},
		{"equal", above(func(s, t float64) bool { return s == t })},
		{"not equal", above(func(s, t float64) bool { return s != t })},
		{"the threshold of the example", above(func(s, _ float64) bool { return s > 0.6 })},
		{"a threshold of 0.5", above(func(s, _ float64) bool { return s > 0.5 })},
		{"cut to whole numbers", above(func(s, t float64) bool { return int(s) > int(t) })},
		{"all", func(s []float64, _ float64) int { return len(s) }},
		{"the example's answer", func([]float64, float64) int { return 2 }},
		{"never counted", func([]float64, float64) int { return 0 }},
		{"counts from 1", func(s []float64, t float64) int { return 1 + howMany(s, func(v float64) bool { return v > t }) }},
		{"leaves out the first", func(s []float64, t float64) int {
			if len(s) == 0 {
				return 0
			}
			return howMany(s[1:], func(v float64) bool { return v > t })
		}},
		{"leaves out the last", func(s []float64, t float64) int {
			if len(s) == 0 {
				return 0
			}
			return howMany(s[:len(s)-1], func(v float64) bool { return v > t })
		}},
		{"returns within the loop", func(s []float64, t float64) int {
			if len(s) > 0 && s[0] > t {
				return 1
			}
			return 0
		}},
		{"returns at the first alert", func(s []float64, t float64) int {
			if howMany(s, func(v float64) bool { return v > t }) > 0 {
				return 1
			}
			return 0
		}},
		{"stops at the first that is not above", func(s []float64, t float64) int {
			for i, v := range s {
				if v <= t {
					return i
				}
			}
			return len(s)
		}},
		{"the index for the score: for score := range", func(s []float64, t float64) int {
			n := 0
			for i := range s {
				if float64(i) > t {
					n++
				}
			}
			return n
		}},
		{"adds the scores", func(s []float64, t float64) int {
			sum := 0.0
			for _, v := range s {
				if v > t {
					sum += v
				}
			}
			return int(sum)
		}},
		{"different scores only", func(s []float64, t float64) int {
			return howMany(slices.Compact(inOrder(s)), func(v float64) bool { return v > t })
		}},
		{"in percent", func(s []float64, t float64) int {
			if len(s) == 0 {
				return 0
			}
			return 100 * howMany(s, func(v float64) bool { return v > t }) / len(s)
		}},
		{"the place of the last alert", func(s []float64, t float64) int {
			last := 0
			for i, v := range s {
				if v > t {
					last = i
				}
			}
			return last
		}},
	}
}

func thirdRunSlips() []slip {
	return slices.Concat(
		constants("the counter goes on from run to run", 16),
		constants("goes on, and counts once a run", 13),
		constants("forgets that count() is called before the print", 11),
		constants("the counter never moves", 10),
		constants("goes on: the second run", 14),
		constants("goes on, counting once in the first run", 15),
		constants("goes on, the fourth run", 18),
		constants("one too many", 17),
		constants("the number of runs", 3),
		constants("counts from 0 and goes on", 6),
		constants("counts from 0", 2),
		constants("0", 0), constants("three times ten", 30), constants("three times eleven", 33),
		constants("three times twelve", 36),
	)
}

func anomalyShareSlips() []slip {
	ones := func(l []int) int { return howMany(l, func(v int) bool { return v == 1 }) }
	n := func(l []int) float64 { return float64(len(l)) }
	return []slip{
		{"divides whole numbers", func(l []int) float64 { return float64(ones(l) / len(l)) }},
		{"the number, not the share", func(l []int) float64 { return float64(ones(l)) }},
		{"the share of 0", func(l []int) float64 { return 1 - float64(ones(l))/n(l) }},
		{"in percent", func(l []int) float64 { return 100 * float64(ones(l)) / n(l) }},
		{"divides by one less", func(l []int) float64 { return float64(ones(l)) / (n(l) - 1) }},
		{"divides by one more", func(l []int) float64 { return float64(ones(l)) / (n(l) + 1) }},
		{"ones to zeros", func(l []int) float64 { return float64(ones(l)) / (n(l) - float64(ones(l))) }},
		{"zeros to ones", func(l []int) float64 { return (n(l) - float64(ones(l))) / float64(ones(l)) }},
		{"upside down", func(l []int) float64 { return n(l) / float64(ones(l)) }},
		{"the example's answer", func([]int) float64 { return 0.25 }},
		{"the share in the notebook", func([]int) float64 { return 0.1 }},
		{"divides by the 1,000 flows of the notebook", func(l []int) float64 { return float64(ones(l)) / 1000 }},
		{"divides by 100", func(l []int) float64 { return float64(ones(l)) / 100 }},
		{"one over the length", func(l []int) float64 { return 1 / n(l) }},
		{"leaves out the first label", func(l []int) float64 { return float64(ones(l[1:])) / n(l) }},
		{"leaves out the last label", func(l []int) float64 { return float64(ones(l[:len(l)-1])) / n(l) }},
		{"the first label alone", func(l []int) float64 { return float64(l[0]) }},
		{"whether there is a 1", func(l []int) float64 { return float64(slices.Max(l)) }},
		{"the index for the label: for label := range", func(l []int) float64 {
			if len(l) > 1 {
				return 1 / n(l)
			}
			return 0
		}},
		{"the number of labels", func(l []int) float64 { return n(l) }},
		{"always 0", func(l []int) float64 { return 0 }},
		{"rounded to one digit", func(l []int) float64 { return math.Round(10*float64(ones(l))/n(l)) / 10 }},
	}
}

func bytesPerSecondSlips() []slip {
	return []slip{
		{"no guard", func(b, s float64) float64 { return b / s }},
		{"multiplies", func(b, s float64) float64 { return b * max(s, 0.001) }},
		{"upside down", func(b, s float64) float64 { return max(s, 0.001) / max(b, 0.001) }},
		{"upside down, unguarded", func(b, s float64) float64 { return s / b }},
		{"0 for short flows", func(b, s float64) float64 {
			if s < 0.001 {
				return 0
			}
			return b / s
		}},
		{"the bytes for short flows", func(b, s float64) float64 {
			if s < 0.001 {
				return b
			}
			return b / s
		}},
		{"guards 0 only", func(b, s float64) float64 {
			if s == 0 {
				return b / 0.001
			}
			return b / s
		}},
		{"adds the millisecond", func(b, s float64) float64 { return b / (s + 0.001) }},
		{"min for max", func(b, s float64) float64 { return b / min(s, 0.001) }},
		{"a second for a millisecond", func(b, s float64) float64 { return b / max(s, 1) }},
		{"a millisecond of 0.01", func(b, s float64) float64 { return b / max(s, 0.01) }},
		{"a microsecond", func(b, s float64) float64 { return b / max(s, 1e-6) }},
		{"a tenth of a millisecond", func(b, s float64) float64 { return b / max(s, 1e-4) }},
		{"bits", func(b, s float64) float64 { return 8 * b / max(s, 0.001) }},
		{"kilobytes", func(b, s float64) float64 { return b / max(s, 0.001) / 1000 }},
		{"takes the seconds for milliseconds", func(b, s float64) float64 { return b / max(s/1000, 0.001) }},
		{"takes milliseconds for seconds", func(b, s float64) float64 { return b / max(1000*s, 0.001) }},
		{"always a millisecond", func(b, s float64) float64 { return b * 1000 }},
		{"whole numbers", func(b, s float64) float64 { return math.Floor(b / max(s, 0.001)) }},
		{"the seconds cut to whole ones", func(b, s float64) float64 { return b / max(math.Floor(s), 0.001) }},
		{"the example's answer", func(b, s float64) float64 { return 1000 }},
		{"plus one, as in ratios", func(b, s float64) float64 { return b / (s + 1) }},
		{"subtracts", func(b, s float64) float64 { return b - s }},
		{"guards up to a millisecond by 1", func(b, s float64) float64 {
			if s < 0.001 {
				s = 1
			}
			return b / s
		}},
	}
}

func bytesRatioSlips() []slip {
	return []slip{
		{"without the one", func(s, r float64) float64 { return s / (s + r) }},
		{"guard by 0, without the one", func(s, r float64) float64 {
			if s+r == 0 {
				return 0
			}
			return s / (s + r)
		}},
		{"the share received", func(s, r float64) float64 { return r / (s + r + 1) }},
		{"sent to received", func(s, r float64) float64 { return s / (r + 1) }},
		{"received to sent", func(s, r float64) float64 { return r / (s + 1) }},
		{"sent to received without the one", func(s, r float64) float64 { return s / r }},
		{"precedence: s/s + r + 1", func(s, r float64) float64 { return s/s + r + 1 }},
		{"precedence: s/(s+r) + 1", func(s, r float64) float64 { return s/(s+r) + 1 }},
		{"one added above as well", func(s, r float64) float64 { return (s + 1) / (s + r + 1) }},
		{"one added on both sides", func(s, r float64) float64 { return s / (s + r + 2) }},
		{"one taken away", func(s, r float64) float64 { return s / (s + r - 1) }},
		{"in percent", func(s, r float64) float64 { return 100 * s / (s + r + 1) }},
		{"upside down", func(s, r float64) float64 { return (s + r + 1) / s }},
		{"the example's answer", func(s, r float64) float64 { return 400.0 / 2001 }},
		{"the total", func(s, r float64) float64 { return s + r + 1 }},
		{"whole numbers", func(s, r float64) float64 { return float64(int(s) / (int(s) + int(r) + 1)) }},
		{"the guard of rates", func(s, r float64) float64 { return s / max(s+r, 0.001) }},
		{"at least 1 instead of plus 1", func(s, r float64) float64 { return s / max(s+r, 1) }},
		{"a millisecond instead of 1", func(s, r float64) float64 { return s / (s + r + 0.001) }},
		{"difference", func(s, r float64) float64 { return (s - r) / (s + r + 1) }},
		{"product", func(s, r float64) float64 { return s / (s*r + 1) }},
		{"1 for no bytes", func(s, r float64) float64 {
			if s+r == 0 {
				return 1
			}
			return s / (s + r + 1)
		}},
		{"rounded", func(s, r float64) float64 { return math.Round(10000*s/(s+r+1)) / 10000 }},
	}
}

func wellKnownPortSlips() []slip {
	return []slip{
		{"1024 as well", func(p int) bool { return p >= 0 && p <= 1024 }},
		{"below 1023", func(p int) bool { return p >= 0 && p < 1023 }},
		{"without 0", func(p int) bool { return p > 0 && p <= 1023 }},
		{"the others", func(p int) bool { return p > 1023 }},
		{"below 1000", func(p int) bool { return p >= 0 && p < 1000 }},
		{"registered ports too", func(p int) bool { return p >= 0 && p <= 49151 }},
		{"registered ports only", func(p int) bool { return p >= 1024 && p <= 49151 }},
		{"below 8080", func(p int) bool { return p >= 0 && p < 8080 }},
		{"443 only", func(p int) bool { return p == 443 }},
		{"80 and 443", func(p int) bool { return p == 80 || p == 443 }},
		{"a list of known services", func(p int) bool { return slices.Contains([]int{20, 21, 22, 23, 25, 53, 80, 110, 143, 443}, p) }},
		{"a list with 8080 and 3389", func(p int) bool { return slices.Contains([]int{22, 53, 80, 443, 3389, 8080}, p) }},
		{"always", func(int) bool { return true }},
		{"never", func(int) bool { return false }},
		{"or for and", func(p int) bool { return p >= 0 || p <= 1023 }},
		{"all but 8080", func(p int) bool { return p != 8080 }},
		{"up to 255", func(p int) bool { return p >= 0 && p <= 255 }},
		{"up to 512", func(p int) bool { return p >= 0 && p <= 512 }},
		{"up to 443", func(p int) bool { return p >= 0 && p <= 443 }},
		{"the bounds excluded", func(p int) bool { return p > 0 && p < 1023 }},
	}
}

func typicalFlowSlips() []slip {
	return []slip{
		{"the mean", meanOf},
		{"the first", func(r []float64) float64 { return r[0] }},
		{"the last", func(r []float64) float64 { return r[len(r)-1] }},
		{"the middle one, unsorted", func(r []float64) float64 { return r[len(r)/2] }},
		{"the largest", func(r []float64) float64 { return slices.Max(r) }},
		{"the smallest", func(r []float64) float64 { return slices.Min(r) }},
		{"halfway between smallest and largest", func(r []float64) float64 { return (slices.Min(r) + slices.Max(r)) / 2 }},
		{"one above the middle", func(r []float64) float64 { return inOrder(r)[min(len(r)/2+1, len(r)-1)] }},
		{"one below the middle", func(r []float64) float64 { return inOrder(r)[max(len(r)/2-1, 0)] }},
		{"the mean of two, with an odd number too", func(r []float64) float64 {
			s := inOrder(r)
			return (s[max(len(s)/2-1, 0)] + s[len(s)/2]) / 2
		}},
		{"geometric mean", func(r []float64) float64 {
			sum := 0.0
			for _, v := range r {
				sum += math.Log(v)
			}
			return math.Exp(sum / float64(len(r)))
		}},
		{"harmonic mean", func(r []float64) float64 {
			sum := 0.0
			for _, v := range r {
				sum += 1 / v
			}
			return float64(len(r)) / sum
		}},
		{"sorts the list itself", func(r []float64) float64 { slices.Sort(r); return r[len(r)/2] }},
		{"upper quartile", func(r []float64) float64 { return pct(r, 75) }},
		{"lower quartile", func(r []float64) float64 { return pct(r, 25) }},
		{"0.5 per cent", func(r []float64) float64 { return pct(r, 0.5) }},
		{"the 90th percentile", func(r []float64) float64 { return pct(r, 90) }},
		{"the sum", sumOf},
		{"the example's answer", func([]float64) float64 { return 3000 }},
		{"two middles added, not halved", func(r []float64) float64 {
			s := inOrder(r)
			if len(s)%2 == 0 {
				return s[len(s)/2-1] + s[len(s)/2]
			}
			return s[len(s)/2]
		}},
		{"mean of all but smallest and largest", func(r []float64) float64 {
			if len(r) < 3 {
				return meanOf(r)
			}
			return meanOf(inOrder(r)[1 : len(r)-1])
		}},
		{"the spread", func(r []float64) float64 { return spreadOf(r, 0) }},
		{"the middle index", func(r []float64) float64 { return float64(len(r) / 2) }},
		{"the commonest", func(r []float64) float64 {
			return slices.MaxFunc(r, func(a, b float64) int {
				return cmp.Compare(howMany(r, func(v float64) bool { return v == a }), howMany(r, func(v float64) bool { return v == b }))
			})
		}},
	}
}

func robustScaleSlips() []slip {
	iqr := func(v []float64) float64 { return pct(v, 75) - pct(v, 25) }
	one := func(s float64) float64 {
		if s == 0 {
			return 1
		}
		return s
	}
	type f = func([]float64, float64) float64
	return []slip{
		{"mean for median", f(func(x []float64, v float64) float64 { return (v - meanOf(x)) / one(iqr(x)) })},
		{"standard deviation for IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(spreadOf(x, 0)) })},
		{"deviation of the sample", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(spreadOf(x, 1)) })},
		{"StandardScaler", f(func(x []float64, v float64) float64 { return (v - meanOf(x)) / one(spreadOf(x, 0)) })},
		{"StandardScaler of the sample", f(func(x []float64, v float64) float64 { return (v - meanOf(x)) / one(spreadOf(x, 1)) })},
		{"no guard", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / iqr(x) })},
		{"0 for an IQR of 0", f(func(x []float64, v float64) float64 {
			if iqr(x) == 0 {
				return 0
			}
			return (v - pct(x, 50)) / iqr(x)
		})},
		{"v for an IQR of 0", f(func(x []float64, v float64) float64 {
			if iqr(x) == 0 {
				return v
			}
			return (v - pct(x, 50)) / iqr(x)
		})},
		{"1 for an IQR of 0", f(func(x []float64, v float64) float64 {
			if iqr(x) == 0 {
				return 1
			}
			return (v - pct(x, 50)) / iqr(x)
		})},
		{"upper quartile for IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(pct(x, 75)) })},
		{"lower quartile for IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(pct(x, 25)) })},
		{"quartiles swapped", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(-iqr(x)) })},
		{"not centred", f(func(x []float64, v float64) float64 { return v / one(iqr(x)) })},
		{"not scaled", f(func(x []float64, v float64) float64 { return v - pct(x, 50) })},
		{"the distance without its sign", f(func(x []float64, v float64) float64 { return math.Abs(v-pct(x, 50)) / one(iqr(x)) })},
		{"median minus v", f(func(x []float64, v float64) float64 { return (pct(x, 50) - v) / one(iqr(x)) })},
		{"range for IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(slices.Max(x)-slices.Min(x)) })},
		{"from 0 to 1", f(func(x []float64, v float64) float64 { return (v - slices.Min(x)) / one(slices.Max(x)-slices.Min(x)) })},
		{"multiplied by the IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) * one(iqr(x)) })},
		{"IQR plus one", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / (iqr(x) + 1) })},
		{"at least 1", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / max(iqr(x), 1) })},
		{"percentiles of 0.25 and 0.75", f(func(x []float64, v float64) float64 { return (v - pct(x, 0.5)) / one(pct(x, 0.75)-pct(x, 0.25)) })},
		{"from the 10th to the 90th percentile", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(pct(x, 90)-pct(x, 10)) })},
		{"precedence", f(func(x []float64, v float64) float64 { return v - pct(x, 50)/one(iqr(x)) })},
		{"middle one unsorted", f(func(x []float64, v float64) float64 { return (v - x[len(x)/2]) / one(iqr(x)) })},
		{"half the IQR", f(func(x []float64, v float64) float64 { return (v - pct(x, 50)) / one(iqr(x)/2) })},
		{"from the lower quartile", f(func(x []float64, v float64) float64 { return (v - pct(x, 25)) / one(iqr(x)) })},
	}
}

func logColumnsSlips() []slip {
	right := []string{"bytes_per_second", "packets_per_second", "bytes_per_packet", "duration"}
	list := func(is string, names ...string) slip { return slip{is, func() []string { return slices.Clone(names) }} }
	all := []slip{
		list("all eight", labkit.FeatureColumns...),
		list("none"),
		slip{"nil", func() []string { return nil }},
		list("the flags", "is_well_known_port", "is_suspicious_port"),
		list("the ratios", "bytes_ratio", "packets_ratio"),
		list("ratios as well", append(slices.Clone(right), "bytes_ratio", "packets_ratio")...),
		list("flags as well", append(slices.Clone(right), "is_well_known_port", "is_suspicious_port")...),
		list("one ratio as well", append(slices.Clone(right), "bytes_ratio")...),
		list("the counts they are made of", "bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration"),
		list("counts as well", append(slices.Clone(right), "bytes_sent")...),
		list("names of the new columns", "log_bytes_per_second", "log_packets_per_second", "log_bytes_per_packet", "log_duration"),
		list("in one string", strings.Join(right, ", ")),
		list("misspelt", "byte_per_second", "packets_per_second", "bytes_per_packet", "duration"),
		list("capitals", "Bytes_per_second", "Packets_per_second", "Bytes_per_packet", "Duration"),
		list("with spaces", "bytes per second", "packets per second", "bytes per packet", "duration"),
		list("only the one with the longest tail", "bytes_per_second"),
		list("the others", "bytes_ratio", "packets_ratio", "is_well_known_port", "is_suspicious_port"),
		list("the label too", append(slices.Clone(right), "label")...),
		list("the port too", append(slices.Clone(right), "dst_port")...),
	}
	for i, name := range right {
		all = append(all, list("without "+name, slices.Delete(slices.Clone(right), i, i+1)...))
	}
	return all
}
