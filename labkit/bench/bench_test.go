package bench

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// asWorker is the variable that makes this test's program the Go side.
const asWorker = "FLOWLAB_BENCH_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) == "" {
		os.Exit(m.Run())
	}
	if err := Work(os.Stdin, os.Stdout); err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
}

// TestBench runs the whole grid at 300 rows, without peers: each task is done,
// with one core and with all, to the same scores.
func TestBench(t *testing.T) {
	t.Setenv(asWorker, "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	measured, err := Bench{Worker: []string{program}, Dir: t.TempDir(), MaxRows: 300, Log: io.Discard}.Run()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grid {
		for _, task := range g.tasks {
			for _, s := range []System{{labkit, ""}, {labkit, oneCore}} {
				r, ok := results(measured).at(task, 300).of(s)
				if !ok || len(r.Seconds) < minRounds || slices.Min(r.Seconds) <= 0 {
					t.Errorf("%s, %v: %+v: want times", task, s, r)
				}
			}
		}
	}
	var report strings.Builder
	Report(&report, measured, nil)
	if got := report.String(); strings.Count(got, "| 300 |") != 7 {
		t.Errorf("the report has another number of rows than 7:\n%s", got)
	}
}
