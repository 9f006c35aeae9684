package smo

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// cloud returns rows normal rows, every tenth of them three times as far out.
func cloud(seed uint64, rows, cols int) []float64 {
	r := rand.New(rand.NewPCG(seed, 0))
	x := make([]float64, rows*cols)
	for i := range x {
		x[i] = r.NormFloat64()
		if i/cols%10 == 0 {
			x[i] *= 3
		}
	}
	return x
}

// grid returns rows of small integers, so that many rows and distances repeat.
func grid(seed uint64, rows, cols int) []float64 {
	r := rand.New(rand.NewPCG(seed, 0))
	x := make([]float64, rows*cols)
	for i := range x {
		x[i] = float64(r.IntN(4))
	}
	return x
}

// problems returns problems small and large enough for every branch of the
// search: few and many free rows, shrinking, ties.
func problems() map[string]Problem {
	return map[string]Problem{
		"cloud, few outside":  {Points: cloud(1, 300, 3), Cols: 3, Gamma: 0.3, Nu: 0.05},
		"cloud, half outside": {Points: cloud(2, 300, 3), Cols: 3, Gamma: 0.1, Nu: 0.5},
		"cloud, narrow bumps": {Points: cloud(3, 200, 2), Cols: 2, Gamma: 20, Nu: 0.3},
		"cloud, long search":  {Points: cloud(4, 1200, 4), Cols: 4, Gamma: 1, Nu: 0.4},
		"grid":                {Points: grid(5, 200, 2), Cols: 2, Gamma: 0.5, Nu: 0.3},
	}
}

// TestSolveByHand works out two rows at distance 1 with Gamma = ln 2, so that
// K = 1/2. They are alike, so both get the weight Nu, and the gradient of both
// is Nu·(1 + 1/2).
func TestSolveByHand(t *testing.T) {
	for _, test := range []struct {
		nu         float64
		rho        float64
		iterations int
	}{
		{nu: 0.5, rho: 0.75, iterations: 1},   // from 1, 0 in one step
		{nu: 0.75, rho: 1.125, iterations: 1}, // from 1, 1/2 in one step
		{nu: 1, rho: math.Inf(1), iterations: 0},
	} {
		got, err := Solve(t.Context(), Problem{Points: []float64{3, 4}, Cols: 1, Gamma: math.Ln2, Nu: test.nu})
		if err != nil {
			t.Fatal(err)
		}
		want := Solution{
			Support:    []int{0, 1},
			Alpha:      []float64{test.nu, test.nu},
			Rho:        test.rho,
			Iterations: test.iterations,
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Nu %v: got %+v, want %+v", test.nu, got, want)
		}
	}
}

// TestOptimum holds solutions against the conditions of Karush, Kuhn and
// Tucker, with a kernel computed plainly from distances: rows without weight lie
// inside the boundary, rows of weight 1 outside, the others on it.
func TestOptimum(t *testing.T) {
	for name, p := range problems() {
		t.Run(name, func(t *testing.T) {
			got, err := Solve(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			n := len(p.Points) / p.Cols
			alpha, total := make([]float64, n), 0.0
			for s, i := range got.Support {
				alpha[i] = got.Alpha[s]
				total += got.Alpha[s]
				if !(alpha[i] > 0 && alpha[i] <= 1) {
					t.Errorf("weight of row %d is %v, outside of (0, 1]", i, alpha[i])
				}
			}
			if want := p.Nu * float64(n); math.Abs(total-want) > 1e-9 {
				t.Errorf("weights add up to %v, want %v", total, want)
			}
			slack := tolerance + 1e-6*total // of the search, and of 32-bit kernel values
			for i := range n {
				over := plainGradient(p, alpha, i) - got.Rho
				if alpha[i] < 1 && over < -slack {
					t.Errorf("row %d has weight %v and lies %v outside", i, alpha[i], -over)
				}
				if alpha[i] > 0 && over > slack {
					t.Errorf("row %d has weight %v and lies %v inside", i, alpha[i], over)
				}
			}
		})
	}
}

// plainGradient returns Σ_j α_j K(i, j).
func plainGradient(p Problem, alpha []float64, i int) float64 {
	sum := 0.0
	for j, a := range alpha {
		distance := 0.0
		for c := range p.Cols {
			difference := p.Points[i*p.Cols+c] - p.Points[j*p.Cols+c]
			distance += difference * difference
		}
		sum += a * math.Exp(-p.Gamma*distance)
	}
	return sum
}

// TestSolveIsReproducible checks that neither the size of the cache nor the
// number of processors changes a bit.
func TestSolveIsReproducible(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for name, p := range problems() {
		want, err := Solve(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		n := len(p.Points) / p.Cols
		for _, procs := range []int{1, 8} {
			runtime.GOMAXPROCS(procs)
			for _, rows := range []int{2, 3, 70} {
				got, err := newSolver(t.Context(), p, 4*rows*n).solve(math.MaxInt)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %d processors, cache of %d rows: another solution", name, procs, rows)
				}
			}
		}
	}
}

func TestSolveGivesUp(t *testing.T) {
	p := problems()["cloud, long search"]
	_, err := newSolver(t.Context(), p, cacheBytes).solve(10)
	if err == nil || !strings.Contains(err.Error(), "within 10 iterations") {
		t.Errorf("limit of 10 iterations: got error %v", err)
	}
}

// A search that is given up ends: in its loop, and while it adds up the first
// gradient, which for a million rows takes hours.
func TestSolveEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := newSolver(ctx, problems()["cloud, long search"], cacheBytes)
	cancel()
	if _, err := s.solve(math.MaxInt); err != context.Canceled {
		t.Errorf("in the loop: error is %v, want %v", err, context.Canceled)
	}
	if _, err := Solve(ctx, Problem{Points: make([]float64, 1<<20), Cols: 1, Gamma: 1, Nu: 0.5}); err != context.Canceled {
		t.Errorf("first gradient: error is %v, want %v", err, context.Canceled)
	}
}

// TestSolveFarFromZero has rows whose squares swallow their distances: kernel
// values of what looks like a negative distance overflow.
func TestSolveFarFromZero(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 0))
	x := make([]float64, 60)
	for i := range x {
		x[i] = 1e9 + r.Float64()
	}
	_, err := Solve(t.Context(), Problem{Points: x, Cols: 1, Gamma: 10, Nu: 0.5})
	if err == nil || !strings.Contains(err.Error(), "centre") {
		t.Errorf("rows near 1e9: got error %v", err)
	}
}
