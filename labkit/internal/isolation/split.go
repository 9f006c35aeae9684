package isolation

import (
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// points are rows in single precision, one after the other.
type points struct {
	n, cols int
	values  []float32
}

// pick returns some rows of a matrix.
func pick(x *mat.Dense, rows []int) points {
	_, cols := x.Dims()
	p := points{len(rows), cols, make([]float32, 0, len(rows)*cols)}
	for _, i := range rows {
		for _, v := range x.RawRowView(i) {
			p.values = append(p.values, float32(v))
		}
	}
	return p
}

// nodeRows are the rows of a node: positions [start, end) in the splitter's order.
type nodeRows struct {
	start, end int
	depth      int
	constants  int     // columns known to be constant here, and so below
	impurity   float64 // see randomTargets
}

func (n nodeRows) count() int { return n.end - n.start }

// A splitter draws random splits: a column that is not constant in the node,
// then a threshold between that column's smallest and largest value there.
//
// Which columns are constant is remembered on the way down. The bookkeeping is
// scikit-learn's, since it decides what the next random number means.
type splitter struct {
	x       points
	random  *randomstate.Xorshift
	rows    []int     // the tree's rows; a node owns a stretch of them
	values  []float32 // the values of the column at hand, by position in rows
	columns []int     // a permutation that is never reset between nodes
	known   []int     // constant columns in the order of discovery
}

// A split says how a node's rows part: those before middle have a value of at
// most threshold in the column.
type split struct {
	column    int
	threshold float64
	middle    int
	constants int // how many columns are constant in the node
}

func newSplitter(x points, random *randomstate.Xorshift) splitter {
	return splitter{
		x: x, random: random, rows: upTo(x.n), columns: upTo(x.cols),
		values: make([]float32, x.n), known: make([]int, x.cols),
	}
}

// upTo returns the integers from 0 to n-1.
func upTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// split draws columns until one varies, and parts the rows of the node. It
// returns false if all columns are constant.
//
// s.columns is kept in four stretches: constants known above that were drawn
// again here, constants known above, constants found here, and the rest. A
// column is drawn from the first to the last not yet drawn; one that is known
// costs a draw and nothing else.
func (s *splitter) split(n nodeRows) (split, bool) {
	drawn, found := 0, 0
	for n.constants+found < len(s.columns) {
		j := s.random.Between(drawn, len(s.columns)-found)
		if j < n.constants {
			s.swap(drawn, j)
			drawn++
			continue
		}
		j += found
		column := s.columns[j]
		low, high := s.gather(n, column)
		if isConstant(low, high) {
			s.swap(j, n.constants+found)
			found++
			continue
		}
		s.swap(len(s.columns)-1, j)
		threshold := s.threshold(low, high)
		middle := s.partition(n, threshold)
		return split{column, threshold, middle, s.remember(n.constants, found)}, true
	}
	s.remember(n.constants, found)
	return split{}, false
}

// remember restores the order of the constants known above, which the draws
// shuffled, notes those found here behind them, and returns how many there are.
func (s *splitter) remember(constants, found int) int {
	copy(s.columns[:constants], s.known[:constants])
	copy(s.known[constants:constants+found], s.columns[constants:constants+found])
	return constants + found
}

func (s *splitter) swap(i, j int) { s.columns[i], s.columns[j] = s.columns[j], s.columns[i] }

// gather reads the column's values in the node and returns their range.
func (s *splitter) gather(n nodeRows, column int) (low, high float32) {
	low = s.x.values[s.rows[n.start]*s.x.cols+column]
	high = low
	for p := n.start; p < n.end; p++ {
		v := s.x.values[s.rows[p]*s.x.cols+column]
		s.values[p] = v
		low, high = min(low, v), max(high, v)
	}
	return low, high
}

// isConstant ignores differences too small to split 32-bit values at.
func isConstant(low, high float32) bool {
	const tolerance float32 = 1e-7
	return high <= low+tolerance
}

func (s *splitter) threshold(low, high float32) float64 {
	t := s.random.Uniform(float64(low), float64(high))
	if t == float64(high) {
		return float64(low) // at high, no row would go to the right
	}
	return t
}

// partition moves the rows with a value of at most threshold to the front and
// returns where the others begin.
func (s *splitter) partition(n nodeRows, threshold float64) int {
	p, end := n.start, n.end
	for p < end {
		if float64(s.values[p]) <= threshold {
			p++
			continue
		}
		end--
		s.rows[p], s.rows[end] = s.rows[end], s.rows[p]
		s.values[p], s.values[end] = s.values[end], s.values[p]
	}
	return end
}
