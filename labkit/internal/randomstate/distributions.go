package randomstate

import "math"

// Float64 returns a number in [0, 1) with 53 random bits, as random_sample().
func (r *RandomState) Float64() float64 {
	high := float64(r.Uint32() >> 5)
	low := float64(r.Uint32() >> 6)
	return (float64(high*(1<<26)) + low) / (1 << 53)
}

// Uniform returns a number in [low, high), as uniform(low, high).
func (r *RandomState) Uniform(low, high float64) float64 {
	return low + float64((high-low)*r.Float64())
}

// Normal returns a normal variate, as normal(mean, sigma): Marsaglia's polar
// method, which hands out the second of a pair first.
func (r *RandomState) Normal(mean, sigma float64) float64 {
	return mean + float64(sigma*r.gauss())
}

func (r *RandomState) gauss() float64 {
	if r.hasSpare {
		r.hasSpare = false
		return r.spare
	}
	var x1, x2, r2 float64
	for r2 == 0 || r2 >= 1 {
		x1 = float64(2*r.Float64()) - 1
		x2 = float64(2*r.Float64()) - 1
		r2 = float64(x1*x1) + float64(x2*x2)
	}
	f := math.Sqrt(-2 * math.Log(r2) / r2)
	r.spare, r.hasSpare = f*x1, true
	return f * x2
}

// LogNormal returns exp of a normal variate, as lognormal(mean, sigma).
func (r *RandomState) LogNormal(mean, sigma float64) float64 {
	return math.Exp(r.Normal(mean, sigma))
}

// Exponential returns a variate with the given mean, as exponential(mean).
func (r *RandomState) Exponential(mean float64) float64 {
	return mean * -math.Log(1-r.Float64())
}
