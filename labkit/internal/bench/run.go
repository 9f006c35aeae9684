package bench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
)

// A Bench says where and how to measure.
type Bench struct {
	Worker  []string // the command that runs the Go side, see [Work]
	Peers   []string // the command that runs peers.py, without system and setting; nil without Python
	Dir     string   // for the data, which take up to half a gigabyte
	MaxRows int      // leaves out the sizes above it
	Only    []string // leaves out the tasks that begin with none of these; nil leaves out none
	Log     io.Writer
}

// A Result is what was measured of one system at one task and size.
type Result struct {
	Task    Task
	Rows    int
	System  System
	Seconds []float64 // one a round
	Peak    int64     // bytes, of a process that did the task once; 0 if not known
	Differ  int       // labels or sums that differ from labkit's
	Fault   string    // why there are no times

	digest string
	labels []byte
	rows   int
	sums   []float64
}

// Median returns the median time, in seconds.
func (r Result) Median() float64 {
	s := slices.Sorted(slices.Values(r.Seconds))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// The rounds of a task and size: as many as fit in roundSeconds, but at least
// and at most so many.
const (
	roundSeconds         = 30
	minRounds, maxRounds = 3, 21
)

// errDiffer reports scores that depend on the number of cores, or features on
// the way they are read.
var errDiffer = errors.New("labkit's results differ between its settings, such as one core and all")

// Run measures the whole grid.
func (b Bench) Run() ([]Result, error) {
	g := within(only(grid, b.Only), b.MaxRows)
	if b.Peers == nil {
		g = byName(g, labkit)
	}
	var all []Result
	for _, group := range g {
		for _, rows := range group.rows {
			results, err := b.measure(group, rows)
			if err != nil {
				return nil, err
			}
			all = append(all, results...)
		}
	}
	return all, nil
}

// measure runs a group's tasks at one size.
func (b Bench) measure(g group, rows int) ([]Result, error) {
	dir, err := os.MkdirTemp(b.Dir, "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(b.Log, "%v, %d rows: making the data …\n", g.tasks, rows)
	data, err := prepare(dir, g.tasks[0], rows)
	if err != nil {
		return nil, err
	}
	var all []Result
	for _, task := range g.tasks {
		results, err := b.task(g.systems, request{Task: task, files: data})
		if err != nil {
			return nil, fmt.Errorf("bench: %s, %d rows: %w", task, rows, err)
		}
		for i := range results {
			results[i].Rows = rows
			fmt.Fprintf(b.Log, "  %s\n", results[i])
		}
		all = append(all, results...)
	}
	return all, nil
}

// task measures one task in fresh processes.
func (b Bench) task(systems []System, r request) ([]Result, error) {
	workers := make([]*worker, len(systems))
	for i, s := range systems {
		var err error
		if workers[i], err = start(s, b.command(s)); err != nil {
			return nil, err
		}
		defer workers[i].stop()
	}
	results := rounds(workers, r)
	return results, compare(results)
}

// command returns the command of a system's process.
func (b Bench) command(s System) *exec.Cmd {
	if s.Name != labkit {
		args := append(slices.Clone(b.Peers[1:]), s.Name, s.Setting)
		return exec.Command(b.Peers[0], args...)
	}
	cmd := exec.Command(b.Worker[0], b.Worker[1:]...)
	procs := runtime.NumCPU()
	if s.Setting == oneCore {
		procs = 1
	}
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", procs))
	return cmd
}

// rounds has each worker do the task once to warm up, and then in turns.
func rounds(workers []*worker, r request) []Result {
	results := make([]Result, len(workers))
	round := 0.0
	for i, w := range workers {
		results[i] = Result{Task: r.Task, System: w.System}
		first, err := w.run(r)
		if err != nil {
			results[i].Fault = err.Error()
			continue
		}
		round += first.Seconds
		results[i].Peak = w.peak(first)
		results[i].labels, results[i].digest = first.Labels, first.Digest
		results[i].rows, results[i].sums = first.Rows, first.Sums
	}
	for range max(minRounds, min(maxRounds, int(roundSeconds/max(round, 1e-3)))) {
		for i, w := range workers {
			if results[i].Fault != "" {
				continue
			}
			answer, err := w.run(r)
			switch {
			case err != nil:
				results[i].Fault = err.Error()
			case answer.Digest != results[i].digest:
				results[i].Fault = "another result in each run"
			}
			results[i].Seconds = append(results[i].Seconds, answer.Seconds)
		}
	}
	return results
}

// compare counts the labels that differ from labkit's, which comes first.
func compare(results []Result) error {
	ours := results[0]
	if ours.Fault != "" {
		return errors.New(ours.Fault)
	}
	for i, r := range results {
		switch {
		case r.Fault != "":
		case r.System.Name == labkit:
			if r.digest != ours.digest {
				return errDiffer
			}
		case r.rows != ours.rows && r.Task != ReadCapture: // where each has its own idea of a flow
			return fmt.Errorf("labkit reads %d rows, %v %d", ours.rows, r.System, r.rows)
		default:
			results[i].Differ = differ(ours, r)
		}
	}
	return nil
}

// differ counts the labels of a, or the sums that b has, in which two results
// differ.
func differ(a, b Result) int {
	n := 0
	if len(a.sums) > 0 && len(b.sums) == 0 {
		n++ // nothing was compared
	}
	for i := range a.labels {
		if a.labels[i] != b.labels[i] {
			n++
		}
	}
	for j := range b.sums {
		// Read from the same digits, but pandas rounds to the nearest number
		// but one now and then, and adds in another order.
		if d := a.sums[j] - b.sums[j]; d*d > 1e-18*a.sums[j]*a.sums[j] {
			n++
		}
	}
	return n
}
