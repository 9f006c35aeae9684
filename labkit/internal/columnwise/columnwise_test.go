package columnwise

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func randomRows(rows, cols int) []float64 {
	r := rand.New(rand.NewPCG(1, uint64(cols)))
	values := make([]float64, rows*cols)
	for i := range values {
		values[i] = r.NormFloat64() * math.Exp(3*r.NormFloat64())
	}
	return values
}

// Sums over many rows are those of one row after the other, to the last bit.
func TestSums(t *testing.T) {
	for cols := 1; cols <= 11; cols++ {
		for _, n := range []int{0, 1, 7, 30} {
			rows := randomRows(n+1, cols)
			a, rows := rows[:cols], rows[cols:]
			p := New(rows, cols)
			for from := range n {
				products := make([]float64, n-from)
				p.Products(products, a, from)
				for i, got := range products {
					if want := product(a, rows[(from+i)*cols:]); got != want {
						t.Errorf("%d columns: product with row %d is %v, want %v", cols, from+i, got, want)
					}
				}
			}
			distances := make([]float64, n)
			p.SquaredDistances(distances, a)
			for i, got := range distances {
				if want := squaredDistance(a, rows[i*cols:]); got != want {
					t.Errorf("%d columns: squared distance to row %d is %v, want %v", cols, i, got, want)
				}
			}
		}
	}
}

func product(a, b []float64) (sum float64) {
	for c, v := range a {
		sum = math.FMA(v, b[c], sum)
	}
	return sum
}

func squaredDistance(a, b []float64) (sum float64) {
	for c, v := range a {
		sum = math.FMA(v-b[c], v-b[c], sum)
	}
	return sum
}

func TestSwap(t *testing.T) {
	p := New([]float64{1, 2, 3, 4, 5, 6}, 2)
	p.Swap(0, 2)
	for i, want := range [][]float64{{5, 6}, {3, 4}, {1, 2}} {
		if got := p.Row(i); !slices.Equal(got, want) {
			t.Errorf("row %d is %v, want %v", i, got, want)
		}
	}
}

func BenchmarkProducts(b *testing.B) {
	const rows, cols = 5000, 8
	p := New(randomRows(rows, cols), cols)
	a, out := p.Row(0), make([]float64, rows)
	for name, do := range map[string]func(){
		"products":  func() { p.Products(out, a, 0) },
		"distances": func() { p.SquaredDistances(out, a) },
	} {
		b.Run(fmt.Sprintf("%s/rows=%d", name, rows), func(b *testing.B) {
			for b.Loop() {
				do()
			}
		})
	}
}
