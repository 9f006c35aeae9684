package labkit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/sample"
)

// ReadFeatures gives the matrix that the long way gives, to the last bit, from
// a log with missing values and from a CSV file, and for columns of either kind.
func TestReadFeaturesIsTheLongWay(t *testing.T) {
	csv := filepath.Join(t.TempDir(), "flows.csv")
	text := "bytes_sent,duration,bytes_recv,packets_sent,packets_recv,dst_port,label\n" +
		strings.Repeat("1,0.5,2,3,4,80,0\n7,,2,3,4,80,1\n0,0,0,0,0,4444,1\n5,1,2,,4,53,0\n9,3,1,2,1,22,0\n", 3000)
	if err := os.WriteFile(csv, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{csv, sample.Path("conn.log")} {
		for _, columns := range [][]string{nil, {"duration"}, {"dst_port", "total_packets", "bytes_sent"}} {
			usable, leftOut, err := Complete(Must(AddFeatures(Must(ReadFlows(path)))), columns...)
			if err != nil {
				t.Fatal(err)
			}
			want := Must(Features(usable, columns...))
			got, gotLeftOut, err := ReadFeatures(path, columns...)
			if err != nil {
				t.Fatal(err)
			}
			if !mat.Equal(got, want) || gotLeftOut != leftOut {
				t.Errorf("%s, columns %v: another matrix, or %d rows left out: want %d", path, columns, gotLeftOut, leftOut)
			}
		}
	}
}

func TestReadFeaturesFaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "flows.csv")
	write := func(rows string) {
		text := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol\n" + rows
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("1,2,3,4,5,80,TCP\n")
	for _, column := range []string{"bytes", "protocol", "ts"} {
		_, _, err := ReadFeatures(path, column)
		wantError(t, column, err, `no column of numbers "`+column+`"`)
	}
	write("1,2,3,4,,80,TCP\n")
	_, _, err := ReadFeatures(path)
	wantError(t, "no row is complete", err, "none of 1 flows has a value in each of the columns")
	write("1,2,3,4,-5,80,TCP\n")
	_, _, err = ReadFeatures(path)
	wantError(t, "a bad row", err, "flows.csv:2:9: ")
	_, _, err = ReadFeatures(path + ".none")
	wantError(t, "no file", err, "ReadFeatures: open ")
}
