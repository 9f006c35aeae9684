package flowlog

import (
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit/internal/plural"
)

// A remark says of flows that are kept what is odd about them.
type remark struct {
	what     string
	n        int
	examples []string
}

const mostExamples = 5

func addRemark(remarks []remark, more remark) []remark {
	at := slices.IndexFunc(remarks, func(r remark) bool { return r.what == more.what })
	if at < 0 {
		return append(remarks, more)
	}
	r := &remarks[at]
	r.n += more.n
	for _, e := range more.examples {
		if len(r.examples) < mostExamples && !slices.Contains(r.examples, e) {
			r.examples = append(r.examples, e)
		}
	}
	return remarks
}

func (l *ledger) remark(remarks []remark) {
	for _, r := range remarks {
		l.remarks = addRemark(l.remarks, r)
	}
}

// note adds a sentence to the report.
func (l *ledger) note(format string, values ...any) {
	l.t.Report.Notes = append(l.t.Report.Notes, fmt.Sprintf(format, values...))
}

// noteRemarks adds what is odd to the report.
func (l *ledger) noteRemarks() {
	for _, r := range l.remarks {
		text := plural.Of(r.n, "flow") + ": " + r.what
		if len(r.examples) > 0 {
			text += ", such as " + strings.Join(r.examples, ", ")
		}
		l.note("%s", text)
	}
}

// hours has a bit for each hour of the day that a file's times have, and one
// for AM or PM.
type hours uint32

const halfDays hours = 1 << 24

// ofTwelve tells whether the hours seem to be counted to 12, and nothing tells
// the morning from the afternoon: none is 0 or above 12, and some are before
// people work.
func (h hours) ofTwelve() bool {
	const early, late = 1<<7 - 1<<1, 1<<24 - 1<<13 // 1 to 6, 13 to 23
	return h&halfDays == 0 && h&early != 0 && h&late == 0 && h&1 == 0
}
