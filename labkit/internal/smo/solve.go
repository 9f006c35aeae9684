package smo

import (
	"context"
	"errors"
	"fmt"
	"math"

	"flowlab/labkit/internal/parallel"
)

const (
	// tolerance is how far the largest and the smallest gradient among the
	// weights that may still move can differ at the optimum.
	tolerance = 1e-3

	// flat takes the place of a curvature that rounding made zero or negative.
	flat = 1e-12

	// cacheBytes bounds the memory for kernel rows.
	cacheBytes = 150 << 20
)

// errLost reports that kernel values overflowed, see [kernel].
var errLost = errors.New("the distances between rows are lost to rounding, because the rows lie too far from 0: centre the columns")

// A Problem is a set of rows and the two parameters of the machine.
type Problem struct {
	Points []float64 // the rows, one after the other
	Cols   int       // numbers in a row
	Gamma  float64   // width of the kernel, above 0
	Nu     float64   // mean weight of a row, in (0, 1]
}

// A Solution holds the weights that solve a [Problem].
type Solution struct {
	Support    []int     // rows with a weight above 0, ascending
	Alpha      []float64 // their weights, in (0, 1]
	Rho        float64   // Σ_j α_j K(i, j) of rows i on the boundary; +Inf if every weight is 1
	Iterations int       // pairs of weights that were moved
}

// Solve returns the solution of p. It returns an error if it does not arrive
// there within 10 million iterations, or 100 for each row if that is more, if
// the rows lie so far from 0 that their distances are lost to rounding, and
// that of ctx if ctx is done before.
func Solve(ctx context.Context, p Problem) (Solution, error) {
	n := len(p.Points) / p.Cols
	return newSolver(ctx, p, cacheBytes).solve(max(10_000_000, 100*n))
}

// A solver is the state of the search. All its slices and the kernel rows are
// in the order of positions, which [solver.shrink] rearranges so that the
// active rows come first.
type solver struct {
	kernel *cache
	id     []int     // the problem's row at each position
	alpha  []float64 // its weight
	grad   []float64 // Σ_j α_j K(i, j): the derivative of the objective by α_i

	// full is the part of grad owed to weights of 1. It is kept up to date for
	// all rows, so that reconstruct need not add that part up again.
	full []float64

	active   int  // rows 0..active-1 take part in the search
	restored bool // the rows were all brought back once, near the optimum
}

// newSolver returns a solver at the start: the first rows carry all the weight.
func newSolver(ctx context.Context, p Problem, cacheBytes int) *solver {
	n := len(p.Points) / p.Cols
	s := &solver{
		kernel: newCache(ctx, newKernel(p), cacheBytes),
		id:     make([]int, n),
		alpha:  make([]float64, n),
		grad:   make([]float64, n),
		full:   make([]float64, n),
		active: n,
	}
	for i := range s.id {
		s.id[i] = i
	}
	s.start(p.Nu)
	return s
}

// start sets the first weights and their gradient. Rows with a weight of 1 come
// first, then at most one with what is left.
func (s *solver) start(nu float64) {
	n := len(s.alpha)
	rest := 0.0
	for range n {
		rest += nu // not nu·n: the rounding of the sum decides the last weight
	}
	heavy := 0
	for ; rest >= 1 && heavy < n; heavy++ {
		s.alpha[heavy] = 1
		rest--
	}
	s.addRows(s.full, s.id[:heavy], 0)
	copy(s.grad, s.full)
	if heavy < n && rest > 0 {
		s.alpha[heavy] = rest
		addScaled(s.grad, rest, s.kernel.row(heavy, n))
	}
}

// solve moves pairs of weights until no pair promises an improvement.
func (s *solver) solve(limit int) (Solution, error) {
	n := len(s.alpha)
	countdown := min(n, 1000) + 1
	for iterations := 0; ; iterations++ {
		if err := s.kernel.ctx.Err(); err != nil {
			return Solution{}, err
		}
		if countdown--; countdown == 0 {
			countdown = min(n, 1000)
			s.shrink()
		}
		i, j, ok := s.selectPair()
		if !ok {
			// Nothing to do among the active rows: ask all of them.
			s.restore()
			if i, j, ok = s.selectPair(); !ok {
				return s.solution(iterations)
			}
			countdown = 1
		}
		if iterations == limit {
			return Solution{}, fmt.Errorf("no optimum within %d iterations", limit)
		}
		if !s.move(i, j) {
			return Solution{}, errLost
		}
	}
}

// move shifts weight between rows i and j to where the objective, a parabola
// along that shift, is smallest, or as far that way as the bounds allow. It
// returns false if there is no telling where that is.
func (s *solver) move(i, j int) bool {
	rowI, rowJ := s.kernel.row(i, s.active), s.kernel.row(j, s.active)
	oldI, oldJ := s.alpha[i], s.alpha[j]
	upperI, upperJ := s.atUpper(i), s.atUpper(j)

	step := (s.grad[i] - s.grad[j]) / curvature(rowI[j])
	if math.IsNaN(step) || math.IsInf(step, 0) {
		return false
	}
	s.alpha[i], s.alpha[j] = clip(oldI-step, oldJ+step, oldI+oldJ)

	stepI, stepJ := s.alpha[i]-oldI, s.alpha[j]-oldJ
	for k := range s.grad[:s.active] {
		s.grad[k] += float64(float64(rowI[k])*stepI) + float64(float64(rowJ[k])*stepJ)
	}
	s.updateFull(i, upperI)
	s.updateFull(j, upperJ)
	return true
}

// clip returns a and b moved into 0..1 without changing their sum.
func clip(a, b, sum float64) (float64, float64) {
	switch {
	case sum > 1 && a > 1:
		a, b = 1, sum-1
	case sum <= 1 && b < 0:
		a, b = sum, 0
	}
	switch {
	case sum > 1 && b > 1:
		a, b = sum-1, 1
	case sum <= 1 && a < 0:
		a, b = 0, sum
	}
	return a, b
}

// updateFull corrects full if row i has come to the upper bound or left it.
func (s *solver) updateFull(i int, wasUpper bool) {
	switch isUpper := s.atUpper(i); {
	case isUpper && !wasUpper:
		addScaled(s.full, 1, s.kernel.row(i, len(s.full)))
	case wasUpper && !isUpper:
		addScaled(s.full, -1, s.kernel.row(i, len(s.full)))
	}
}

// solution reads the result off the weights. All rows must be active.
func (s *solver) solution(iterations int) (Solution, error) {
	rho := s.rho()
	if math.IsNaN(rho) {
		return Solution{}, errLost
	}
	weight := make([]float64, len(s.alpha))
	for i, id := range s.id {
		weight[id] = s.alpha[i]
	}
	result := Solution{Rho: rho, Iterations: iterations}
	for i, alpha := range weight {
		if alpha > 0 {
			result.Support = append(result.Support, i)
			result.Alpha = append(result.Alpha, alpha)
		}
	}
	return result, nil
}

// rho returns the gradient that the free rows share. Without a free row it is
// halfway between what the rows at the two bounds allow.
func (s *solver) rho() float64 {
	sum, free := 0.0, 0
	least, most := math.Inf(-1), math.Inf(1)
	for i, g := range s.grad {
		switch {
		case s.atUpper(i):
			least = max(least, g)
		case s.atLower(i):
			most = min(most, g)
		default:
			sum += g
			free++
		}
	}
	if free > 0 {
		return sum / float64(free)
	}
	return (least + most) / 2
}

// A row is at the upper bound, at the lower bound, or else free.
func (s *solver) atUpper(i int) bool { return s.alpha[i] >= 1 }
func (s *solver) atLower(i int) bool { return s.alpha[i] <= 0 }
func (s *solver) free(i int) bool    { return !s.atUpper(i) && !s.atLower(i) }

// curvature returns that of the objective along a shift of weight between two
// rows whose kernel value is k: K(i, i) + K(j, j) - 2k, and K(i, i) is 1.
func curvature(k float32) float64 {
	if c := 2 - 2*float64(k); c > 0 {
		return c
	}
	return flat
}

// addRows adds the kernel rows of the given positions, each times its weight, to
// sum from a position on. Each number is added to in the order of the rows.
func (s *solver) addRows(sum []float64, positions []int, from int) {
	for batch, rows := range s.kernel.batches(positions, len(sum)) {
		parallel.Blocks(len(sum)-from, portion, func(lo, hi int) {
			lo, hi = from+lo, from+hi
			for t, i := range batch {
				addScaled(sum[lo:hi], s.alpha[i], rows[t][lo:hi])
			}
		})
	}
}

// addScaled adds scale·row to sum.
func addScaled(sum []float64, scale float64, row []float32) {
	for k, v := range row {
		sum[k] += float64(scale * float64(v))
	}
}
