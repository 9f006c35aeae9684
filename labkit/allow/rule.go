// Package allow keeps a list of findings that somebody has looked into and does
// not want to see again: each rule with its reason, and if need be with its last
// day. It is applied where findings are shown, so that nothing in it changes a
// model, a score or a place.
//
// A list is a text of one rule a line. What begins with # is a comment, and behind
// a rule the reason, which must be there:
//
//	# The list of the office.
//	host 10.0.0.5 kind volume until 2026-12-31  # backup server, asked by NN
//	host 10.0.8.0/24 peer 10.0.0.2 port 53      # guests ask our resolver
//	kind beacon port 123                        # clocks
//
// All that a rule names must be so. host is who did it, of a flood to whom it was
// done, and peer the other end: an address, a network, or any other name in quotes.
// port is that of the destination. kind is a [triage.Kind] or a family of kinds,
// see [triage.Kind.Family].
package allow

import (
	"strconv"
	"strings"
	"time"

	"flowlab/labkit/triage"
)

// AnyPort is the port of a rule that names none.
const AnyPort = -1

// A Rule says which findings are allowed, and why. Make it with [Parse] or [For]; a
// Rule{Port: AnyPort} names nothing yet.
type Rule struct {
	Host, Peer End    // zero if the rule names none
	Port       int    // AnyPort if it names none
	Kind       string // of findings, or a family of kinds; "" if it names none

	// Until is the last day on which the rule counts, at midnight UTC; zero if it
	// has none. The clock is that of the flows: a finding is allowed if the last
	// of its flows has ended on that day or before. So traffic of an earlier year
	// is shown as it was then, whenever it is looked at.
	Until time.Time

	Reason string
	Line   int // in the file, from 1; 0 if it is in none
}

// For returns a rule without reason that covers findings like f: of the same
// host, peer, port and family of kinds, as far as f has one.
func For(f *triage.Finding) Rule {
	return Rule{Host: EndOf(f.Host), Peer: EndOf(f.Peer), Port: f.Port, Kind: f.Kind.Family()}
}

// Matches tells whether a finding is what the rule names, on whatever day.
func (r *Rule) Matches(f *triage.Finding) bool { return r.matches(sighted(f)) }

// Expired tells whether the last day of the rule is before a time in seconds
// since 1970. A time that is not known is after it.
func (r *Rule) Expired(at float64) bool {
	return !r.Until.IsZero() && !(at < float64(r.Until.AddDate(0, 0, 1).Unix()))
}

// A sight is a finding as rules look at it.
type sight struct {
	*triage.Finding
	host, peer name
}

func sighted(f *triage.Finding) sight { return sight{f, nameOf(f.Host), nameOf(f.Peer)} }

func (r *Rule) matches(s sight) bool {
	return r.Host.has(s.host) && r.Peer.has(s.peer) &&
		(r.Port == AnyPort || r.Port == s.Port) &&
		(r.Kind == "" || r.Kind == string(s.Kind) || r.Kind == s.Kind.Family())
}

// sameAs tells whether a rule names the same findings.
func (r *Rule) sameAs(o *Rule) bool {
	return r.Host == o.Host && r.Peer == o.Peer && r.Port == o.Port && r.Kind == o.Kind
}

// namesNothing tells whether the rule would cover all findings.
func (r *Rule) namesNothing() bool {
	return r.Host.isAny() && r.Peer.isAny() && r.Port == AnyPort && r.Kind == ""
}

// day is how a last day is written.
const day = time.DateOnly

// String returns the line of the rule, which [Parse] reads.
func (r *Rule) String() string {
	var words []string
	add := func(key, value string) { words = append(words, key, value) }
	if !r.Host.isAny() {
		add("host", r.Host.String())
	}
	if !r.Peer.isAny() {
		add("peer", r.Peer.String())
	}
	if r.Port != AnyPort {
		add("port", strconv.Itoa(r.Port))
	}
	if r.Kind != "" {
		add("kind", r.Kind)
	}
	if !r.Until.IsZero() {
		add("until", r.Until.Format(day))
	}
	return strings.Join(words, " ") + "  # " + r.Reason
}
