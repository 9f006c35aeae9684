package pair

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/dsp/fourier"
)

// GTest returns the probability p that in a spectrum of noise the highest value
// takes at least the share that it takes here, by Fisher's g-test: with n values
// and g the highest divided by their sum,
//
//	p = Σ (−1)^(j−1) C(n, j) (1 − j·g)^(n−1)   for j = 1 … ⌊1/g⌋
//
// The spectrum is a periodogram without its values at frequency 0 and at the
// highest of an even number of steps. It is 1 of an empty one, and where it lies
// within 1e-5 of 1.
//
// R. A. Fisher (1929), Tests of significance in harmonic analysis; for network
// traffic: Heard, Rubin-Delanchy and Lawson (2014), Filtering automated polling
// traffic in computer network flow data.
func GTest(spectrum []float64) float64 {
	sum := 0.
	for _, v := range spectrum {
		sum += v
	}
	if sum == 0 { // also of no values
		return 1
	}
	n, g := float64(len(spectrum)), slices.Max(spectrum)/sum
	p, logBinomial, sign := 0., 0., 1.
	for j := 1.; j*g < 1 && j <= n; j++ {
		logBinomial += math.Log((n - j + 1) / j)
		term := math.Exp(logBinomial + (n-1)*math.Log1p(-j*g))
		if j == 1 && term > 12 { // p is about 1 − exp(−term), and the sum loses its digits
			return 1
		}
		p += sign * term
		sign = -sign
	}
	return min(max(p, 0), 1)
}

// Periodicity returns the p of [GTest] for flows that began at these times, in
// seconds and in order, within at most a [Span]: near 0 if they come in a rhythm.
// The flows are counted in steps of a second, and the mean is taken off. A few
// quiet seconds are added at the end, so that the number of steps has only small
// factors and the Fourier transform is fast.
func Periodicity(times []float64) float64 {
	if len(times) == 0 {
		return 1
	}
	first := math.Floor(times[0])
	steps := make([]float64, smooth(int(times[len(times)-1]-first)+1))
	mean := float64(len(times)) / float64(len(steps))
	for i := range steps {
		steps[i] = -mean
	}
	for _, t := range times {
		steps[int(t-first)]++
	}
	coefficients := fourier.NewFFT(len(steps)).Coefficients(nil, steps)
	spectrum := make([]float64, (len(steps)-1)/2)
	for k := range spectrum {
		c := coefficients[k+1]
		spectrum[k] = real(c)*real(c) + imag(c)*imag(c)
	}
	return GTest(spectrum)
}

// smooth returns the smallest number from n on without prime factors above 5.
func smooth(n int) int {
	for ; ; n++ {
		m := n
		for _, factor := range []int{2, 3, 5} {
			for m%factor == 0 {
				m /= factor
			}
		}
		if m == 1 {
			return n
		}
	}
}
