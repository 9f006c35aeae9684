package triage

import (
	"math"
	"math/rand/v2"
	"testing"
)

// observationsOf returns values of hosts 1, 2, 3 …, the highest first.
func observationsOf(values ...float64) []observation {
	var all []observation
	for i, v := range values {
		all = append(all, observation{int32(i + 1), v, i})
	}
	highestFirst(all)
	return all
}

func TestChance(t *testing.T) {
	const me = 0
	// Four others have 16, 8, 4 and 2, and the tail begins at the third highest
	// (⌈√4⌉ + 1 = 3), u = 4. Two lie above it: k = 2, and
	// g = (1 + ln(16/4) + ln(8/4))/3 = (1 + 3 ln 2)/3.
	g := (1 + 3*math.Ln2) / 3
	four := observationsOf(16, 8, 4, 2)
	for _, c := range []struct {
		name  string
		x     float64
		floor float64
		want  float64
	}{
		{"in the tail", 64, 1, 3. / 5 * math.Pow(4./64, 1/g)},
		{"where it begins", 4, 1, 3. / 5},
		{"below it: three of four have 3 or more", 3, 1, 3. / 4},
		{"a floor above u: one value lies above it", 64, 10, 2. / 5 * math.Pow(10./64, 2/(1+math.Log(1.6)))},
		{"a floor above all", 64, 32, 1. / 5 * 32. / 64},
	} {
		if got := chance(c.x, me, 0, four, 4, c.floor); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := chance(10, me, 1, observationsOf(), 0, 5); got != 0.5 {
		t.Errorf("without others the chance is %v, want floor/x, 0.5", got)
	}
	// Its own values do not count: host 1 has the 16, and three others are left. The
	// tail begins at the third of them, u = 2.
	want := 3. / 4 * math.Pow(2./16, 3/(1+math.Log(4)+math.Log(2)))
	if got := chance(16, 1, 1, four, 3, 1); math.Abs(got-want) > 1e-12 {
		t.Errorf("of its own list: %v, want %v", got, want)
	}
}

// With values that are drawn from a Pareto distribution, the estimate is near
// the truth.
func TestChanceOfPareto(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, slope = 10_000, 1.5
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Pow(1-r.Float64(), -1/slope)
	}
	others := observationsOf(values...)
	for _, x := range []float64{50, 200, 1000} {
		got, want := chance(x, 0, 0, others, n, 1), math.Pow(x, -slope)
		if ratio := got / want; ratio < 0.5 || ratio > 2 {
			t.Errorf("chance of %v is %v, want about %v", x, got, want)
		}
	}
}

// A higher value is never more likely.
func TestChanceFalls(t *testing.T) {
	others := observationsOf(100, 90, 50, 20, 20, 20, 7, 6, 5)
	last := 1.0
	for x := 5.0; x < 1000; x *= 1.1 {
		p := chance(x, 0, 0, others, 30, 5)
		if p > last+1e-12 || p <= 0 {
			t.Errorf("chance of %v is %v, after %v", x, p, last)
		}
		last = p
	}
}
