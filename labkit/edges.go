package labkit

// An Edge says who spoke to whom, and when.
type Edge struct {
	Source, Destination int32 // numbers that stand for hosts
	Tick                int32 // a count of minutes or the like, from 1
}

// An EdgeDetector finds anomalies in a stream of edges. It is no [Detector]:
// the same edges in another order have other scores. It is not safe for use by
// several goroutines at once.
type EdgeDetector interface {
	// Observe counts an edge and returns its score, from 0; higher is more
	// anomalous. Ticks do not decrease from one edge to the next.
	Observe(Edge) float64
}

// An edgeHash chooses the cells of a count-min sketch that count a thing: one
// in each of two rows.
type edgeHash struct{ factor, offset [2]int32 }

// The hash parameters of the MIDAS authors' example/Reproducible.cpp. MIDAS
// itself, which counts edges only, uses the first.
var (
	sourceHash      = edgeHash{[2]int32{2, 3}, [2]int32{5, 7}}
	destinationHash = edgeHash{[2]int32{11, 13}, [2]int32{17, 19}}
	pairHash        = edgeHash{[2]int32{23, 29}, [2]int32{31, 37}}
)

// cells returns the indices of a and b among two rows of buckets. It wraps
// round on overflow, as the authors' code does once it is compiled.
func (h edgeHash) cells(a, b int32, buckets int) (cells [2]int) {
	const prime = 104729 // the authors' choice
	for row := range cells {
		c := int((a+prime*b)*h.factor[row]+h.offset[row]) % buckets
		if c < 0 {
			c += buckets
		}
		cells[row] = c + row*buckets
	}
	return cells
}

// counts are the cells of a count-min sketch, which never counts too little.
//
// Source: G. Cormode and S. Muthukrishnan, An Improved Data Stream Summary: The
// Count-Min Sketch and its Applications, Journal of Algorithms 55(1), 2005.
type counts []float32

func (c counts) add(cells [2]int) {
	c[cells[0]]++
	c[cells[1]]++
}

func (c counts) least(cells [2]int) float32 { return min(c[cells[0]], c[cells[1]]) }

func (c counts) scale(by float32) {
	for i := range c {
		c[i] *= by
	}
}

// burst is a chi-squared statistic of two bins: how far the current count is
// from the mean of ticks that total, counted in that many ticks, promises. It
// rounds as the authors' code, to single precision but for the last steps.
func burst(current, total float32, ticks int32) float32 {
	t := float32(ticks)
	if total == 0 || t == 1 {
		return 0
	}
	d := float64((current - total/t) * t)
	return float32(d * d / float64(total*(t-1)))
}
