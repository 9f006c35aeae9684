package exam

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
)

// A report is what a learner reads below the cell.
type report struct {
	exercise *Exercise
	state    progress.State
	title    string
	lines    []string // in the order in which they are read
}

// newReport words the verdict on an answer after so many attempts at it.
func newReport(e *Exercise, v verdict, attempts int) report {
	r := report{exercise: e, state: v.state, title: title(e.Title, e.ID)}
	switch v.state {
	case progress.NotAttempted:
		r.say("Replace the line with the panic by your own and run the cell again.")
	case progress.Passed:
		r.say(casesRight(v) + " The solution, with its reason and another way, is in " + e.solution() + ".")
	case progress.WrongSignature:
		r.say(v.found)
	default:
		r.say(casesRight(v))
		r.say(v.found)
		r.say(v.advice)
		r.say(e.next(attempts))
	}
	return r
}

// casesRight counts in a sentence.
func casesRight(v verdict) string {
	switch {
	case v.cases == 1 && v.right == 1:
		return "Right."
	case v.cases == 1:
		return ""
	case v.cases == 2 && v.right == 2:
		return "Both cases are right."
	case v.cases == v.right:
		return fmt.Sprintf("All %d cases are right.", v.cases)
	}
	return fmt.Sprintf("%d of %d cases %s right. One that is not:", v.right, v.cases, plural.Be(v.right))
}

// next says what to look at after so many failed attempts: the hints one by
// one, and the solution beside them when all were offered.
func (e *Exercise) next(attempts int) string {
	section := "Look again at the section " + e.quotedSection() + "."
	if attempts > len(e.Hints) {
		return fmt.Sprintf("%s All %d hints can be read again, from `check.Hint(%q, 1)` on. The solution is in %s.", section, len(e.Hints), e.ID, e.solution())
	}
	return fmt.Sprintf("%s For a hint put `check.Hint(%q, %d)` after the %%%% of a new cell.", section, e.ID, max(attempts, 1))
}

// solution returns the path of the solved notebook, as seen from the learner's.
func (e *Exercise) solution() string { return "../solutions/" + e.Notebook + ".ipynb" }

// say adds a paragraph, unless it is empty.
func (r *report) say(text string) {
	if text != "" {
		r.lines = append(r.lines, text)
	}
}

// colours are those of Okabe and Ito, which are told apart by colour-blind
// readers. They stand beside a symbol and a word, never alone.
var colours = map[progress.State]string{
	progress.NotAttempted:   "#999999",
	progress.WrongSignature: "#E69F00",
	progress.Crashed:        "#E69F00",
	progress.Wrong:          "#D55E00",
	progress.Passed:         "#009E73",
}

// bundle returns the report as HTML, without colours for text and ground so
// that it reads on a pale and on a dark page, and as text.
func (r report) bundle() show.Bundle {
	text := []string{fmt.Sprintf("%s %s: %s", r.state.Symbol(), capital(r.state), r.title)}
	var b strings.Builder
	fmt.Fprintf(&b, `<div role="status" style="border-left:5px solid %s;padding:0.2em 0 0.2em 0.8em">`, colours[r.state])
	b.WriteString(heading(r.state, r.title))
	for _, line := range r.lines {
		text = append(text, "  "+strings.ReplaceAll(strings.ReplaceAll(line, "`", ""), "\n", "\n  "))
		fmt.Fprintf(&b, `<div style="margin-top:0.4em;white-space:pre-wrap">%s</div>`, r.exercise.linked(marked(line)))
	}
	b.WriteString("</div>")
	return show.Bundle{HTML: b.String(), Text: strings.Join(text, "\n")}
}

// capital returns the name of a state with a capital letter.
func capital(s progress.State) string { return strings.ToUpper(s.String()[:1]) + s.String()[1:] }

// title names an exercise.
func title(name, id string) string { return fmt.Sprintf("%s (%s)", name, id) }

// heading returns how the HTML of a report begins.
func heading(s progress.State, title string) string {
	return fmt.Sprintf("<strong>%s %s</strong>: %s", s.Symbol(), capital(s), html.EscapeString(title))
}

// Reported returns the state that the last report in a piece of HTML gives for
// the exercise of this title and id, "" if there is none.
func Reported(text, name, id string) (state progress.State) {
	last := -1
	for _, s := range progress.States {
		if i := strings.LastIndex(text, heading(s, title(name, id))); i > last {
			last, state = i, s
		}
	}
	return state
}

// ReportedShare returns which share of its points the last report in a piece of
// HTML gives for an answer that is not passed, in [0, 1): 0 if the exercise has
// no points of its own.
func ReportedShare(text, name, id string) float64 {
	i := strings.LastIndex(text, heading(progress.Wrong, title(name, id)))
	if i < 0 {
		return 0
	}
	m := pointsOf.FindStringSubmatch(text[i:])
	if m == nil {
		return 0
	}
	part, _ := strconv.Atoi(m[1])
	of, _ := strconv.Atoi(m[2])
	if part < 0 || part >= of {
		return 0
	}
	return float64(part) / float64(of)
}

// pointsOf finds how an exercise with points of its own words them: at the
// beginning of a line of the report, where no result of the answer stands.
var pointsOf = regexp.MustCompile(`">(\d{1,3}) of (\d{1,3}) points:`)

// marked escapes a line for HTML, sets what stands between backquotes as code,
// and makes the path of a solved notebook a link.
func marked(line string) string {
	line = html.EscapeString(line)
	line = quoted.ReplaceAllString(line, "<code>$1</code>")
	return solved.ReplaceAllString(line, `<a href="$0">$1</a>`)
}

var (
	quoted = regexp.MustCompile("`([^`]*)`")
	solved = regexp.MustCompile(`\.\./(solutions/\w+\.ipynb)`)
)
