package labkit

import (
	"math"
	"slices"
	"testing"
)

// A driftReference is a series of testdata/online with what River says of it.
type driftReference struct {
	values           []float64
	width            []int
	total, variance  []float64
	adwin, ph, kswin []int // the numbers at which a change is seen
}

func readDrift(t *testing.T, series string) (ref driftReference) {
	t.Helper()
	for _, r := range readRecords(t, "online/drift.csv")[1:] {
		if r[0] != series {
			continue
		}
		at := len(ref.values)
		ref.values = append(ref.values, number(t, r[1]))
		ref.width = append(ref.width, int(number(t, r[3])))
		ref.total = append(ref.total, number(t, r[4]))
		ref.variance = append(ref.variance, number(t, r[5]))
		for column, fired := range map[int]*[]int{2: &ref.adwin, 6: &ref.ph, 7: &ref.kswin} {
			if r[column] == "1" {
				*fired = append(*fired, at)
			}
		}
	}
	return ref
}

// firings returns the numbers at which a detector sees a change.
func firings(d DriftDetector, values []float64) (at []int) {
	for i, v := range values {
		if d.Update(v) {
			at = append(at, i)
		}
	}
	return at
}

func TestDriftDetectorsFireWhereRiversDo(t *testing.T) {
	for _, series := range []string{"documented", "wandering"} {
		ref := readDrift(t, series)
		for name, c := range map[string]struct {
			detector DriftDetector
			want     []int
		}{
			"ADWIN":       {&ADWIN{}, ref.adwin},
			"PageHinkley": {&PageHinkley{}, ref.ph},
			"KSWIN":       {&KSWIN{Alpha: 0.0001, Seed: 42}, ref.kswin},
		} {
			if got := firings(c.detector, ref.values); !slices.Equal(got, c.want) {
				t.Errorf("%s, %s series: fires at %v, want %v", name, series, got, c.want)
			}
		}
	}
	// What River's documentation says of its series.
	ref := readDrift(t, "documented")
	if !slices.Equal(ref.adwin, []int{1023}) || !slices.Equal(ref.ph, []int{1006}) || !slices.Equal(ref.kswin, []int{1016}) {
		t.Errorf("the reference fires at %v, %v and %v: want 1023, 1006 and 1016", ref.adwin, ref.ph, ref.kswin)
	}
}

func TestADWINsWindowIsRivers(t *testing.T) {
	for _, series := range []string{"documented", "wandering"} {
		ref := readDrift(t, series)
		var a ADWIN
		for i, v := range ref.values {
			a.Update(v)
			mean := ref.total[i] / float64(ref.width[i])
			if a.Width() != ref.width[i] || math.Abs(a.Mean()-mean) > 1e-9 {
				t.Fatalf("%s: after number %d the window is %d wide with mean %v, River's %d with %v", series, i, a.Width(), a.Mean(), ref.width[i], mean)
			}
		}
	}
}

// Sums over buckets are sums over the numbers: of the last Width numbers, the
// buckets give the squares that two passes over them give.
func TestADWINsBucketsHoldTheLatestNumbers(t *testing.T) {
	ref := readDrift(t, "wandering")
	var a ADWIN
	for i, v := range ref.values {
		a.Update(v)
		latest := ref.values[i+1-a.Width() : i+1]
		mean, squares := 0.0, 0.0
		for _, v := range latest {
			mean += v / float64(len(latest))
		}
		for _, v := range latest {
			squares += (v - mean) * (v - mean)
		}
		if math.Abs(a.Mean()-mean) > 1e-9 || math.Abs(a.window.squares-squares) > 1e-6 {
			t.Fatalf("number %d: mean %v and squares %v, want %v and %v", i, a.Mean(), a.window.squares, mean, squares)
		}
	}
}

// A constant stream, however long, is no change, and takes a window of
// logarithmic memory.
func TestADWINOfAConstantStream(t *testing.T) {
	var a ADWIN
	for range 100_000 {
		if a.Update(3) {
			t.Fatal("a constant stream has changed")
		}
	}
	if a.Width() != 100_000 || len(a.buckets) > 17 {
		t.Errorf("%d numbers in %d sizes of buckets", a.Width(), len(a.buckets))
	}
}

func BenchmarkADWIN(b *testing.B) {
	var a ADWIN
	x := normalRows(1, 1, 4096).RawMatrix().Data
	i := 0
	for b.Loop() {
		a.Update(x[i%4096])
		i++
	}
}
