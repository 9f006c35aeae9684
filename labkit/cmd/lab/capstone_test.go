package main

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestCapstone(t *testing.T) {
	out, _, err := lab("capstone", "42", "ada", "ada", "=bob")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 1+4*4 {
		t.Fatalf("%d rows, error %v: want a head and four attacks a day", len(rows), err)
	}
	if rows[1][1] != "42" || rows[1][2] != "beacon" || rows[1][3] != "10.238.44.248" {
		t.Errorf("the first attack of seed 42 is %q: want the beacon that notebook 14 finds", rows[1])
	}
	if rows[5][1] != rows[9][1] || rows[5][1] == rows[1][1] || rows[13][0] != "'=bob" {
		t.Errorf("seeds %q, %q, name %q: want equal ones for the same name, and no formula", rows[5][1], rows[9][1], rows[13][0])
	}
}
