package flowlog

import (
	"fmt"
	"strings"

	"flowlab/labkit/internal/plural"
)

// A Report says what became of a file: how many flows were read, what was
// well-formed but is no flow, and how many values are missing.
type Report struct {
	Format  string  // in words, such as "Zeek conn.log (tab-separated)"
	Flows   int     // rows of the table
	Skipped []Count // records that are no flows, by reason
	Unset   []Count // missing values, by column; columns without any are left out
	Notes   []string
}

// A Count is a number of things.
type Count struct {
	What string
	N    int
}

// String returns the report as lines of text.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s from %s", plural.Of(r.Flows, "flow"), r.Format)
	for _, c := range r.Skipped {
		fmt.Fprintf(&b, "\n  skipped %d: %s", c.N, c.What)
	}
	if len(r.Unset) > 0 {
		columns := make([]string, len(r.Unset))
		for i, c := range r.Unset {
			columns[i] = fmt.Sprintf("%s %d", c.What, c.N)
		}
		b.WriteString("\n  unset: " + strings.Join(columns, ", "))
	}
	for _, note := range r.Notes {
		b.WriteString("\n  " + note)
	}
	return b.String()
}

// skip counts a record that is left out.
func (r *Report) skip(reason string, n int) {
	for i := range r.Skipped {
		if r.Skipped[i].What == reason {
			r.Skipped[i].N += n
			return
		}
	}
	r.Skipped = append(r.Skipped, Count{reason, n})
}
