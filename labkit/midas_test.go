package labkit

import (
	"fmt"
	"math"
	"testing"
)

// The scores that the authors' code gives to the edges of testdata/online.
func TestMIDASEqualsTheAuthors(t *testing.T) {
	x := readMatrix(t, "online/midas.csv", "src", "dst", "t")
	for column, detector := range map[string]EdgeDetector{"midas": &MIDAS{}, "midas_r": &MIDASR{}, "midas_f": &MIDASF{}} {
		for i, want := range readMatrix(t, "online/midas.csv", column).RawMatrix().Data {
			e := Edge{int32(x.At(i, 0)), int32(x.At(i, 1)), int32(x.At(i, 2))}
			if got := detector.Observe(e); float32(got) != float32(want) {
				t.Fatalf("%s: edge %d, %v, scores %v, the authors' code gives %v", column, i, e, got, want)
			}
		}
	}
}

// One edge a tick for four ticks, then four in the fifth: s = 8, a = 4, t = 5,
// so ((4 − 8/5)·5)² / (8·4) = 144/32 = 4.5. The third has a = 3 and s = 7, so
// 64/28 = 16/7; the first a = 1 and s = 5, just what the mean promises.
func TestMIDASByHand(t *testing.T) {
	var m MIDAS
	for tick := range int32(4) {
		m.Observe(Edge{1, 2, tick + 1})
	}
	want := []float64{0, 2. / 3, 16. / 7, 4.5}
	for i, w := range want {
		if got := m.Observe(Edge{1, 2, 5}); math.Abs(got-w) > 1e-6 {
			t.Errorf("edge %d of tick 5 scores %v, want %v", i, got, w)
		}
	}
}

// A burst in one pair: by MIDAS and MIDASR it is forgotten once it lasts,
// MIDASF goes on seeing it.
func TestMIDASFilteringDoesNotGetUsedToAnAttack(t *testing.T) {
	ratio := func(d EdgeDetector) float64 {
		last := map[int32]float64{}
		for tick := int32(1); tick <= 60; tick++ {
			n := 2
			if tick > 20 {
				n = 200
			}
			for range n {
				last[tick] = d.Observe(Edge{1, 2, tick})
			}
		}
		return last[60] / last[22]
	}
	if r := ratio(&MIDASR{}); r > 0.2 {
		t.Errorf("MIDASR: after 40 ticks the burst still scores %.2f of what it did", r)
	}
	if r := ratio(&MIDASF{}); r < 0.8 {
		t.Errorf("MIDASF: after 40 ticks the burst scores %.2f of what it did", r)
	}
}

// One source that speaks to a new host with each edge has no pair that counts.
func TestMIDASRSeesAScan(t *testing.T) {
	pairs, relations := &MIDAS{Buckets: 1 << 16}, &MIDASR{Buckets: 1 << 16}
	for tick := int32(1); tick <= 20; tick++ {
		for host := range int32(50) {
			pairs.Observe(Edge{host, host + 1, tick})
			relations.Observe(Edge{host, host + 1, tick})
		}
	}
	var p, r float64
	for host := range int32(300) {
		p, r = pairs.Observe(Edge{7, 1000 + host, 21}), relations.Observe(Edge{7, 1000 + host, 21})
	}
	if p > 30 || r < 1000 {
		t.Errorf("a scan scores %.0f by pairs and %.0f with relations: want little and much", p, r)
	}
}

func ExampleMIDASF() {
	var m MIDASF
	for minute := int32(1); minute <= 5; minute++ {
		m.Observe(Edge{Source: 1, Destination: 2, Tick: minute})
	}
	for range 3 {
		fmt.Printf("%.1f\n", m.Observe(Edge{Source: 1, Destination: 2, Tick: 6}))
	}
	// Output:
	// 0.1
	// 1.1
	// 3.4
}

func BenchmarkMIDAS(b *testing.B) {
	for name, d := range map[string]EdgeDetector{"MIDAS": &MIDAS{}, "R": &MIDASR{}, "F": &MIDASF{}} {
		b.Run(name, func(b *testing.B) {
			i := int32(0)
			for b.Loop() {
				d.Observe(Edge{i % 997, i % 1009, 1 + i/1000})
				i++
			}
		})
	}
}

func TestMIDASBucketsHaveABound(t *testing.T) {
	for name, observe := range map[string]func(Edge) float64{
		"MIDAS":  (&MIDAS{Buckets: 1 << 40}).Observe,
		"MIDASR": (&MIDASR{Buckets: -1}).Observe,
		"MIDASF": (&MIDASF{Buckets: math.MaxInt}).Observe,
	} {
		func() {
			defer func() {
				err, _ := recover().(error)
				wantError(t, name, err, "want 1 to 16777216, or 0 for 1024")
			}()
			observe(Edge{Source: 1, Destination: 2, Tick: 1})
		}()
	}
}
