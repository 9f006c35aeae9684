// Package where tells flows by a condition in text: that of lab flows --where, and
// that of a finding, which says which flows are behind it.
//
//	src_ip == "10.0.0.5" && (dst_port in (22, 3306) || dst_ip in "192.168.0.0/16") && !failed
//
// A comparison has a field of the schema on its left side (see [flow.Field]), or
// end, the time at which a flow ended. Numbers are compared by ==, !=, <, <=, > and
// >=; words by == and !=, addresses as addresses. in takes one value or several in
// parentheses, of addresses networks, too. Words and times stand in quotes, "…" with
// the escapes of Go or '…' without any; a time is "2006-01-02", "2006-01-02 15:04",
// "2006-01-02 15:04:05" or RFC 3339, in UTC if it names no zone, or a number of
// seconds since 1970.
//
// A comparison with a value that is not known is false, whichever it is;
// service == unknown asks for it. Three conditions are true or false by
// themselves: failed and broken (see [flow.Flow.Failed] and [flow.Flow.Broken]), and
// unicast, of what is not sent to a multicast or broadcast address.
//
// ! binds tightest, then &&, then ||. There is nothing else: no arithmetic, no
// functions and no loops, so that a condition from anybody is safe to evaluate, in
// time proportional to its length and the flows.
package where

import (
	"slices"

	"flowlab/labkit/flow"
)

// A Condition is fulfilled by some flows. Make it with [Parse].
type Condition struct {
	root   node
	fields []flow.Field
}

// Fields returns the fields that the condition looks at, in the order of the
// schema.
func (c *Condition) Fields() []flow.Field { return slices.Clone(c.fields) }

// Match tells for each flow whether it fulfils the condition.
func (c *Condition) Match(flows *flow.Columns) []bool {
	at := make([]bool, flows.Len)
	for i := range at {
		at[i] = true
	}
	c.root.keep(flows, at)
	return at
}
