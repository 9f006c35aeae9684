package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The scores of the authors' own code, in labkit/testdata/online.
func TestMIDAS(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "online", "midas.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	var edges strings.Builder
	for _, r := range records {
		edges.WriteString(strings.Join(strings.Split(r, ",")[:3], ",") + "\n")
	}
	for column, method := range map[int]string{3: "midas", 4: "midas-r", 5: "midas-f"} {
		out, _, err := labReading(edges.String(), "midas", "--method", method, "-")
		if err != nil {
			t.Fatal(err)
		}
		scores := strings.Fields(out)
		if len(scores) != len(records) {
			t.Fatalf("%s: %d scores for %d edges", method, len(scores), len(records))
		}
		for i, r := range records {
			got, _ := strconv.ParseFloat(scores[i], 32)
			want, _ := strconv.ParseFloat(strings.Split(r, ",")[column], 32)
			if got != want {
				t.Fatalf("%s: line %d scores %s, want %v", method, i+1, scores[i], want)
			}
		}
	}
}

func TestMIDASSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"1,2,1\n1,2\n":     "-:2:2: want three numbers with commas between",
		"1,2,3,4\n":        "-:1:3: want three numbers",
		"1,x,3\n":          `-:1:2: destination is "x": want a whole number of 32 bits`,
		"3000000000,2,1\n": `-:1:1: source is "3000000000"`,
		"1,2,5\n1,2,4\n":   "-:2:3: tick is 4: want 5 or later",
		"1,2,0\n":          "-:1:3: tick is 0: want 1 or later",
	} {
		if _, _, err := labReading(in, "midas", "-"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", in, err, want)
		}
	}
	if _, _, err := lab("midas", "--method", "kitnet", "-"); err == nil || !strings.Contains(err.Error(), `--method is "kitnet": want midas`) {
		t.Errorf("error %v", err)
	}
}
