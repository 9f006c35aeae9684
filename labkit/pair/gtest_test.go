package pair

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// Eight values of which the last may be left out, as in the tests of MSTICpy
// (polling_detection). By hand for seven: g = 60/180 = 1/3, and p is
// 7·(2/3)⁶ − 21·(1/3)⁶ = (448 − 21)/729.
func TestGTest(t *testing.T) {
	spectrum := []float64{10, 60, 20, 30, 40, 10, 10, 10}
	for _, c := range []struct {
		spectrum []float64
		want     float64
	}{
		{spectrum[:7], 427. / 729}, // 0.5857339
		{spectrum, 0.5357916209945195},
		{[]float64{1, 1, 1}, 1},
		{[]float64{5}, 0}, // there is nothing but the highest
		{[]float64{0, 5, 0}, 0},
		{[]float64{3, 1}, 0.5}, // 2·(1 − 3/4)
		{repeated(5000, 1), 1}, // the sum has terms of 1e1000
		{nil, 1},
		{[]float64{0, 0}, 1},
	} {
		if got := GTest(c.spectrum); !(math.Abs(got-c.want) <= 1e-14) { // NaN, too
			t.Errorf("%v: %v, want %v", c.spectrum, got, c.want)
		}
	}
}

// The sum in fractions loses no digits.
func TestGTestEqualsTheSumInFractions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		spectrum := make([]float64, 1+rng.IntN(60))
		sum := int64(0)
		for i := range spectrum {
			v := int64(1 + 20*rng.ExpFloat64())
			spectrum[i] = float64(v)
			sum += v
		}
		g := big.NewRat(int64(slices.Max(spectrum)), sum)
		n := int64(len(spectrum))
		p := new(big.Rat)
		for j := int64(1); j <= n; j++ {
			rest := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Mul(big.NewRat(j, 1), g))
			if rest.Sign() <= 0 {
				break
			}
			term := new(big.Rat).SetInt(new(big.Int).Binomial(n, j))
			for range n - 1 {
				term.Mul(term, rest)
			}
			if j%2 == 0 {
				term.Neg(term)
			}
			p.Add(p, term)
		}
		want, _ := p.Float64()
		if got := GTest(spectrum); math.Abs(got-want) > 1e-5 || want < 0.99 && math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: %v, want %v", spectrum, got, want)
		}
	}
}

// Of noise, p is below 0.1 a tenth of the time: 30 of 300, give or take five.
func TestGTestOfNoise(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	below := 0
	for range 300 {
		spectrum := make([]float64, 500)
		for i := range spectrum {
			spectrum[i] = rng.ExpFloat64()
		}
		if GTest(spectrum) < 0.1 {
			below++
		}
	}
	if below < 15 || below > 45 {
		t.Errorf("%d of 300 are below 0.1", below)
	}
}

func TestPeriodicity(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var clock, jitter, chance []float64
	for i := range 100 {
		clock = append(clock, 1e9+302*float64(i))
		jitter = append(jitter, 1e9+302*float64(i)+20*rng.Float64())
		chance = append(chance, 1e9+30200*rng.Float64())
	}
	slices.Sort(chance)
	if p := Periodicity(clock); p > 1e-20 {
		t.Errorf("a clock: p is %v", p)
	}
	if p := Periodicity(jitter); p > 1e-9 {
		t.Errorf("a clock with jitter: p is %v", p)
	}
	if p := Periodicity(chance); p < 0.01 {
		t.Errorf("chance: p is %v", p)
	}
	for _, few := range [][]float64{nil, {5}, {5, 5}, {5, 6}} {
		if p := Periodicity(few); p != 1 {
			t.Errorf("%v: p is %v", few, p)
		}
	}
}

func TestSpectrumOfFewIsTheSpectrum(t *testing.T) {
	for _, n := range []int{1, 2, 3, MinTimes, 9, 300} {
		steps := make([]int, n)
		for i, time := range randomTimes(n) {
			steps[i] = int(time)
		}
		for _, last := range []int{Span, Span + 15} { // an even and an odd number of steps
			few, all := spectrumOfFew(steps, last), spectrum(steps, last)
			if len(few) != len(all) {
				t.Fatalf("%d flows: %d values, want %d", n, len(few), len(all))
			}
			for k := range few {
				if !(math.Abs(few[k]-all[k]) <= 1e-9*float64(n)) {
					t.Fatalf("%d flows, frequency %d of %d steps: %v, want %v", n, k+1, last, few[k], all[k])
				}
			}
		}
	}
}

func TestSmooth(t *testing.T) {
	for n, want := range map[int]int{1: 1, 7: 8, 11: 12, 30: 30, 86399: 86400, 86400: 86400} {
		if got := smooth(n); got != want {
			t.Errorf("%d: %d, want %d", n, got, want)
		}
	}
}
