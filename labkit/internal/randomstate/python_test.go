package randomstate

import (
	"slices"
	"testing"
)

// The numbers of [random.Random(seed).random() for …] in CPython 3.11.7.
func TestPythonStreams(t *testing.T) {
	for seed, want := range map[uint32][]float64{
		0:          {0.8444218515250481, 0.7579544029403025},
		42:         {0.6394267984578837, 0.025010755222666936, 0.27502931836911926},
		4294967295: {0.6353574441341173, 0.20319993954407756},
	} {
		r := NewPython(seed)
		for i, w := range want {
			if got := r.Float64(); got != w {
				t.Errorf("seed %d, number %d: got %v, want %v", seed, i, got, w)
			}
		}
	}
}

// [r.choices(range(4), weights=[.5, 0, 1, .25])[0] for _ in range(20)] with
// r = random.Random(42) in CPython 3.11.7. What has no weight is never drawn.
func TestPythonChoice(t *testing.T) {
	r := NewPython(42)
	var got []int
	for range 20 {
		got = append(got, r.Choice([]float64{.5, 0, 1, .25}))
	}
	if want := []int{2, 0, 0, 0, 2, 2, 3, 0, 2, 0, 0, 2, 0, 0, 2, 2, 0, 2, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// sample(range(12), 5), (range(380), 6), (range(277), 30), (range(278), 30) and
// random() of one random.Random(7) in CPython 3.11.7: the third is the longest
// list that it shuffles, and the fourth one that it does not.
func TestPythonSample(t *testing.T) {
	r := NewPython(7)
	for _, c := range []struct{ n, k, from, to, first int }{{12, 5, 0, 5, 0}, {380, 6, 0, 6, 5}, {277, 30, 0, 4, 11}, {278, 30, 26, 30, 15}} {
		want := []int{5, 2, 6, 0, 1, 274, 48, 187, 298, 29, 259, 109, 19, 44, 222, 214, 84, 77, 250}[c.first:]
		got := r.Sample(nil, c.n, c.k)
		if !slices.Equal(got[c.from:c.to], want[:c.to-c.from]) {
			t.Errorf("%d of %d: got %v at %d, want %v", c.k, c.n, got, c.from, want[:c.to-c.from])
		}
	}
	if got := r.Float64(); got != 0.4216983544767443 {
		t.Errorf("then %v", got)
	}
}
