package randomstate

import "math"

// Poisson returns n Poisson variates with the given mean, as poisson(mean, n).
// A mean below 10 multiplies uniforms until they fall under exp(-mean); from
// 10 on it is W. Hörmann's transformed rejection (PTRS, Insurance: Mathematics
// and Economics 12, 1993).
func (r *RandomState) Poisson(n int, mean float64) []int {
	draw := r.poissonRejection(mean)
	switch {
	case mean == 0:
		draw = func() int { return 0 }
	case mean < 10:
		draw = func() int { return r.poissonProduct(mean) }
	}
	out := make([]int, n)
	for i := range out {
		out[i] = draw()
	}
	return out
}

func (r *RandomState) poissonProduct(mean float64) int {
	limit := math.Exp(-mean)
	product := r.Float64()
	count := 0
	for ; product > limit; count++ {
		product *= r.Float64()
	}
	return count
}

// poissonRejection returns a function that draws by PTRS; a, b, vr and
// invalpha are Hörmann's names.
func (r *RandomState) poissonRejection(mean float64) func() int {
	slam := math.Sqrt(mean)
	loglam := math.Log(mean)
	b := 0.931 + float64(2.53*slam)
	a := -0.059 + float64(0.02483*b)
	invalpha := 1.1239 + 1.1328/(b-3.4)
	vr := 0.9277 - 3.6224/(b-2)
	return func() int {
		for {
			u := r.Float64() - 0.5
			v := r.Float64()
			us := 0.5 - math.Abs(u)
			k := math.Floor(float64((2*a/us+b)*u) + mean + 0.43)
			if us >= 0.07 && v <= vr {
				return int(k)
			}
			if k < 0 || us < 0.013 && v > us {
				continue
			}
			if math.Log(v)+math.Log(invalpha)-math.Log(a/(us*us)+b) <= -mean+float64(k*loglam)-logGamma(k+1) {
				return int(k)
			}
		}
	}
}

// stirling holds the coefficients of the asymptotic series of log Γ.
var stirling = [10]float64{
	8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
	8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
	1.796443723688307e-01, -1.39243221690590e+00,
}

// logGamma is log Γ(x) for x >= 1 as numpy computes it, by Stirling's series
// above 7 and the recurrence below. math.Lgamma rounds differently, and an
// accepted draw more or less would shift all that follows.
func logGamma(x float64) float64 {
	if x == 1 || x == 2 {
		return 0
	}
	steps := 0
	if x < 7 {
		steps = int(7 - x)
	}
	x0 := x + float64(steps)
	x2 := (1 / x0) * (1 / x0)
	sum := stirling[9]
	for k := 8; k >= 0; k-- {
		sum = float64(sum*x2) + stirling[k]
	}
	const log2Pi = 1.8378770664093453
	g := sum/x0 + 0.5*log2Pi + float64((x0-0.5)*math.Log(x0)) - x0
	for range steps {
		g -= math.Log(x0 - 1)
		x0--
	}
	return g
}
