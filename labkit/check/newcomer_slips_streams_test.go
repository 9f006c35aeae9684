package check

import (
	"math"
	"slices"
	"strings"
)

func windowStartsSlips() []slip {
	type f = func(at, size, slide float64) []float64
	starts := func(t, size, slide float64) []float64 {
		var s []float64
		for w := math.Floor(t/slide) * slide; w > t-size; w -= slide {
			s = append(s, w)
		}
		slices.Reverse(s)
		return s
	}
	each := func(change func(w, t, size, slide float64) float64) f {
		return func(t, size, slide float64) []float64 {
			s := starts(t, size, slide)
			for i := range s {
				s[i] = change(s[i], t, size, slide)
			}
			return s
		}
	}
	return []slip{
		{"the latest first", f(func(t, size, slide float64) []float64 { s := starts(t, size, slide); slices.Reverse(s); return s })},
		{"the window that is over as well", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := math.Floor(t/slide) * slide; w >= t-size-slide; w -= slide {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"windows hold their end", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := math.Floor(t/slide) * slide; w >= t-size; w -= slide {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"windows do not hold their start", f(func(t, size, slide float64) []float64 {
			s := starts(t, size, slide)
			return slices.DeleteFunc(s, func(w float64) bool { return w == t })
		})},
		{"the last window only", f(func(t, size, slide float64) []float64 { return []float64{math.Floor(t/slide) * slide} })},
		{"the first window only", f(func(t, size, slide float64) []float64 { return starts(t, size, slide)[:1] })},
		{"windows side by side", f(func(t, size, slide float64) []float64 { return []float64{math.Floor(t/size) * size} })},
		{"size over slide windows, always", f(func(t, size, slide float64) []float64 {
			var s []float64
			for i := int(size/slide) - 1; i >= 0; i-- {
				s = append(s, math.Floor(t/slide)*slide-float64(i)*slide)
			}
			return s
		})},
		{"ends, not starts", each(func(w, _, size, _ float64) float64 { return w + size })},
		{"numbers of the windows", each(func(w, _, _, slide float64) float64 { return w / slide })},
		{"counted back from the time", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := t; w > t-size; w -= slide {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"the next window as well", f(func(t, size, slide float64) []float64 {
			s := starts(t, size, slide)
			return append(s, s[len(s)-1]+slide)
		})},
		{"a slide too late", each(func(w, _, _, slide float64) float64 { return w + slide })},
		{"rounded up", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := math.Ceil(t/slide) * slide; w > t-size; w -= slide {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"rounded", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := math.Round(t/slide) * slide; w > t-size; w -= slide {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"size and slide swapped", f(func(t, size, slide float64) []float64 { return starts(t, slide, size) })},
		{"starts a second apart", f(func(t, size, slide float64) []float64 {
			var s []float64
			for w := math.Floor(t/slide) * slide; w > t-size; w-- {
				s = append(s, w)
			}
			slices.Reverse(s)
			return s
		})},
		{"nothing", f(func(t, size, slide float64) []float64 { return nil })},
		{"the example's answer", f(func(t, size, slide float64) []float64 { return []float64{80, 100, 120} })},
		{"always three windows", f(func(t, size, slide float64) []float64 {
			w := math.Floor(t/slide) * slide
			return []float64{w - 2*slide, w - slide, w}
		})},
		{"windows of 60 seconds", f(func(t, size, slide float64) []float64 { return starts(t, 60, slide) })},
		{"a slide of 20 seconds", f(func(t, size, slide float64) []float64 { return starts(t, size, 20) })},
		{"the first left out", f(func(t, size, slide float64) []float64 { return starts(t, size, slide)[1:] })},
		{"zeros in front: make with a length", f(func(t, size, slide float64) []float64 {
			s := starts(t, size, slide)
			return append(make([]float64, len(s)), s...)
		})},
	}
}

func lateFlowsSlips() []slip {
	type f = func(times []float64, size, lateness float64) int
	end := func(t, size float64) float64 { return (math.Floor(t/size) + 1) * size }
	count := func(late func(t, highest, size, lateness float64) bool) f {
		return func(times []float64, size, lateness float64) int {
			n, highest := 0, math.Inf(-1)
			for _, t := range times {
				if late(t, highest, size, lateness) {
					n++
				}
				highest = max(highest, t)
			}
			return n
		}
	}
	right := count(func(t, h, size, l float64) bool { return h-l >= end(t, size) })
	return []slip{
		{"passed, not reached", count(func(t, h, size, l float64) bool { return h-l > end(t, size) })},
		{"no lateness", count(func(t, h, size, l float64) bool { return h >= end(t, size) })},
		{"lateness added", count(func(t, h, size, l float64) bool { return h+l >= end(t, size) })},
		{"every flow behind the highest", count(func(t, h, size, l float64) bool { return t < h })},
		{"every flow behind the watermark", count(func(t, h, size, l float64) bool { return t < h-l })},
		{"start of the window for its end", count(func(t, h, size, l float64) bool { return h-l >= math.Floor(t/size)*size })},
		{"a window after the flow's time", count(func(t, h, size, l float64) bool { return h-l >= t+size })},
		{"one window later", count(func(t, h, size, l float64) bool { return h-l >= end(t, size)+size })},
		{"windows of 60 s", count(func(t, h, size, l float64) bool { return h-l >= end(t, 60) })},
		{"the flow before, not the highest", f(func(times []float64, size, l float64) int {
			n := 0
			for i := 1; i < len(times); i++ {
				if times[i-1]-l >= end(times[i], size) {
					n++
				}
			}
			return n
		})},
		{"the highest of all times", f(func(times []float64, size, l float64) int {
			if len(times) == 0 {
				return 0
			}
			return howMany(times, func(t float64) bool { return slices.Max(times)-l >= end(t, size) })
		})},
		{"flows earlier than the one before", f(func(times []float64, size, l float64) int {
			n := 0
			for i := 1; i < len(times); i++ {
				if times[i] < times[i-1] {
					n++
				}
			}
			return n
		})},
		{"the flows in time", f(func(times []float64, size, l float64) int { return len(times) - right(times, size, l) })},
		{"late windows, not flows", f(func(times []float64, size, l float64) int {
			seen, h := map[float64]bool{}, math.Inf(-1)
			for _, t := range times {
				if h-l >= end(t, size) {
					seen[end(t, size)] = true
				}
				h = max(h, t)
			}
			return len(seen)
		})},
		{"one late flow at most", f(func(times []float64, size, l float64) int { return min(1, right(times, size, l)) })},
		{"none", f(func(times []float64, size, l float64) int { return 0 })},
		{"the example's answer", f(func(times []float64, size, l float64) int { return 3 })},
		{"counts from 1", f(func(times []float64, size, l float64) int { return right(times, size, l) + 1 })},
		{"size and lateness swapped", f(func(times []float64, size, l float64) int {
			if l == 0 {
				l = 1
			}
			return right(times, l, size)
		})},
		{"sorted first", f(func(times []float64, size, l float64) int { return right(inOrder(times), size, l) })},
		{"lateness in windows", count(func(t, h, size, l float64) bool { return h-l*size >= end(t, size) })},
		{"closed when the window's start is reached by lateness", count(func(t, h, size, l float64) bool { return h >= end(t, size) && h-t > l })},
		{"the first flow left out", f(func(times []float64, size, l float64) int {
			if len(times) == 0 {
				return 0
			}
			return right(times[1:], size, l)
		})},
		{"all", f(func(times []float64, size, l float64) int { return len(times) })},
		{"the watermark jumps to the window's end", f(func(times []float64, size, l float64) int {
			n, h := 0, math.Inf(-1)
			for _, t := range times {
				if h-l >= end(t, size) {
					n++
				}
				h = max(h, end(t, size))
			}
			return n
		})},
	}
}

func countIncidentsSlips() []slip {
	type f = func(times []float64, quiet float64) int
	count := func(first int, begins func(times []float64, i int, quiet float64) bool) f {
		return func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := first
			for i := 1; i < len(times); i++ {
				if begins(times, i, quiet) {
					n++
				}
			}
			return n
		}
	}
	gap := func(t []float64, i int) float64 { return t[i] - t[i-1] }
	right := count(1, func(t []float64, i int, q float64) bool { return gap(t, i) > q })
	return []slip{
		{"at least as long", count(1, func(t []float64, i int, q float64) bool { return gap(t, i) >= q })},
		{"the first is forgotten", count(0, func(t []float64, i int, q float64) bool { return gap(t, i) > q })},
		{"one for no alerts", f(func(t []float64, q float64) int { return max(1, right(t, q)) })},
		{"fails on no alerts", f(func(t []float64, q float64) int {
			last, n := t[0], 1
			for _, v := range t[1:] {
				if v-last > q {
					n++
				}
				last = v
			}
			return n
		})},
		{"the alerts", f(func(t []float64, q float64) int { return len(t) })},
		{"quiet since the incident's first alert", f(func(t []float64, q float64) int {
			if len(t) == 0 {
				return 0
			}
			n, begin := 1, t[0]
			for _, v := range t[1:] {
				if v-begin > q {
					n++
					begin = v
				}
			}
			return n
		})},
		{"from the first alert of all", count(1, func(t []float64, i int, q float64) bool { return t[i]-t[0] > q })},
		{"300 s always", count(1, func(t []float64, i int, q float64) bool { return gap(t, i) > 300 })},
		{"the close ones", count(1, func(t []float64, i int, q float64) bool { return gap(t, i) <= q })},
		{"the gaps that are close", count(0, func(t []float64, i int, q float64) bool { return gap(t, i) <= q })},
		{"quiet in minutes", count(1, func(t []float64, i int, q float64) bool { return gap(t, i) > 60*q })},
		{"times in minutes", count(1, func(t []float64, i int, q float64) bool { return 60*gap(t, i) > q })},
		{"time for gap", count(1, func(t []float64, i int, q float64) bool { return t[i] > q })},
		{"time for gap, all", f(func(t []float64, q float64) int { return howMany(t, func(v float64) bool { return v > q }) })},
		{"windows of quiet", f(func(t []float64, q float64) int {
			seen := map[float64]bool{}
			for _, v := range t {
				seen[math.Floor(v/max(q, 1))] = true
			}
			return len(seen)
		})},
		{"the whole time divided by quiet", f(func(t []float64, q float64) int {
			if len(t) == 0 {
				return 0
			}
			return int((t[len(t)-1]-t[0])/max(q, 1)) + 1
		})},
		{"the last gap left out", f(func(t []float64, q float64) int { return right(t[:max(0, len(t)-1)], q) })},
		{"the first gap left out", f(func(t []float64, q float64) int { return right(t[min(1, len(t)):], q) })},
		{"one", f(func(t []float64, q float64) int { return 1 })},
		{"the example's answer", f(func(t []float64, q float64) int { return 2 })},
		{"one too many", f(func(t []float64, q float64) int { return right(t, q) + 1 })},
		{"zero", f(func(t []float64, q float64) int { return 0 })},
		{"differences the wrong way round", count(1, func(t []float64, i int, q float64) bool { return t[i-1]-t[i] > q })},
		{"equal times are one alert, no gaps looked at", f(func(t []float64, q float64) int { return len(slices.Compact(slices.Clone(t))) })},
		{"stops at the first gap", f(func(t []float64, q float64) int { return min(2, right(t, q)) })},
	}
}

func unwrittenSlips() []slip {
	type f = func(before, stored int, again []string) []string
	safe := func(again []string, from int) []string { return slices.Clone(again[min(max(from, 0), len(again)):]) }
	return []slip{
		{"from stored on", f(func(b, s int, a []string) []string { return safe(a, s) })},
		{"from stored on, out of range", f(func(b, s int, a []string) []string { return a[s:] })},
		{"from before on", f(func(b, s int, a []string) []string { return safe(a, b) })},
		{"from before on, out of range", f(func(b, s int, a []string) []string { return a[b:] })},
		{"those that are stored", f(func(b, s int, a []string) []string { return slices.Clone(a[:min(s-b, len(a))]) })},
		{"one too early", f(func(b, s int, a []string) []string { return safe(a, s-b-1) })},
		{"one too late", f(func(b, s int, a []string) []string { return safe(a, s-b+1) })},
		{"all", f(func(b, s int, a []string) []string { return slices.Clone(a) })},
		{"none", f(func(b, s int, a []string) []string { return nil })},
		{"sum for difference", f(func(b, s int, a []string) []string { return safe(a, s+b) })},
		{"difference the other way round", f(func(b, s int, a []string) []string { return a[b-s:] })},
		{"as many as are stored, from the end", f(func(b, s int, a []string) []string { return safe(a, len(a)-(s-b)) })},
		{"two always", f(func(b, s int, a []string) []string { return safe(a, 2) })},
		{"the last two", f(func(b, s int, a []string) []string { return safe(a, len(a)-2) })},
		{"turned round", f(func(b, s int, a []string) []string { r := safe(a, s-b); slices.Reverse(r); return r })},
		{"sorted", f(func(b, s int, a []string) []string { r := safe(a, s-b); slices.Sort(r); return r })},
		{"equal findings once", f(func(b, s int, a []string) []string {
			var r []string
			for _, v := range safe(a, s-b) {
				if !slices.Contains(r, v) {
					r = append(r, v)
				}
			}
			return r
		})},
		{"findings of a kind that is stored left out", f(func(b, s int, a []string) []string {
			var r []string
			for _, v := range safe(a, s-b) {
				if !slices.Contains(a[:min(s-b, len(a))], v) {
					r = append(r, v)
				}
			}
			return r
		})},
		{"the next one only", f(func(b, s int, a []string) []string { r := safe(a, s-b); return r[:min(1, len(r))] })},
		{"the last left out", f(func(b, s int, a []string) []string { r := safe(a, s-b); return r[:max(0, len(r)-1)] })},
		{"the example's answer", f(func(b, s int, a []string) []string { return []string{"beacon", "theft"} })},
		{"in one string", f(func(b, s int, a []string) []string { return []string{strings.Join(safe(a, s-b), ", ")} })},
		{"empty strings for stored ones", f(func(b, s int, a []string) []string {
			r := slices.Clone(a)
			for i := range min(s-b, len(r)) {
				r[i] = ""
			}
			return r
		})},
		{"stored ones and all", f(func(b, s int, a []string) []string { return append(slices.Clone(a[:min(s-b, len(a))]), a...) })},
	}
}

func learnedTotalSlips() []slip {
	type f = func(total, current, score, threshold, minutes float64) float64
	by := func(low func(score, threshold float64) bool, then, otherwise func(t, c, m float64) float64) f {
		return func(t, c, s, th, m float64) float64 {
			if low(s, th) {
				return then(t, c, m)
			}
			return otherwise(t, c, m)
		}
	}
	below := func(s, th float64) bool { return s < th }
	add := func(t, c, m float64) float64 { return t + c }
	avg := func(t, c, m float64) float64 { return t + t/m }
	return []slip{
		{"at the threshold the count", by(func(s, th float64) bool { return s <= th }, add, avg)},
		{"the other way round", by(below, avg, add)},
		{"the other way round by >", by(func(s, th float64) bool { return s > th }, add, avg)},
		{"always the count", by(below, add, add)},
		{"always the average", by(below, avg, avg)},
		{"nothing is learned from the threshold on", by(below, add, func(t, c, m float64) float64 { return t })},
		{"the average alone", by(below, add, func(t, c, m float64) float64 { return t / m })},
		{"the count alone", by(below, func(t, c, m float64) float64 { return c }, avg)},
		{"the count alone, the average alone", by(below, func(t, c, m float64) float64 { return c }, func(t, c, m float64) float64 { return t / m })},
		{"count divided by minutes", by(below, add, func(t, c, m float64) float64 { return t + c/m })},
		{"average with this minute", by(below, add, func(t, c, m float64) float64 { return t + (t+c)/(m+1) })},
		{"one minute more", by(below, add, func(t, c, m float64) float64 { return t + t/(m+1) })},
		{"one minute less", by(below, add, func(t, c, m float64) float64 { return t + t/(m-1) })},
		{"count compared with the threshold", f(func(t, c, s, th, m float64) float64 {
			if c < th {
				return t + c
			}
			return t + t/m
		})},
		{"total compared with the threshold", f(func(t, c, s, th, m float64) float64 {
			if t < th {
				return t + c
			}
			return t + t/m
		})},
		{"threshold 1000 always", f(func(t, c, s, th, m float64) float64 {
			if s < 1000 {
				return t + c
			}
			return t + t/m
		})},
		{"10 minutes always", by(below, add, func(t, c, m float64) float64 { return t + t/10 })},
		{"the score is added", f(func(t, c, s, th, m float64) float64 {
			if s < th {
				return t + s
			}
			return t + t/m
		})},
		{"the threshold is added", f(func(t, c, s, th, m float64) float64 {
			if s < th {
				return t + c
			}
			return t + th
		})},
		{"the smaller of both", by(below, func(t, c, m float64) float64 { return t + min(c, t/m) }, func(t, c, m float64) float64 { return t + min(c, t/m) })},
		{"whole numbers divided", by(below, add, func(t, c, m float64) float64 { return t + float64(int(t)/int(m)) })},
		{"precedence", by(below, add, func(t, c, m float64) float64 { return (t + t) / m })},
		{"the count is taken away", by(below, add, func(t, c, m float64) float64 { return t - c })},
		{"count and average", by(below, add, func(t, c, m float64) float64 { return t + c + t/m })},
		{"what is added, not the total", by(below, func(t, c, m float64) float64 { return c }, func(t, c, m float64) float64 { return t / m })},
		{"the total times minutes", by(below, add, func(t, c, m float64) float64 { return t * m })},
		{"a mean, not a total", by(below, func(t, c, m float64) float64 { return (t + c) / (m + 1) }, func(t, c, m float64) float64 { return t / m })},
		{"the example's answer", f(func(t, c, s, th, m float64) float64 { return 112 })},
	}
}

func firstChangeSlips() []slip {
	type f = func(values []float64, delta, threshold float64) int
	// run walks through the values; each step may be replaced.
	type state struct{ mean, sum, lowest float64 }
	run := func(start state, step func(s *state, v float64, i int, delta float64), found func(s state, threshold float64) bool) f {
		return func(values []float64, delta, threshold float64) int {
			s := start
			for i, v := range values {
				step(&s, v, i, delta)
				if found(s, threshold) {
					return i
				}
			}
			return -1
		}
	}
	n := func(i int) float64 { return float64(i + 1) }
	above := func(s state, th float64) bool { return s.sum-s.lowest > th }
	right := func(s *state, v float64, i int, d float64) {
		s.mean += (v - s.mean) / n(i)
		s.sum += v - s.mean - d
		s.lowest = min(s.lowest, s.sum)
	}
	good := run(state{}, right, above)
	return []slip{
		{"at the threshold", run(state{}, right, func(s state, th float64) bool { return s.sum-s.lowest >= th })},
		{"delta added", run(state{}, func(s *state, v float64, i int, d float64) { right(s, v, i, -d) }, above)},
		{"delta forgotten", run(state{}, func(s *state, v float64, i int, d float64) { right(s, v, i, 0) }, above)},
		{"the mean moves afterwards", run(state{}, func(s *state, v float64, i int, d float64) {
			s.sum += v - s.mean - d
			s.lowest = min(s.lowest, s.sum)
			s.mean += (v - s.mean) / n(i)
		}, above)},
		{"the mean never moves", run(state{}, func(s *state, v float64, i int, d float64) {
			s.sum += v - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"falls for rises", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += s.mean - v - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"falls as well", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += math.Abs(v-s.mean) - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"the lowest is never moved", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += v - s.mean - d
		}, above)},
		{"the sum alone", run(state{}, right, func(s state, th float64) bool { return s.sum > th })},
		{"the lowest of the values", run(state{lowest: math.Inf(1)}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += v - s.mean - d
			s.lowest = min(s.lowest, v)
		}, above)},
		{"the highest for the lowest", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += v - s.mean - d
			s.lowest = max(s.lowest, s.sum)
		}, func(s state, th float64) bool { return s.lowest-s.sum > th })},
		{"the highest in place of the lowest", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum += v - s.mean - d
			s.lowest = max(s.lowest, s.sum)
		}, above)},
		{"= for +=", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / n(i)
			s.sum = v - s.mean - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"mean divided by i", run(state{}, func(s *state, v float64, i int, d float64) {
			if i > 0 {
				s.mean += (v - s.mean) / float64(i)
			}
			s.sum += v - s.mean - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"mean divided by i + 2", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += (v - s.mean) / float64(i+2)
			s.sum += v - s.mean - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"mean: precedence", run(state{}, func(s *state, v float64, i int, d float64) {
			s.mean += v - s.mean/n(i)
			s.sum += v - s.mean - d
			s.lowest = min(s.lowest, s.sum)
		}, above)},
		{"mean of all values", f(func(values []float64, d, th float64) int {
			s := state{}
			for i, v := range values {
				s.sum += v - meanOf(values) - d
				s.lowest = min(s.lowest, s.sum)
				if above(s, th) {
					return i
				}
			}
			return -1
		})},
		{"delta and threshold swapped", f(func(v []float64, d, th float64) int { return good(v, th, d) })},
		{"counted from 1", f(func(v []float64, d, th float64) int {
			if i := good(v, d, th); i >= 0 {
				return i + 1
			}
			return -1
		})},
		{"one too early", f(func(v []float64, d, th float64) int {
			if i := good(v, d, th); i >= 0 {
				return max(0, i-1)
			}
			return -1
		})},
		{"0 for no change", f(func(v []float64, d, th float64) int { return max(0, good(v, d, th)) })},
		{"the length for no change", f(func(v []float64, d, th float64) int {
			if i := good(v, d, th); i >= 0 {
				return i
			}
			return len(v)
		})},
		{"the last value that is above", f(func(values []float64, d, th float64) int {
			s, last := state{}, -1
			for i, v := range values {
				right(&s, v, i, d)
				if above(s, th) {
					last = i
				}
			}
			return last
		})},
		{"never", f(func(v []float64, d, th float64) int { return -1 })},
		{"the value", f(func(v []float64, d, th float64) int {
			if i := good(v, d, th); i >= 0 {
				return int(v[i])
			}
			return -1
		})},
		{"the first value above the threshold", f(func(v []float64, d, th float64) int {
			return slices.IndexFunc(v, func(x float64) bool { return x > th })
		})},
		{"the first jump above the threshold", f(func(v []float64, d, th float64) int {
			for i := 1; i < len(v); i++ {
				if v[i]-v[i-1] > th {
					return i
				}
			}
			return -1
		})},
		{"the difference from the mean", run(state{}, right, func(s state, th float64) bool { return s.sum-s.mean > th })},
		{"lowest minus sum", run(state{}, right, func(s state, th float64) bool { return s.lowest-s.sum > th })},
	}
}

func failedShareSlips() []slip {
	vain := []string{"S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"}
	share := func(is func(s string) bool) func([]string) float64 {
		return func(states []string) float64 {
			if len(states) == 0 {
				return 0
			}
			return float64(howMany(states, is)) / float64(len(states))
		}
	}
	of := func(names ...string) func([]string) float64 {
		return share(func(s string) bool { return slices.Contains(names, s) })
	}
	failed := func(s []string) float64 {
		return float64(howMany(s, func(s string) bool { return slices.Contains(vain, s) }))
	}
	all := []slip{
		{"S0 only", of("S0")}, {"S0 and REJ only", of("S0", "REJ")},
		{"RSTO as well", of(append(slices.Clone(vain), "RSTO")...)},
		{"RSTO and RSTR as well", of(append(slices.Clone(vain), "RSTO", "RSTR")...)},
		{"RSTR for RSTRH", of("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTR")},
		{"RSTO for RSTOS0", of("S0", "REJ", "RSTO", "SH", "SHR", "RSTRH")},
		{"a letter O for the zero", of("SO", "REJ", "RSTOSO", "SH", "SHR", "RSTRH")},
		{"S1 as well", of(append(slices.Clone(vain), "S1")...)},
		{"OTH as well", of(append(slices.Clone(vain), "OTH")...)},
		{"everything but SF", share(func(s string) bool { return s != "SF" })},
		{"the successes", share(func(s string) bool { return !slices.Contains(vain, s) })},
		{"SF", of("SF")},
		{"the number", failed},
		{"NaN for none", func(s []string) float64 { return failed(s) / float64(len(s)) }},
		{"1 for none", func(s []string) float64 {
			if len(s) == 0 {
				return 1
			}
			return failed(s) / float64(len(s))
		}},
		{"whole numbers divided", func(s []string) float64 {
			if len(s) == 0 {
				return 0
			}
			return float64(int(failed(s)) / len(s))
		}},
		{"failures to successes", func(s []string) float64 {
			if float64(len(s)) == failed(s) {
				return 0
			}
			return failed(s) / (float64(len(s)) - failed(s))
		}},
		{"in percent", func(s []string) float64 {
			if len(s) == 0 {
				return 0
			}
			return 100 * failed(s) / float64(len(s))
		}},
		{"plus one below", func(s []string) float64 { return failed(s) / float64(len(s)+1) }},
		{"names that begin with S0, REJ or RST", share(func(s string) bool {
			return strings.HasPrefix(s, "S0") || strings.HasPrefix(s, "REJ") || strings.HasPrefix(s, "RST")
		})},
		{"all that begin with S or R", share(func(s string) bool { return strings.HasPrefix(s, "S") || strings.HasPrefix(s, "R") })},
		{"names that hold S0", share(func(s string) bool {
			return strings.Contains(s, "S0") || s == "REJ" || s == "SH" || s == "SHR" || strings.HasPrefix(s, "RSTR")
		})},
		{"lower case", of("s0", "rej", "rstos0", "sh", "shr", "rstrh")},
		{"the example's answer", func([]string) float64 { return 0.6 }},
		{"each state once", func(s []string) float64 {
			if len(s) == 0 {
				return 0
			}
			return failed(slices.Compact(slices.Sorted(slices.Values(s)))) / float64(len(s))
		}},
		{"returns in the loop", func(s []string) float64 {
			if len(s) > 0 && slices.Contains(vain, s[0]) {
				return 1 / float64(len(s))
			}
			return 0
		}},
	}
	for i, name := range vain {
		all = append(all, slip{name + " left out", of(slices.Delete(slices.Clone(vain), i, i+1)...)})
	}
	return all
}

func distinctPeersSlips() []slip {
	type f = func(keys, values []string) map[string]int
	rows := func(keys, values []string) map[string]int {
		n := map[string]int{}
		for _, k := range keys {
			n[k]++
		}
		return n
	}
	right := func(keys, values []string) map[string]int {
		seen, n := map[[2]string]bool{}, map[string]int{}
		for i, k := range keys {
			if p := [2]string{k, values[i]}; !seen[p] {
				seen[p] = true
				n[k]++
			}
		}
		return n
	}
	glued := func(separator string) f {
		return func(keys, values []string) map[string]int {
			seen, n := map[string]bool{}, map[string]int{}
			for i, k := range keys {
				if p := k + separator + values[i]; !seen[p] {
					seen[p] = true
					n[k]++
				}
			}
			return n
		}
	}
	each := func(change func(n int) int) f {
		return func(keys, values []string) map[string]int {
			m := right(keys, values)
			for k := range m {
				m[k] = change(m[k])
			}
			return m
		}
	}
	return []slip{
		{"rows, not different values", f(rows)},
		{"keys and values swapped", f(func(k, v []string) map[string]int { return right(v, k) })},
		{"rows of the values", f(func(k, v []string) map[string]int { return rows(v, k) })},
		{"glued without a separator", glued("")},
		{"glued with a hyphen", glued("-")},
		{"a value once for all keys", f(func(keys, values []string) map[string]int {
			seen, n := map[string]bool{}, map[string]int{}
			for i, k := range keys {
				if !seen[values[i]] {
					seen[values[i]] = true
					n[k]++
				}
			}
			return n
		})},
		{"different from the row before only", f(func(keys, values []string) map[string]int {
			last, n := map[string]string{}, map[string]int{}
			for i, k := range keys {
				if l, ok := last[k]; !ok || l != values[i] {
					n[k]++
				}
				last[k] = values[i]
			}
			return n
		})},
		{"different rows side by side only", f(func(keys, values []string) map[string]int {
			n := map[string]int{}
			for i, k := range keys {
				if i == 0 || keys[i-1] != k || values[i-1] != values[i] {
					n[k]++
				}
			}
			return n
		})},
		{"all different values for each key", f(func(keys, values []string) map[string]int {
			m := right(keys, values)
			for k := range m {
				m[k] = len(slices.Compact(slices.Sorted(slices.Values(values))))
			}
			return m
		})},
		{"one for each key", each(func(int) int { return 1 })},
		{"one too few: repeats counted from 0", each(func(n int) int { return n - 1 })},
		{"one too many", each(func(n int) int { return n + 1 })},
		{"the last row left out", f(func(k, v []string) map[string]int { n := max(0, len(k)-1); return right(k[:n], v[:n]) })},
		{"the first row left out", f(func(k, v []string) map[string]int { n := min(1, len(k)); return right(k[n:], v[n:]) })},
		{"nothing", f(func(k, v []string) map[string]int { return nil })},
		{"an empty map", f(func(k, v []string) map[string]int { return map[string]int{} })},
		{"the example's answer", f(func(k, v []string) map[string]int { return map[string]int{"a": 2, "b": 1} })},
		{"repeats", f(func(k, v []string) map[string]int {
			m, r := right(k, v), rows(k, v)
			for key := range r {
				r[key] -= m[key]
			}
			return r
		})},
		{"keys with one value left out", f(func(k, v []string) map[string]int {
			m := right(k, v)
			for key, n := range m {
				if n < 2 {
					delete(m, key)
				}
			}
			return m
		})},
		{"empty values left out", f(func(keys, values []string) map[string]int {
			var k, v []string
			for i := range keys {
				if values[i] != "" {
					k, v = append(k, keys[i]), append(v, values[i])
				}
			}
			return right(k, v)
		})},
		{"values that stand with one key only", f(func(keys, values []string) map[string]int {
			back, n := right(values, keys), map[string]int{}
			seen := map[[2]string]bool{}
			for i, k := range keys {
				if p := [2]string{k, values[i]}; !seen[p] && back[values[i]] == 1 {
					seen[p] = true
					n[k]++
				}
			}
			return n
		})},
		{"lengths of the values", f(func(keys, values []string) map[string]int {
			n := map[string]int{}
			for i, k := range keys {
				n[k] = len(values[i])
			}
			return n
		})},
	}
}

func highestShareSlips() []slip {
	type f = func(failed, kept, lost int) float64
	of := func(share func(f, k, l float64) float64) f {
		return func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 0
			}
			return share(float64(failed), float64(kept), float64(lost))
		}
	}
	return []slip{
		{"lost rows not below", of(func(f, k, l float64) float64 { return (f + l) / k })},
		{"lost rows not above", of(func(f, k, l float64) float64 { return f / (k + l) })},
		{"the lost rows ignored", of(func(f, k, l float64) float64 { return f / k })},
		{"the lost rows' share", of(func(f, k, l float64) float64 { return l / (k + l) })},
		{"lost to kept", of(func(f, k, l float64) float64 { return l / k })},
		{"whole numbers divided", func(f, k, l int) float64 {
			if k+l == 0 {
				return 0
			}
			return float64((f + l) / (k + l))
		}},
		{"NaN for none", func(f, k, l int) float64 { return float64(f+l) / float64(k+l) }},
		{"1 for none", func(f, k, l int) float64 {
			if k+l == 0 {
				return 1
			}
			return float64(f+l) / float64(k+l)
		}},
		{"0 if none was kept", func(f, k, l int) float64 {
			if k == 0 {
				return 0
			}
			return float64(f+l) / float64(k+l)
		}},
		{"failed counted below as well", of(func(f, k, l float64) float64 { return (f + l) / (f + k + l) })},
		{"in percent", of(func(f, k, l float64) float64 { return 100 * (f + l) / (k + l) })},
		{"precedence", of(func(f, k, l float64) float64 { return f + l/(k+l) })},
		{"precedence throughout", of(func(f, k, l float64) float64 { return f + l/k + l })},
		{"shares added", of(func(f, k, l float64) float64 { return f/k + l/(k+l) })},
		{"shares added, at most 1", of(func(f, k, l float64) float64 { return min(1, f/k+l/k) })},
		{"lost rows fail as the others do", of(func(f, k, l float64) float64 { return (f + l*f/k) / (k + l) })},
		{"half of the lost rows", of(func(f, k, l float64) float64 { return (f + l/2) / (k + l) })},
		{"the successes", of(func(f, k, l float64) float64 { return (k - f) / (k + l) })},
		{"lost rows taken away", of(func(f, k, l float64) float64 { return (f + l) / (k - l) })},
		{"the width of the range", of(func(f, k, l float64) float64 { return (f+l)/(k+l) - f/(k+l) })},
		{"the middle of the range", of(func(f, k, l float64) float64 { return (f/(k+l) + (f+l)/(k+l)) / 2 })},
		{"the example's answer", func(f, k, l int) float64 { return 0.4 }},
		{"kept rows failed, not lost ones", of(func(f, k, l float64) float64 { return k / (k + l) })},
		{"always 1", func(f, k, l int) float64 { return 1 }},
		{"plus one below", func(f, k, l int) float64 { return float64(f+l) / float64(k+l+1) }},
		{"arguments in another order", of(func(f, k, l float64) float64 { return (k + l) / (f + l) })},
	}
}

func pValueSlips() []slip {
	type f = func(o []float64, s float64) float64
	count := func(o []float64, is func(v float64) bool) float64 { return float64(howMany(o, is)) }
	with := func(is func(v, s float64) bool, p func(r, n float64) float64) f {
		return func(o []float64, s float64) float64 {
			return p(count(o, func(v float64) bool { return is(v, s) }), float64(len(o)))
		}
	}
	high := func(v, s float64) bool { return v >= s }
	rule := func(r, n float64) float64 { return (1 + r) / (n + 1) }
	right := with(high, rule)
	return []slip{
		{"higher only", with(func(v, s float64) bool { return v > s }, rule)},
		{"lower or equal", with(func(v, s float64) bool { return v <= s }, rule)},
		{"lower", with(func(v, s float64) bool { return v < s }, rule)},
		{"equal only", with(func(v, s float64) bool { return v == s }, rule)},
		{"neither one", with(high, func(r, n float64) float64 { return r / n })},
		{"no one above", with(high, func(r, n float64) float64 { return r / (n + 1) })},
		{"no one below", with(high, func(r, n float64) float64 { return (1 + r) / n })},
		{"precedence: 1 + r/(n+1)", with(high, func(r, n float64) float64 { return 1 + r/(n+1) })},
		{"precedence: (1+r)/n + 1", with(high, func(r, n float64) float64 { return (1+r)/n + 1 })},
		{"precedence throughout", with(high, func(r, n float64) float64 { return 1 + r/n + 1 })},
		{"the complement", f(func(o []float64, s float64) float64 { return 1 - right(o, s) })},
		{"whole numbers divided", with(high, func(r, n float64) float64 { return float64((1 + int(r)) / (int(n) + 1)) })},
		{"in percent", f(func(o []float64, s float64) float64 { return 100 * right(o, s) })},
		{"the number", with(high, func(r, n float64) float64 { return r })},
		{"1 + r", with(high, func(r, n float64) float64 { return 1 + r })},
		{"ties by half", f(func(o []float64, s float64) float64 {
			return (1 + count(o, func(v float64) bool { return v > s }) + count(o, func(v float64) bool { return v == s })/2) / (float64(len(o)) + 1)
		})},
		{"two added below", with(high, func(r, n float64) float64 { return (1 + r) / (n + 2) })},
		{"0 for no ordinary scores", f(func(o []float64, s float64) float64 {
			if len(o) == 0 {
				return 0
			}
			return right(o, s)
		})},
		{"NaN for none: r/n", with(func(v, s float64) bool { return v > s }, func(r, n float64) float64 { return r / n })},
		{"equal scores once", f(func(o []float64, s float64) float64 { return right(slices.Compact(inOrder(o)), s) })},
		{"taken as sorted", f(func(o []float64, s float64) float64 {
			i := slices.IndexFunc(o, func(v float64) bool { return v >= s })
			if i < 0 {
				i = len(o)
			}
			return rule(float64(len(o)-i), float64(len(o)))
		})},
		{"the example's answer", f(func(o []float64, s float64) float64 { return 5.0 / 6 })},
		{"sorts the scores themselves", f(func(o []float64, s float64) float64 { p := right(o, s); slices.Sort(o); return p })},
		{"the last is never looked at", f(func(o []float64, s float64) float64 {
			return rule(count(o[:max(0, len(o)-1)], func(v float64) bool { return v >= s }), float64(len(o)))
		})},
		{"upside down", with(high, func(r, n float64) float64 { return (n + 1) / (1 + r) })},
		{"the score itself", f(func(o []float64, s float64) float64 { return s })},
		{"one minus in the wrong place", with(high, func(r, n float64) float64 { return (1 + n - r) / (n + 1) })},
	}
}

func stabilityIndexSlips() []slip {
	type f = func(then, now []float64) float64
	floor := func(v float64) float64 { return max(v, 0.0001) }
	sum := func(term func(p, q float64) float64) f {
		return func(then, now []float64) float64 {
			s := 0.0
			for i := range then {
				s += term(now[i], then[i])
			}
			return s
		}
	}
	low := func(term func(p, q float64) float64) f {
		return sum(func(p, q float64) float64 { return term(floor(p), floor(q)) })
	}
	right := func(p, q float64) float64 { return (p - q) * math.Log(p/q) }
	return []slip{
		{"no floor", sum(right)},
		{"floor of q only", sum(func(p, q float64) float64 { return right(p, floor(q)) })},
		{"floor of p only", sum(func(p, q float64) float64 { return right(floor(p), q) })},
		{"floor in the logarithm only", sum(func(p, q float64) float64 { return (p - q) * math.Log(floor(p)/floor(q)) })},
		{"added, not a floor", sum(func(p, q float64) float64 { return right(p+0.0001, q+0.0001) })},
		{"floor of 0.001", sum(func(p, q float64) float64 { return right(max(p, 0.001), max(q, 0.001)) })},
		{"floor of 0.00001", sum(func(p, q float64) float64 { return right(max(p, 1e-5), max(q, 1e-5)) })},
		{"floor of 0.01", sum(func(p, q float64) float64 { return right(max(p, 0.01), max(q, 0.01)) })},
		{"empty bins left out", sum(func(p, q float64) float64 {
			if p < 0.0001 || q < 0.0001 {
				return 0
			}
			return right(p, q)
		})},
		{"floor for exactly 0 only", sum(func(p, q float64) float64 {
			if p == 0 {
				p = 0.0001
			}
			if q == 0 {
				q = 0.0001
			}
			return right(p, q)
		})},
		{"logarithm to base 10", low(func(p, q float64) float64 { return (p - q) * math.Log10(p/q) })},
		{"logarithm to base 2", low(func(p, q float64) float64 { return (p - q) * math.Log2(p/q) })},
		{"logarithm of one more", low(func(p, q float64) float64 { return (p - q) * math.Log1p(p/q) })},
		{"logarithm forgotten", low(func(p, q float64) float64 { return (p - q) * p / q })},
		{"the relative entropy", low(func(p, q float64) float64 { return p * math.Log(p/q) })},
		{"the relative entropy the other way round", low(func(p, q float64) float64 { return q * math.Log(q/p) })},
		{"then and now swapped in one place", low(func(p, q float64) float64 { return (q - p) * math.Log(p/q) })},
		{"sum for difference", low(func(p, q float64) float64 { return (p + q) * math.Log(p/q) })},
		{"difference forgotten", low(func(p, q float64) float64 { return math.Log(p / q) })},
		{"differences alone", low(func(p, q float64) float64 { return p - q })},
		{"absolute differences", low(func(p, q float64) float64 { return math.Abs(p - q) })},
		{"squared differences", low(func(p, q float64) float64 { return (p - q) * (p - q) })},
		{"chi-squared", low(func(p, q float64) float64 { return (p - q) * (p - q) / q })},
		{"precedence", low(func(p, q float64) float64 { return p - q*math.Log(p/q) })},
		{"logarithm of the difference", low(func(p, q float64) float64 { return (p - q) * math.Log(math.Abs(p-q)+1e-9) })},
		{"mean of the bins", f(func(then, now []float64) float64 { return low(right)(then, now) / float64(len(then)) })},
		{"the first bin only", f(func(then, now []float64) float64 { return right(floor(now[0]), floor(then[0])) })},
		{"the last bin left out", f(func(then, now []float64) float64 { n := len(then) - 1; return low(right)(then[:n], now[:n]) })},
		{"the last bin only: = for +=", f(func(then, now []float64) float64 {
			return right(floor(now[len(now)-1]), floor(then[len(then)-1]))
		})},
		{"half", f(func(then, now []float64) float64 { return low(right)(then, now) / 2 })},
		{"in percent", f(func(then, now []float64) float64 { return 100 * low(right)(then, now) })},
		{"changes the shares themselves", f(func(then, now []float64) float64 {
			for i := range then {
				then[i], now[i] = floor(then[i]), floor(now[i])
			}
			return sum(right)(then, now)
		})},
		{"the example's answer", f(func(then, now []float64) float64 { return 0.879 })},
		{"the largest bin", f(func(then, now []float64) float64 {
			m := 0.0
			for i := range then {
				m = max(m, right(floor(now[i]), floor(then[i])))
			}
			return m
		})},
		{"root", f(func(then, now []float64) float64 { return math.Sqrt(low(right)(then, now)) })},
	}
}
