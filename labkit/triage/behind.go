package triage

import (
	"cmp"
	"math"
	"slices"

	"flowlab/labkit/pair"
)

// mostBehind is how many windows and pairs of a host and a family are looked at
// behind a finding that is allowed.
const mostBehind = 100

// Behind adds to hosts what stands behind their findings that are allowed (whose
// Allowed is not ""): of the same host and family of kinds the most striking window
// or pair that is not. Without it a backup that is allowed would hide all else that
// its host sent. No place and no other finding changes.
//
// It looks at the hundred most striking windows and pairs of each such host and
// family that are not allowed whatever their peer and port: allowed is asked of each
// first with those of a pair, or without, and then of what it says no to with all.
// Of floods, strange flows and unusual windows there is nothing behind. It takes
// about as long as [Traffic.Hosts], and no time if nothing is allowed.
func (t *Traffic) Behind(hosts []Host, allowed func(*Finding) bool) {
	wanted := allowedFamilies(hosts)
	if len(wanted) == 0 {
		return
	}
	found := t.rowsOf(wanted, allowed)
	for i := range hosts {
		h := &hosts[i]
		added := map[string]bool{}
		for _, f := range found[h.Address] {
			if family := f.Kind.Family(); !added[family] && !allowed(&f) {
				added[family] = true
				h.insert(f)
			}
		}
	}
}

// allowedFamilies returns of which families a host has a finding that is allowed.
func allowedFamilies(hosts []Host) map[string]map[string]bool {
	of := map[string]map[string]bool{}
	for _, h := range hosts {
		for _, f := range h.Findings {
			switch {
			case f.Allowed == "" || f.Kind == Flood || f.Kind == Strange || f.Kind == Unusual:
				continue
			case of[h.Address] == nil:
				of[h.Address] = map[string]bool{}
			}
			of[h.Address][f.Kind.Family()] = true
		}
	}
	return of
}

// rowsOf returns the most striking windows and pairs of hosts in the families that
// are wanted of each, the most striking first, without those that are allowed for
// what is known before their flows are gathered.
func (t *Traffic) rowsOf(wanted map[string]map[string]bool, allowed func(*Finding) bool) map[string][]Finding {
	known := t.hosts()
	pairs := pair.Of(t.conversations())
	rows := map[int32][]striking{}
	for _, l := range append(t.windowLists(known), pairLists(pairs, known)...) {
		family := l.kind.Family()
		l.judgeRows(func(host int32, c candidate) {
			name := known.names[host]
			if wanted[name][family] && !allowed(foreknown(name, &c, pairs)) {
				rows[host] = append(rows[host], c.among(known.sources))
			}
		})
	}
	evidence := newEvidence(t, known, pairs)
	var hosts []Host
	for host, of := range rows {
		hosts = append(hosts, Host{Address: known.names[host], Findings: evidence.want(host, mostStriking(of))})
	}
	evidence.gather(hosts)
	found := map[string][]Finding{}
	for _, h := range hosts {
		found[h.Address] = h.Findings
	}
	return found
}

// foreknown returns what is known of a row before its flows are gathered.
func foreknown(host string, c *candidate, pairs []pair.Pair) *Finding {
	f := &Finding{Kind: c.list.kind, Host: host, Port: -1, Window: c.list.window}
	if f.Window > 0 {
		f.First, f.Last = float64(c.row), float64(c.row)+f.Window.Seconds()
		return f
	}
	p := &pairs[c.row]
	f.Peer, f.Port, f.First, f.Last = p.Dst, p.Port, p.First, math.NaN() // p.Last is when the last began
	return f
}

// mostStriking returns of each family as many as are looked at.
func mostStriking(rows []striking) []striking {
	slices.SortStableFunc(rows, func(a, b striking) int {
		return cmp.Or(cmp.Compare(a.expected, b.expected), cmp.Compare(telling[b.list.kind], telling[a.list.kind]), cmp.Compare(a.list.window, b.list.window), cmp.Compare(a.row, b.row))
	})
	of := map[string]int{}
	return slices.DeleteFunc(rows, func(s striking) bool {
		family := s.list.kind.Family()
		of[family]++
		return of[family] > mostBehind
	})
}

// insert adds a finding behind those that are as striking, and before strange flows.
func (h *Host) insert(f Finding) {
	at := slices.IndexFunc(h.Findings, func(o Finding) bool { return o.Kind == Strange || o.Score < f.Score })
	if at < 0 {
		at = len(h.Findings)
	}
	h.Findings = slices.Insert(h.Findings, at, f)
}
