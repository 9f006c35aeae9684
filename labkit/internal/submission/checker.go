// Package submission marks notebooks, a learner's own or those that a class has
// handed in: it executes them and says which exercises they pass.
//
// A notebook is a program, and may be somebody else's. What it says of itself is
// not taken for granted: an exercise is passed if its cell is there with the call
// of its check, if that cell shows the check's report, and if the check has
// recorded the same, and if what the answer has returned for all cases is right:
// that is judged here, outside of the answer's process, which could say anything.
// To deceive it an answer must return what is right, wherever it has that from.
package submission

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
)

// A Checker executes notebooks and marks their exercises.
type Checker struct {
	Limit   time.Duration                                                                             // for one notebook
	Execute func(ctx context.Context, n *notebook.Notebook, place string) (notebook.Execution, error) // place is the notebook's folder
	Folders []string                                                                                  // that hold the notebooks of a class: see [Student]
}

// CheckAll marks files, so many side by side, and yields their results in the
// order of the files. begin is called with the number of each file as its turn
// comes, by the loop's own goroutine. Where the loop ends early no further file is
// executed.
func (c Checker) CheckAll(ctx context.Context, files []string, jobs int, begin func(i int)) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		begun := make(chan int, len(files))
		done := make([]chan Result, len(files))
		for i := range done {
			done[i] = make(chan Result, 1)
		}
		var next atomic.Int64
		for range min(jobs, len(files)) {
			workers.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
					begun <- int(i)
					done[i] <- c.Check(ctx, files[i])
				}
			})
		}
		for i := range files {
			if !yield(await(done[i], begun, begin)) {
				return
			}
		}
	}
}

// await calls begin for the files that are begun until a result is there, and
// for all that were begun before it.
func await(done <-chan Result, begun <-chan int, begin func(i int)) Result {
	for {
		select {
		case i := <-begun:
			begin(i)
		case r := <-done:
			for len(begun) > 0 {
				begin(<-begun)
			}
			return r
		}
	}
}

// Check marks the notebook in a file.
func (c Checker) Check(ctx context.Context, file string) Result {
	r := Result{File: file, Name: Name(c.Folders, file), Student: Student(c.Folders, file)}
	n, err := notebook.Read(file)
	r.Notebook = identify(file, n)
	for _, e := range check.Exercises() {
		if e.Notebook == r.Notebook {
			r.Marks = append(r.Marks, Mark{Exercise: e})
		}
	}
	switch {
	case err != nil:
		r.Fault = strings.ReplaceAll(firstLine(err), file, r.Name)
		return r
	case r.Notebook == "":
		r.Fault = "not a notebook of the course: neither its name nor its cells are"
		return r
	}
	if kernel := n.OtherKernel(); kernel != "" {
		r.Note = fmt.Sprintf("it asks for the kernel %.40q: it was executed with the Go kernel", kernel)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.Limit, fmt.Errorf("it did not end within %v", c.Limit))
	defer cancel()
	begin := time.Now()
	done, err := c.Execute(ctx, n.Program(), filepath.Dir(file))
	r.Time = time.Since(begin)
	if err != nil {
		r.Fault = firstLine(cmp.Or(context.Cause(ctx), err))
		return r
	}
	for i := range r.Marks {
		r.Marks[i].examine(n, done)
	}
	r.Failures = firstFailure(done.Notebook)
	return r
}

// identify returns the name of the course's notebook that a file is: the one
// that its own name holds, or else the one whose exercises it has. Of a file that
// could not be read, n is nil.
func identify(file string, n *notebook.Notebook) string {
	for _, e := range check.Exercises() {
		if strings.Contains(filepath.Base(file), e.Notebook) {
			return e.Notebook
		}
	}
	if n == nil {
		return ""
	}
	for _, e := range check.Exercises() {
		if _, err := n.Cell(e.Cell()); err == nil {
			return e.Notebook
		}
	}
	return ""
}

// examine finds out what was reached in an exercise of the notebook n. The ids of
// its cells are not in the execution.
func (m *Mark) examine(n *notebook.Notebook, done notebook.Execution) {
	cell, ok := findCell(done.Notebook, m.Exercise)
	if !ok {
		m.Answer = withoutCheck(n, m.Exercise)
		return
	}
	m.Called, m.Answer, m.Said = true, cell.Source(), cell.Text()
	m.State = exam.Reported(cell.HTML(), m.Exercise.Title, m.Exercise.ID)
	if m.State == "" {
		m.Refused, m.Failure = cell.CompileErrors(), failureOf(cell)
	}
	if recorded := done.Exercises[m.Exercise.ID].Last; recorded != m.State {
		m.Dispute = fmt.Sprintf("the cell shows %q and the record says %q", m.State, recorded)
	}
	if m.State == progress.Passed || m.State == progress.Wrong {
		m.judge(done.Results[m.Exercise.ID])
	}
}

// judge compares what the answer's process says of an answer to what it returned.
func (m *Mark) judge(results progress.Results) {
	var state progress.State
	state, m.Share = m.Exercise.Rejudge(results)
	if m.State != progress.Passed || state == progress.Passed || m.Dispute != "" {
		return
	}
	m.Dispute = "it is passed as the cell shows, but what the answer returned is not right"
	if results.ID == "" {
		m.Dispute = "it is passed as the cell shows, but its check has handed over nothing that the answer returned"
	}
}

// findCell returns the code cell that calls the check of an exercise.
func findCell(n *notebook.Notebook, e check.Exercise) (notebook.Cell, bool) {
	for _, c := range n.Cells() {
		if c.IsCode() && callsCheck(c.Source(), e.ID) {
			return c, true
		}
	}
	return notebook.Cell{}, false
}

// withoutCheck returns the source of the cell in which an exercise is to be solved,
// whose check is gone: "" if the cell is, too.
func withoutCheck(n *notebook.Notebook, e check.Exercise) string {
	cell, err := n.Cell(e.Cell())
	if err != nil {
		return ""
	}
	return cell.Source()
}

// callsCheck tells whether a line below the %% of a cell begins with the call of
// the check for an exercise, which is named after its id: check.BytesRatio for
// bytes-ratio.
func callsCheck(source, id string) bool {
	program := false
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%%") {
			program = true
		}
		name, isCall := strings.CutPrefix(line, "check.")
		name, _, hasArgument := strings.Cut(name, "(")
		if program && isCall && hasArgument && strings.EqualFold(name, strings.ReplaceAll(id, "-", "")) {
			return true
		}
	}
	return false
}

// firstFailure says which cell failed first, and why.
func firstFailure(n *notebook.Notebook) string {
	for i, c := range n.Cells() {
		if says := failureOf(c); says != "" {
			return fmt.Sprintf("cell %d failed: %s", i+1, says)
		}
	}
	return ""
}

// failureOf says in a line why a cell failed, "" if it did not: what the compiler
// says first, or else how the cell ended and the first line of what it printed.
func failureOf(c notebook.Cell) string {
	switch refused := c.CompileErrors(); len(refused) {
	case 0:
		lines := strings.SplitN(c.Failure(), "\n\t", 3)
		return strings.Join(lines[:min(2, len(lines))], ": ")
	case 1:
		return refused[0]
	default:
		return fmt.Sprintf("%s (and %d more)", refused[0], len(refused)-1)
	}
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
