package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// steps are the cells of lab_python.ipynb and lab_go.ipynb.
var steps = []string{
	"imports", "generate flows", "features", "histograms", "prepare features", "Isolation Forest",
	"its metrics", "One-Class SVM", "Local Outlier Factor", "comparison", "score distribution", "top ten",
}

// A Notebook is one run of the twelve steps, as notebooks.py measures it. Times
// are in seconds.
type Notebook struct {
	Language   string    `json:"language"`
	Start      float64   `json:"start"` // until the kernel answers
	Cold, Warm []float64 // of each cell, first and second time
	Pictures   []float64 `json:"pictures"` // from the start of the kernel to each picture
	Total      float64   `json:"total"`    // from there to the end of the last cell
}

// The languages, in the order of the turns.
const (
	inPython = "Python"
	inGo     = "Go"
)

const notebookRounds = 5

// RunNotebooks runs the two notebooks in turns. python is the Python of the
// peers, env lets Jupyter find the Go kernel.
func (b Bench) RunNotebooks(python string, env []string) ([]Notebook, error) {
	dir := filepath.Dir(b.Peers[1])
	var runs []Notebook
	for range notebookRounds {
		for language, file := range map[string]string{inPython: "lab_python.ipynb", inGo: "lab_go.ipynb"} {
			cmd := exec.Command(python, filepath.Join(dir, "notebooks.py"), filepath.Join(dir, file))
			cmd.Env = append(os.Environ(), env...)
			var said strings.Builder
			cmd.Stderr = &said
			out, err := cmd.Output()
			if err != nil {
				return nil, fmt.Errorf("bench: %s: %w\n%s", file, err, strings.TrimSpace(said.String()))
			}
			run := Notebook{Language: language}
			if err := json.Unmarshal(out, &run); err != nil {
				return nil, fmt.Errorf("bench: %s: %w", file, err)
			}
			if len(run.Cold) != len(steps) || len(run.Warm) != len(steps) || len(run.Pictures) == 0 {
				return nil, fmt.Errorf("bench: %s has %d cells and %d pictures: want %d and some", file, len(run.Cold), len(run.Pictures), len(steps))
			}
			fmt.Fprintf(b.Log, "  %-6s notebook: %s s, first picture after %s s\n", language, digits(run.Total), digits(run.Pictures[0]))
			runs = append(runs, run)
		}
	}
	return runs, nil
}
