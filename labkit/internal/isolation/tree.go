package isolation

import (
	"iter"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// A Tree holds its nodes in preorder, the root first.
type Tree []Node

// A Node sends a row to the left if its value in the column, rounded to 32
// bits, is at most the threshold, otherwise to the right. At a leaf both are 0.
type Node struct {
	Column      int
	Threshold   float64
	Left, Right int
	Rows        int     // training rows that came here
	PathLength  float64 // at a leaf: edges from the root, plus c(Rows) for the splits not made
}

// Path visits the nodes from the root to the leaf of a row.
func (t Tree) Path(row []float64) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		node := t[0]
		for yield(node) && node.Left != 0 {
			if float64(float32(row[node.Column])) <= node.Threshold {
				node = t[node.Left]
			} else {
				node = t[node.Right]
			}
		}
	}
}

// AveragePathLength is c(n): how many edges a search that finds nothing walks,
// on average, in a binary search tree of n rows. It stands for the splits that
// a leaf of n rows would still need.
func AveragePathLength(n int) float64 {
	switch {
	case n <= 1:
		return 0
	case n == 2:
		return 1
	}
	const euler = 0.5772156649015329
	m := float64(n - 1)
	return 2*(math.Log(m)+euler) - 2*m/float64(n)
}

// heightLimit is the mean height of a tree of n rows: rows that are still
// together then are normal, and how normal does not matter.
func heightLimit(n int) int { return int(math.Ceil(math.Log2(float64(n)))) }

// GrowTree draws a sample of the rows of x, all of which 32 bits can hold, and
// splits it until every row stands alone or the height limit is reached.
func GrowTree(x *mat.Dense, targets []float64, sampleSize int, seed uint32) Tree {
	rows, _ := x.Dims()
	sample := sampleRows(randomstate.New(seed), rows, sampleSize)
	state := uint32(randomstate.New(seed).Intn(math.MaxInt32))
	splits := randomstate.NewXorshift(uint32(randomstate.New(state).Intn(math.MaxInt32)))
	g := grower{
		splitter: newSplitter(pick(x, sample), splits),
		targets:  make(sampleTargets, sampleSize),
		maxDepth: heightLimit(sampleSize),
	}
	for p, row := range sample {
		g.targets[p] = targets[row]
	}
	root := nodeRows{end: sampleSize}
	root.impurity = g.targets.impurity(g.rows, root)
	g.grow(root)
	return g.tree
}

// A grower is a tree that grows.
type grower struct {
	splitter
	targets  sampleTargets
	maxDepth int
	tree     Tree
}

// grow appends the node and all below it, the left side first, and returns
// its index.
func (g *grower) grow(n nodeRows) int {
	index := len(g.tree)
	g.tree = append(g.tree, Node{Rows: n.count()})

	left, right, s, ok := g.divide(n)
	if !ok {
		// The root counts as depth 1 before the edge to it is taken off again:
		// the order in which scikit-learn rounds.
		g.tree[index].PathLength = float64(n.depth+1) + AveragePathLength(n.count()) - 1
		return index
	}
	g.tree[index].Column, g.tree[index].Threshold = s.column, s.threshold
	g.tree[index].Left = g.grow(left)
	g.tree[index].Right = g.grow(right)
	return index
}

// divide splits the rows of a node in two, unless it is a leaf.
func (g *grower) divide(n nodeRows) (left, right nodeRows, s split, ok bool) {
	if n.depth >= g.maxDepth || n.count() < 2 || n.impurity <= epsilon {
		return nodeRows{}, nodeRows{}, split{}, false
	}
	s, ok = g.split(n)
	if !ok {
		return nodeRows{}, nodeRows{}, split{}, false
	}
	left = nodeRows{start: n.start, end: s.middle, depth: n.depth + 1, constants: s.constants}
	right = nodeRows{start: s.middle, end: n.end, depth: n.depth + 1, constants: s.constants}
	ok = g.targets.judge(g.rows, n, &left, &right)
	return left, right, s, ok
}

// sampleRows returns m of the rows 0 to n-1, in ascending order. The three ways
// to draw are scikit-learn's, chosen by m/n.
func sampleRows(r *randomstate.RandomState, n, m int) []int {
	var rows []int
	switch ratio := float64(m) / float64(n); {
	case ratio < 0.99 && ratio > 0.01:
		rows = r.Permutation(n)[:m]
	case ratio >= 0.99:
		rows = make([]int, m)
		for i := range n {
			if i < m {
				rows[i] = i
			} else if j := r.Intn(i + 1); j < m {
				rows[j] = i
			}
		}
	default:
		seen := make(map[int]bool, m)
		for len(rows) < m {
			if i := r.Intn(n); !seen[i] {
				seen[i] = true
				rows = append(rows, i)
			}
		}
	}
	slices.Sort(rows)
	return rows
}
