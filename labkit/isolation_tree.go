package labkit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// An isolationTree holds its nodes in preorder, the root first.
type isolationTree []isolationNode

// An isolationNode sends a row to the left if its value in the column is at
// most the threshold, otherwise to the right. At a leaf both are 0.
type isolationNode struct {
	column      int
	threshold   float64
	left, right int
	rows        int     // training rows that came here
	pathLength  float64 // at a leaf: edges from the root, plus c(rows) for the splits not made
}

// pathLength returns how many splits it takes to isolate the row. A walk of
// many rows is faster by [isolationWalk].
func (t isolationTree) pathLength(row []float32) float64 {
	node := &t[0]
	for node.left != 0 {
		if float64(row[node.column]) <= node.threshold {
			node = &t[node.left]
		} else {
			node = &t[node.right]
		}
	}
	return node.pathLength
}

// growIsolationTree draws a sample of the rows and splits it until every row
// stands alone or the height limit, the mean height of such a tree, is reached.
func growIsolationTree(x *mat.Dense, targets []float64, sampleSize int, seed uint32) isolationTree {
	rows, _ := x.Dims()
	sample := sampleRows(randomstate.New(seed), rows, sampleSize)
	state := uint32(randomstate.New(seed).Intn(math.MaxInt32))
	splits := randomstate.NewXorshift(uint32(randomstate.New(state).Intn(math.MaxInt32)))
	g := isolationGrower{
		splitter: newSplitter(pick(x, sample), splits),
		targets:  make([]float64, sampleSize),
		maxDepth: heightLimit(sampleSize),
	}
	for p, row := range sample {
		g.targets[p] = targets[row]
	}
	root := nodeRows{end: sampleSize}
	root.impurity = g.impurity(root)
	g.grow(root)
	return g.tree
}

// heightLimit is the mean height of a tree of n rows: rows that are still
// together then are normal, and how normal does not matter.
func heightLimit(n int) int { return int(math.Ceil(math.Log2(float64(n)))) }

type isolationGrower struct {
	splitter
	targets  []float64
	maxDepth int
	tree     isolationTree
}

// nodeRows are the rows of a node: positions [start, end) in the splitter's order.
type nodeRows struct {
	start, end int
	depth      int
	constants  int     // columns known to be constant here, and so below
	impurity   float64 // see randomTargets
}

func (n nodeRows) count() int { return n.end - n.start }

// grow appends the node and all below it, the left side first, and returns
// its index.
func (g *isolationGrower) grow(n nodeRows) int {
	index := len(g.tree)
	g.tree = append(g.tree, isolationNode{rows: n.count()})

	left, right, s, ok := g.divide(n)
	if !ok {
		// The root counts as depth 1 before the edge to it is taken off again:
		// the order in which scikit-learn rounds.
		g.tree[index].pathLength = float64(n.depth+1) + averagePathLength(n.count()) - 1
		return index
	}
	g.tree[index].column, g.tree[index].threshold = s.column, s.threshold
	g.tree[index].left = g.grow(left)
	g.tree[index].right = g.grow(right)
	return index
}

// divide splits the rows of a node in two, unless it is a leaf.
func (g *isolationGrower) divide(n nodeRows) (left, right nodeRows, s split, ok bool) {
	if n.depth >= g.maxDepth || n.count() < 2 || n.impurity <= epsilon {
		return nodeRows{}, nodeRows{}, split{}, false
	}
	s, ok = g.split(n)
	if !ok {
		return nodeRows{}, nodeRows{}, split{}, false
	}
	left = nodeRows{start: n.start, end: s.middle, depth: n.depth + 1, constants: s.constants}
	right = nodeRows{start: s.middle, end: n.end, depth: n.depth + 1, constants: s.constants}
	ok = g.judge(n, &left, &right)
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
