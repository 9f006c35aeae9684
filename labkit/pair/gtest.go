package pair

import (
	"math"
	"math/cmplx"
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
	steps := make([]int, len(times)) // in which the flows began
	for i, t := range times {
		steps[i] = int(t - first)
	}
	n := smooth(steps[len(steps)-1] + 1)
	if len(steps) <= fewTimes {
		return GTest(spectrumOfFew(steps, n))
	}
	return GTest(spectrum(steps, n))
}

// fewTimes is up to how many flows [spectrumOfFew] is faster than [spectrum].
const fewTimes = 40

// spectrum returns the periodogram of flows in n steps, without its values at
// frequency 0 and at the highest of an even number of steps.
func spectrum(steps []int, n int) []float64 {
	counts := make([]float64, n)
	mean := float64(len(steps)) / float64(n)
	for i := range counts {
		counts[i] = -mean
	}
	for _, s := range steps {
		counts[s]++
	}
	coefficients := fourier.NewFFT(n).Coefficients(nil, counts)
	power := make([]float64, (n-1)/2)
	for k := range power {
		power[k] = squared(coefficients[k+1])
	}
	return power
}

// spectrumOfFew is [spectrum] without a transform: each flow is a hand that turns
// by its own angle from one frequency to the next, and the hands are added up.
func spectrumOfFew(steps []int, n int) []float64 {
	turns := make([]complex128, len(steps))
	for i, s := range steps {
		turns[i] = cmplx.Rect(1, -2*math.Pi*float64(s)/float64(n))
	}
	hands := slices.Clone(turns)
	power := make([]float64, (n-1)/2)
	for k := range power {
		sum := 0i
		for i, turn := range turns {
			sum += hands[i]
			hands[i] *= turn
		}
		power[k] = squared(sum)
	}
	return power
}

func squared(c complex128) float64 { return real(c)*real(c) + imag(c)*imag(c) }

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
