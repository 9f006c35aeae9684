package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/progress"
)

// A result is what the execution of one notebook showed.
type result struct {
	file      string
	notebook  string           // of the course, "" if it is none
	exercises []check.Exercise // that the notebook sets
	states    []progress.State // theirs; "" if there was no check
	fault     string           // why the notebook could not be executed
	failures  string           // cells that failed
}

func (r result) passed(strict bool) bool {
	return r.fault == "" && r.countPassed() == len(r.states) && !(strict && r.failures != "")
}

func (r result) countPassed() int {
	n := 0
	for _, s := range r.states {
		if s == progress.Passed {
			n++
		}
	}
	return n
}

// state names what an exercise reached, and what no check has marked.
func (r result) state(i int) string {
	switch {
	case r.states[i] != "":
		return r.states[i].String()
	case r.fault != "":
		return "not executed"
	}
	return "no check"
}

func printTable(w io.Writer, results []result) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "Notebook\tPassed\tNot passed, or failed")
	for _, r := range results {
		var remarks []string
		if r.fault != "" {
			remarks = append(remarks, r.fault)
		}
		for i, e := range r.exercises {
			if r.fault == "" && r.states[i] != progress.Passed {
				remarks = append(remarks, fmt.Sprintf("%s %s: %s", r.states[i].Symbol(), e.ID, r.state(i)))
			}
		}
		if r.failures != "" {
			remarks = append(remarks, r.failures)
		}
		count := fmt.Sprintf("%d of %d", r.countPassed(), len(r.states))
		if len(r.exercises) == 0 {
			count = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.file, count, strings.Join(remarks, "; "))
	}
	_ = table.Flush() // to a terminal
}

func printCSV(w io.Writer, results []result) error {
	lines := csv.NewWriter(w)
	err := lines.Write([]string{"file", "notebook", "exercise", "state", "fault", "failed_cell"})
	for _, r := range results {
		if len(r.exercises) == 0 {
			err = errors.Join(err, lines.Write([]string{r.file, r.notebook, "", "not executed", r.fault, r.failures}))
		}
		for i, e := range r.exercises {
			err = errors.Join(err, lines.Write([]string{r.file, r.notebook, e.ID, r.state(i), r.fault, r.failures}))
		}
	}
	lines.Flush()
	return errors.Join(err, lines.Error())
}
