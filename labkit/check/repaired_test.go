package check

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
)

// program is a cell's program, with a mistake that no list holds.
const program = `package main

import "flowlab/labkit/check"

func pValue(ordinary []float64, score float64) float64 {
	r := 0
	for i := len(ordinary) - 1; i >= 0; i-- {
		if ordinary[i] < score {
			break
		}
		r++
	}
	return float64(1+r) / float64(len(ordinary)+1)
}

func main() {
	check.PValue(pValue)
}
`

// A check finds the place of a mistake by changes to the function it was handed.
func TestMistakeIsFoundByRepair(t *testing.T) {
	folder := t.TempDir()
	coursetest.Write(t, filepath.Join(folder, "go.mod"), "module cell\n\ngo 1.26.0\n")
	coursetest.Write(t, filepath.Join(folder, "go.work"), "go 1.26.0\n\nuse (\n\t.\n\t"+coursetest.Repo(t).Path()+"\n)\n")
	coursetest.Write(t, filepath.Join(folder, "main.go"), program)
	run := exec.Command("go", "run", "-buildvcs=false", ".")
	run.Dir = folder
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := "One change makes every case right: the loop goes on where now break ends it."; !strings.Contains(string(out), want) {
		t.Errorf("%s\nwant %s", out, want)
	}
}
