package flow

import (
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit/internal/plural"
)

// A Report says what became of a file: how many flows were read, what was
// well-formed but is no flow, and how many values are missing.
type Report struct {
	Format  string  // in words, such as "Zeek conn.log (tab-separated)"
	Flows   int     // rows of the table
	Skipped []Count // records that are no flows, by reason
	Lost    []Loss  // what was damaged and left out, by reason; a strict reader loses nothing
	Unset   []Count // missing values, by column; columns without any are left out
	Notes   []string

	// Of a capture: its packets, how many of them are in flows, and those in
	// tunnels that are in no flow of their own, by reason.
	Packets, InFlows int
	InTunnels        []Count
}

// A Count is a number of things.
type Count struct {
	What string
	N    int
}

// A Loss counts what was left out for one reason: it was damaged, or a limit
// was reached.
type Loss struct {
	What   string
	N      int
	Places []string // the first of them, as file:line:column
	Limit  bool     // they were not damaged: a limit was reached
}

// Incomplete tells whether something of the input was lost.
func (r *Report) Incomplete() bool { return len(r.Lost) > 0 }

// String returns the report as lines of text.
func (r Report) String() string {
	var b strings.Builder
	if r.Packets > 0 {
		return r.packets()
	}
	fmt.Fprintf(&b, "%s from %s", plural.Of(r.Flows, "flow"), r.Format)
	for _, c := range r.Skipped {
		fmt.Fprintf(&b, "\n  skipped %s: %s", plural.Number(c.N), c.What)
	}
	r.writeLost(&b)
	if len(r.Unset) > 0 {
		columns := make([]string, len(r.Unset))
		for i, c := range r.Unset {
			columns[i] = c.What + " " + plural.Number(c.N)
		}
		b.WriteString("\n  unset: " + strings.Join(columns, ", "))
	}
	for _, note := range r.Notes {
		b.WriteString("\n  " + note)
	}
	return b.String()
}

func (r Report) writeLost(b *strings.Builder) {
	for _, l := range r.Lost {
		why := "damaged, left out"
		if l.Limit {
			why = "limit reached,"
		}
		fmt.Fprintf(b, "\n  %s %s: %s (%s)", why, plural.Number(l.N), l.What, l.where())
	}
}

// mostReasons bounds a list of a report, and the time that it takes to count in
// it.
const mostReasons = 50

// Skip counts records that are left out for a reason. Where there are too many
// reasons, the last are counted together.
func (r *Report) Skip(reason string, n int) { r.Skipped = count(r.Skipped, reason, n) }

// SkipInTunnel counts packets in a tunnel that are in no flow of their own.
func (r *Report) SkipInTunnel(reason string, n int) { r.InTunnels = count(r.InTunnels, reason, n) }

func count(counts []Count, what string, n int) []Count {
	if n == 0 {
		return counts
	}
	at := slices.IndexFunc(counts, func(c Count) bool { return c.What == what })
	if at < 0 && len(counts) >= mostReasons-1 {
		what = "records of other kinds"
		at = slices.IndexFunc(counts, func(c Count) bool { return c.What == what })
	}
	if at < 0 {
		at = len(counts)
		counts = append(counts, Count{What: what})
	}
	counts[at].N += n
	return counts
}

// mostPlaces is how many places are named of a loss.
const mostPlaces = 3

// Lose counts what is left out because of a fault.
func (r *Report) Lose(f *Fault) {
	reason := reasonOf(f.Err)
	at := slices.IndexFunc(r.Lost, func(l Loss) bool { return l.What == reason })
	if at < 0 && len(r.Lost) >= mostReasons-1 {
		reason = "damage of other kinds"
		at = slices.IndexFunc(r.Lost, func(l Loss) bool { return l.What == reason })
	}
	if at < 0 {
		at = len(r.Lost)
		r.Lost = append(r.Lost, Loss{What: reason})
	}
	l := &r.Lost[at]
	if l.N++; l.N <= mostPlaces {
		l.Places = append(l.Places, f.Place())
	}
}

func (l Loss) where() string {
	places := strings.Join(l.Places, ", ")
	if l.N > len(l.Places) {
		places += ", …"
	}
	return places
}
