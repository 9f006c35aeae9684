package labkit

import (
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/mat"
)

// readMatrix returns the named columns of a file in testdata, all of them if
// none is named.
func readMatrix(t testing.TB, file string, columns ...string) *mat.Dense {
	t.Helper()
	records := readRecords(t, file)
	if len(columns) == 0 {
		columns = records[0]
	}
	x := mat.NewDense(len(records)-1, len(columns), nil)
	for j, name := range columns {
		column := slices.Index(records[0], name)
		if column < 0 {
			t.Fatalf("%s has no column %q", file, name)
		}
		for i, record := range records[1:] {
			v, err := strconv.ParseFloat(record[column], 64)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			x.Set(i, j, v)
		}
	}
	return x
}

// readRecords returns the lines of a file in testdata, the header first.
func readRecords(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return records
}

// readJSON decodes a file in testdata.
func readJSON(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// number reads a number that a JSON file holds as text, to keep its last bit.
func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// normalRows returns rows of independent standard normal numbers.
func normalRows(seed uint64, rows, cols int) *mat.Dense {
	r := rand.New(rand.NewPCG(seed, 0))
	x := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			x.Set(i, j, r.NormFloat64())
		}
	}
	return x
}

// frameOf returns a frame written as CSV.
func frameOf(t testing.TB, text string) dataframe.DataFrame {
	t.Helper()
	frame := dataframe.ReadCSV(strings.NewReader(text))
	if frame.Err != nil {
		t.Fatalf("%q: %v", text, frame.Err)
	}
	return frame
}

// wantMatrix reports entries that are not want's within a relative tolerance.
func wantMatrix(t testing.TB, name string, got, want mat.Matrix, tolerance float64) {
	t.Helper()
	rows, cols := want.Dims()
	if r, c := got.Dims(); r != rows || c != cols {
		t.Fatalf("%s: %d×%d, want %d×%d", name, r, c, rows, cols)
	}
	for i := range rows {
		for j := range cols {
			if !scalar.EqualWithinRel(got.At(i, j), want.At(i, j), tolerance) {
				t.Errorf("%s: row %d, column %d is %v, want %v", name, i, j, got.At(i, j), want.At(i, j))
			}
		}
	}
}

// wantError reports an error that does not say want, or does not name labkit at
// its beginning and nowhere else.
func wantError(t testing.TB, name string, err error, want string) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), "labkit: ") || strings.Count(err.Error(), "labkit: ") > 1 || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error %v, want one with %q", name, err, want)
	}
}
