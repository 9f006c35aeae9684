package exam

import (
	"os"

	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
)

// exit ends the cell; a test replaces it.
var exit = os.Exit

// Mark examines an answer, keeps what it reached and shows the report.
func Mark(e *Exercise, answer any) {
	if trials != nil {
		trials.try(e, answer)
		return
	}
	v := e.examine(answer, Limit)
	attempts, notes := keep(e.ID, v.state)
	r := newReport(e, v, attempts)
	if v.state != progress.NotAttempted {
		r.say(elsewhere(answer))
	}
	if err := handOver(e, v.outcomes); err != nil {
		notes = append(notes, "The results could not be handed over: "+err.Error()+".")
	}
	for _, note := range notes {
		r.say(note)
	}
	show.Display(r.bundle())
	switch {
	case v.state != progress.Passed && os.Getenv("FLOWLAB_STRICT") != "":
		exit(1)
	case v.runaway:
		exit(0) // before it takes what the rest of the cell needs
	}
}

// keep records the state in the progress file, if there is one, and returns the
// number of attempts so far and what else the learner should know.
func keep(id string, state progress.State) (attempts int, notes []string) {
	path := progress.Path()
	if path == "" {
		return 0, nil
	}
	entry, notes, err := progress.Record(path, id, state)
	if err != nil {
		notes = append(notes, "Your progress could not be kept: "+err.Error()+".")
	}
	return entry.Attempts, notes
}
