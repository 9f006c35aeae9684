package window

import (
	"math"
	"time"
)

// micros is a time in microseconds since 1970, or a length of time.
type micros = int64

// never is before all times that an instant can be.
const never micros = -1 << 62

// instant returns the microsecond nearest to a time in seconds since 1970, and
// whether it is one that can be counted with.
func instant(seconds float64) (micros, bool) {
	us := math.RoundToEven(seconds * 1e6)
	return micros(us), math.Abs(us) < 1<<61 // false for NaN, too
}

func seconds(us micros) float64 { return float64(us) / 1e6 }

// A grid says where windows start and end.
type grid struct {
	size, slide micros
	pane        micros // all borders of windows lie on multiples of it
}

func newGrid(size, slide time.Duration) grid {
	g := grid{size: size.Microseconds(), slide: slide.Microseconds()}
	g.pane = gcd(g.size, g.slide)
	return g
}

// windows returns the starts of the first and the last window that hold a time.
func (g grid) windows(t micros) (first, last micros) {
	return floor(t-g.size, g.slide) + g.slide, floor(t, g.slide)
}

// count returns how many windows start from first to last.
func (g grid) count(first, last micros) int {
	return int(max(last-first+g.slide, 0) / g.slide)
}

// lastClosed returns the start of the last window that ends by a time.
func (g grid) lastClosed(t micros) micros { return floor(t-g.size, g.slide) }

// floor returns the highest multiple of step that is not above t.
func floor(t, step micros) micros {
	r := t % step
	if r < 0 {
		r += step
	}
	return t - r
}

func gcd(a, b micros) micros {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
