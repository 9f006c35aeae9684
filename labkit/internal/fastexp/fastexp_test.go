package fastexp

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exact returns e^x by its Taylor series in 200 bits, after halving x until
// the series is short.
func exact(x float64) float64 {
	const halvings = 20
	r := new(big.Float).SetPrec(200).SetMantExp(big.NewFloat(x), -halvings)
	sum, term := big.NewFloat(1).SetPrec(200), big.NewFloat(1).SetPrec(200)
	for n := int64(1); n < 40; n++ {
		term.Mul(term, r).Quo(term, new(big.Float).SetInt64(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	e, _ := sum.Float64()
	return e
}

func TestSliceIsNearlyExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	x := []float64{0, 1, -1, -math.Ln2, math.Ln2, 1e-300, -1e-300, -708, 709, -0.5 * math.Ln2 / steps}
	for range 5000 {
		x = append(x, -math.Exp(10*r.Float64()-4), 700*(2*r.Float64()-1), 1e-3*r.NormFloat64())
	}
	got := append([]float64(nil), x...)
	Slice(got)
	worst := 0.0
	for i, v := range x {
		if v < lowest || v > highest {
			continue
		}
		want := exact(v)
		ulp := math.Nextafter(want, math.Inf(1)) - want
		off := math.Abs(got[i]-want) / ulp
		worst = max(worst, off)
		if off > 1.5 {
			t.Errorf("Slice: e^%v = %v, want %v: off by %.1f units in the last place", v, got[i], want, off)
		}
	}
	t.Logf("largest error: %.2f units in the last place", worst)
}

func TestSliceOutsideOfTheTable(t *testing.T) {
	x := []float64{math.Inf(-1), math.Inf(1), math.NaN(), -1e300, 1e300, -720, -708.5, 709.5, -745, -746}
	got := append([]float64(nil), x...)
	Slice(got)
	for i, v := range x {
		if want := math.Exp(v); got[i] != want && !math.IsNaN(want) || math.IsNaN(want) != math.IsNaN(got[i]) {
			t.Errorf("Slice: e^%v = %v, want %v", v, got[i], want)
		}
	}
}

func BenchmarkSlice(b *testing.B) {
	x, y := make([]float64, 256), make([]float64, 256)
	for i := range x {
		x[i] = -3 * rand.Float64()
	}
	b.Run("Slice", func(b *testing.B) {
		for b.Loop() {
			copy(y, x)
			Slice(y)
		}
	})
	b.Run("math.Exp", func(b *testing.B) {
		for b.Loop() {
			for i, v := range x {
				y[i] = math.Exp(v)
			}
		}
	})
}
