package labkit

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// readMatrix returns the named columns of a file in testdata, all of them if
// none is named.
func readMatrix(t testing.TB, file string, columns ...string) *mat.Dense {
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
