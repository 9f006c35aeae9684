package chart

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"flowlab/labkit"
)

// TestCountsAgainstNumpy compares with testdata/histogram_counts.json, which
// names its source.
func TestCountsAgainstNumpy(t *testing.T) {
	file, err := os.ReadFile("testdata/histogram_counts.json")
	if err != nil {
		t.Fatal(err)
	}
	var numpy struct{ Counts map[string][2][]float64 }
	if err := json.Unmarshal(file, &numpy); err != nil {
		t.Fatal(err)
	}
	if len(numpy.Counts) != 4 {
		t.Fatalf("%d columns in the reference: want 4", len(numpy.Counts))
	}
	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	labels := labkit.Must(labkit.Labels(flows))
	for name, want := range numpy.Counts {
		normal, anomaly := split(labkit.Must(column(flows, name)), labels)
		for class, values := range [][]float64{normal, anomaly} {
			if got := counts(values, binEdges(values)); !slices.Equal(got, want[class]) {
				t.Errorf("%s of class %d: counts %v: numpy has %v", name, class, got, want[class])
			}
		}
	}
}

func TestBinEdges(t *testing.T) {
	for _, c := range []struct {
		name         string
		values       []float64
		first, final float64
	}{
		{"a range", []float64{3, 0, 1.5}, 0, 3},
		{"all equal", []float64{7, 7}, 6.5, 7.5}, // as numpy
		{"all equal and large", []float64{1e12}, 1e12 - 1e6, 1e12 + 1e6},
		{"too close to tell apart", []float64{1, math.Nextafter(1, 2)}, 0.5, 1.5 + 0x1p-52},
		{"too close to divide by", []float64{0, 1e-300}, -0.5, 0.5},
		{"denormal", []float64{0, 5e-324}, -0.5, 0.5},
	} {
		edges := binEdges(c.values)
		if len(edges) != binCount+1 || !increasing(edges) {
			t.Errorf("%s: edges %v: want %d, increasing", c.name, edges, binCount+1)
		}
		if edges[0] != c.first || edges[binCount] != c.final {
			t.Errorf("%s: edges from %v to %v: want %v to %v", c.name, edges[0], edges[binCount], c.first, c.final)
		}
	}
}

// A value on an edge belongs to the bin above it, the last to the last bin.
func TestCountsOnEdges(t *testing.T) {
	got := counts([]float64{0, 1, 1, 2, 3}, []float64{0, 1, 2, 3})
	if want := []float64{1, 2, 2}; !slices.Equal(got, want) {
		t.Errorf("counts %v: want %v", got, want)
	}
}

func TestDensityHasArea1(t *testing.T) {
	values := []float64{0.2, 0.2, 1, 5, 7.5, 40}
	for name, v := range map[string][]float64{"linear": values, "logarithmic": logs(values)} {
		edges := binEdges(v)
		area := 0.0
		for i, bar := range density(v, edges) {
			area += bar * (edges[i+1] - edges[i])
		}
		if math.Abs(area-1) > 1e-12 {
			t.Errorf("%s: area %v: want 1", name, area)
		}
	}
}

func TestHeavyTailed(t *testing.T) {
	crowded := append(slices.Repeat([]float64{1.1}, 20), 1, 60)
	for _, c := range []struct {
		name   string
		values []float64
		want   bool
	}{
		{"one value", []float64{3}, false},
		{"zeros", []float64{0, 0}, false},
		{"flags", []float64{0, 0, 0, 1}, false},
		{"even over two powers of ten", floats.Span(make([]float64, 100), 1, 100), false},
		{"most in one bin", crowded, true},
		{"more than three powers of ten", []float64{0.001, 1, 2, 3, 4}, true},
		{"negative", []float64{-1e6, 2, 3}, true},
	} {
		if got := heavyTailed(c.values); got != c.want {
			t.Errorf("%s: heavyTailed is %v: want %v", c.name, got, c.want)
		}
	}
}
