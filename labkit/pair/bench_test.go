package pair

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"flowlab/labkit/flow"
)

// A day of 100,000 flows in 2,000 pairs.
func BenchmarkOf(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	flows := make([]flow.Flow, 100_000)
	for i := range flows {
		flows[i] = at(Span*rng.Float64(), fmt.Sprint("10.0.0.", rng.IntN(100)), fmt.Sprint("10.0.1.", rng.IntN(10)), rng.IntN(2))
	}
	b.ReportAllocs()
	for b.Loop() {
		Of(slices.Values(flows))
	}
}

func BenchmarkPeriodicity(b *testing.B) {
	for _, n := range []int{MinTimes, fewTimes, fewTimes + 1, 300} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			times := randomTimes(n)
			b.ReportAllocs()
			for b.Loop() {
				Periodicity(times)
			}
		})
	}
}

// randomTimes returns times of a day, in order.
func randomTimes(n int) []float64 {
	rng := rand.New(rand.NewPCG(1, 1))
	times := make([]float64, n)
	for i := range times {
		times[i] = Span * rng.Float64()
	}
	slices.Sort(times)
	return times
}
