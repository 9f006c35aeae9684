package labkit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The fifteen p-values of section 3.2 of the paper of 1995, on treatments of
// myocardial infarction. At 0.05, the fourth, 0.0095, is the last one below its
// line, 0.05·4/15 = 0.0133; the fifth, 0.0201, is above 0.05·5/15 = 0.0167.
func TestBenjaminiHochbergOfThePaper(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1}
	flagged := Must(BenjaminiHochberg(p, 0.05))
	for i, f := range flagged {
		if f != (i < 4) {
			t.Errorf("p-value %v: flagged %v", p[i], f)
		}
	}
	slices.Reverse(p) // the order of the rows does not matter
	reversed := Must(BenjaminiHochberg(p, 0.05))
	slices.Reverse(reversed)
	if !slices.Equal(reversed, flagged) {
		t.Errorf("reversed: %v", reversed)
	}
}

func TestBenjaminiHochbergByHand(t *testing.T) {
	for _, c := range []struct {
		p    []float64
		rate float64
		want int
	}{
		{nil, 0.1, 0},
		{[]float64{0.05}, 0.05, 1}, // on the line is below it
		{[]float64{0.051}, 0.05, 0},
		// The first is above its line, 0.2/3 = 0.067, the third is below: all three.
		{[]float64{0.1, 0.12, 0.2}, 0.2, 3},
		{[]float64{0.25, 0.25, 0.25, 0.25}, 0.25, 4},
		{[]float64{0, 1, 1, 1}, 0.01, 1},
	} {
		if got := CountTrue(Must(BenjaminiHochberg(c.p, c.rate))); got != c.want {
			t.Errorf("%v at %v: %d flagged, want %d", c.p, c.rate, got, c.want)
		}
	}
}

// slowBH tries each number of discoveries, from all down to none.
func slowBH(p []float64, rate float64) int {
	for k := len(p); k > 0; k-- {
		line, below := rate*float64(k)/float64(len(p)), 0
		for _, v := range p {
			if v <= line {
				below++
			}
		}
		if below >= k {
			return below
		}
	}
	return 0
}

func TestBenjaminiHochbergIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		p := make([]float64, 1+r.IntN(40))
		for i := range p {
			p[i] = math.Pow(float64(1+r.IntN(50))/50, 3)
		}
		rate := 0.01 + 0.5*r.Float64()
		if got, want := CountTrue(Must(BenjaminiHochberg(p, rate))), slowBH(p, rate); got != want {
			t.Fatalf("%v at %v: %d flagged, want %d", p, rate, got, want)
		}
	}
}

// Over 200 days of 300 rows, of which 30 are anomalies, the rate of false
// discoveries is 0.2·270/300 = 0.18. Its mean over the days is nearer to that than
// 5 standard errors, but for one seed in a million.
func TestBenjaminiHochbergKeepsItsRate(t *testing.T) {
	const days, rows, anomalies, rate = 200, 300, 30, 0.2
	r := rand.New(rand.NewPCG(5, 6))
	normal := func(n int, mean float64) []float64 {
		scores := make([]float64, n)
		for i := range scores {
			scores[i] = mean + r.NormFloat64()
		}
		return scores
	}
	var sum, squares float64
	for range days {
		c := Must(Calibrate(normal(1000, 0)))
		flagged := Must(BenjaminiHochberg(c.PValues(append(normal(anomalies, 3.5), normal(rows-anomalies, 0)...)), rate))
		found, all := CountTrue(flagged[:anomalies]), CountTrue(flagged)
		share := float64(all-found) / float64(max(all, 1))
		sum += share
		squares += share * share
	}
	mean := sum / days
	bound := 5 * math.Sqrt((squares/days-mean*mean)/days)
	if want := rate * (rows - anomalies) / rows; math.Abs(mean-want) > bound {
		t.Errorf("%.4f of the discoveries are false, want %.4f within %.4f", mean, want, bound)
	}
}

// With n = 999 the smallest p-value is 1/1000, and of 20,000 rows at a rate of 0.1
// it is on the line 0.1·k/20000 from k = 200 on.
func TestFewestDiscoveries(t *testing.T) {
	if got := Must(FewestDiscoveries(20_000, 999, 0.1)); got != 200 {
		t.Errorf("%d, want 200", got)
	}
	for _, strange := range []int{199, 200} {
		p := make([]float64, 20_000)
		for i := range p {
			if p[i] = 1; i < strange {
				p[i] = 1.0 / 1000
			}
		}
		if got := CountTrue(Must(BenjaminiHochberg(p, 0.1))); got != strange/200*200 {
			t.Errorf("of %d, %d are flagged", strange, got)
		}
	}
}

func TestBenjaminiHochbergRefuses(t *testing.T) {
	for _, rate := range []float64{0, 1, -0.1, math.NaN(), math.Inf(1)} {
		_, err := BenjaminiHochberg([]float64{0.1}, rate)
		wantError(t, "a rate", err, "BenjaminiHochberg: the rate of false discoveries is ")
		_, err = FewestDiscoveries(1, 1, rate)
		wantError(t, "a rate", err, "FewestDiscoveries: the rate of false discoveries is ")
	}
	for _, p := range []float64{-0.1, 1.1, math.NaN()} {
		_, err := BenjaminiHochberg([]float64{0.1, p}, 0.1)
		wantError(t, "a p-value", err, "p-value 1 is ")
	}
	_, err := FewestDiscoveries(-1, 5, 0.1)
	wantError(t, "rows", err, "-1 rows and a calibration of 5")
}
