package notebook

import (
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"flowlab/labkit/internal/coursetest"
)

// How long a notebook takes is reckoned from what it holds: it was measured with
// readers of the first edition.
const (
	wordsAMinute    = 180.0
	linesAMinute    = 15.0 // of code
	picturesAMinute = 1 / 0.75
	exerciseMinutes = 7.0

	mostWords   = 150 // of prose in a cell
	mostCore    = 22  // minutes
	coreOfAll   = 240 // minutes
	timeOffBy   = 5   // minutes between what a notebook says and what is reckoned
	skipSection = "*May be skipped.*"
	skipRest    = "*The rest of this section may be skipped.*"
)

var (
	fenced     = regexp.MustCompile("(?s)```.*?```")
	linkTarget = regexp.MustCompile(`\]\([^)]*\)`)
	solution   = regexp.MustCompile(`(?s)// BEGIN SOLUTION.*?// END SOLUTION`)
	timeSaid   = regexp.MustCompile(`about (\d+) minutes; (\d+) for the core`)
)

// proseWords counts the words that are read, without code and addresses.
func proseWords(markdown string) int {
	plain := linkTarget.ReplaceAllString(fenced.ReplaceAllString(markdown, ""), "]")
	n := 0
	for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return unicode.IsSpace(r) || r == '|' }) {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// minutes reckons how long a learner takes for a cell.
func minutes(c Cell) float64 {
	switch {
	case c.isSolution():
		return 0
	case c.IsMarkdown():
		return float64(proseWords(c.Source())) / wordsAMinute
	}
	total := 0.0
	if strings.Contains(c.Source(), beginSolution) {
		total += exerciseMinutes
	}
	for line := range strings.Lines(solution.ReplaceAllString(c.Source(), "panic")) {
		if strings.TrimSpace(line) != "" {
			total += 1 / linesAMinute
		}
	}
	for _, o := range c.outputs() {
		data, _ := o["data"].(map[string]any)
		if _, picture := data["image/png"]; picture || strings.Contains(text(data["text/html"]), "<img") {
			total += 1 / picturesAMinute
		}
	}
	return total
}

// A walk through a notebook tells core from what may be skipped: a section with
// [skipSection] below its heading, an exercise likewise, and what follows
// [skipRest] up to the next heading of the same rank.
type walk struct {
	section, part, rest bool   // skipped
	inPart              bool   // below a heading of the third rank
	exercise            string // the cell of an exercise that is skipped
}

// skips tells whether a cell may be skipped. The cells are to be handed over in
// their order.
func (w *walk) skips(c Cell) bool {
	source := c.Source()
	marked := strings.Contains(source, skipSection)
	task, isTask := strings.CutSuffix(c.ID(), "-task")
	switch {
	case isTask && marked:
		w.exercise = task
	case isTask || !c.IsMarkdown():
	case strings.HasPrefix(source, "## "):
		*w = walk{section: marked}
	case strings.HasPrefix(source, "### "):
		w.rest = w.rest && !w.inPart
		w.part, w.inPart = marked, true
	}
	if c.IsMarkdown() && strings.HasPrefix(source, skipRest) {
		w.rest = true
	}
	return w.section || w.part || w.rest || w.exercise != "" && (c.ID() == w.exercise || c.ID() == w.exercise+"-task")
}

// A length is what a notebook takes, in minutes, and what it says of that.
type length struct {
	all, core float64
	said      []string // all and core
}

func lengthOf(n *Notebook) length {
	var l length
	var w walk
	for _, c := range n.Cells() {
		l.all += minutes(c)
		if !w.skips(c) {
			l.core += minutes(c)
		}
		if m := timeSaid.FindStringSubmatch(c.Source()); m != nil {
			l.said = m[1:]
		}
	}
	return l
}

// TestNotebooksAreShort holds each core to [mostCore] minutes, those of the short
// path to [coreOfAll], and each notebook to what it says.
func TestNotebooksAreShort(t *testing.T) {
	_, solutions := coursetest.Solutions(t)
	sum := 0.0
	for _, path := range solutions {
		name := filepath.Base(path)
		if !isLesson(name) {
			continue
		}
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		l := lengthOf(n)
		if name < "13" { // the short path ends there: operations and the capstone come on top
			sum += l.core
		}
		t.Logf("%-30s %3.0f minutes, core %3.0f", name, l.all, l.core)
		if l.core > mostCore {
			t.Errorf("%s: the core takes %.0f minutes: want %d at most", name, l.core, mostCore)
		}
		if l.said == nil {
			if l.all > mostCore {
				t.Errorf("%s does not say how long it takes: want %q, and %q below the headings of what is not in the core", name, timeSaid, skipSection)
			}
			continue
		}
		for i, reckoned := range []float64{l.all, l.core} {
			if said, _ := strconv.ParseFloat(l.said[i], 64); math.Abs(said-reckoned) > timeOffBy {
				t.Errorf("%s says %q minutes, all and core: want them near %.0f and %.0f", name, l.said, l.all, l.core)
			}
		}
	}
	t.Logf("%-30s %3.0f minutes", "cores of the short path", sum)
	if sum > coreOfAll {
		t.Errorf("the cores of the short path take %.0f minutes: want %d at most", sum, coreOfAll)
	}
}

func TestNoWallsOfText(t *testing.T) {
	_, solutions := coursetest.Solutions(t)
	for _, path := range solutions {
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range n.Cells() {
			if words := proseWords(c.Source()); c.IsMarkdown() && words > mostWords {
				t.Errorf("%s: cell %s has %d words: want %d at most", filepath.Base(path), c.ID(), words, mostWords)
			}
		}
	}
}

func TestProseWords(t *testing.T) {
	text := "## Two words\n\n| a | b |\n|---|---|\n[the *third*](https://example.org/a-b.html), 1,000 – `x`\n```go\nnot counted\n```"
	if got := proseWords(text); got != 8 { // Two words a b the third 1,000 x
		t.Errorf("%d words: want 8", got)
	}
}
