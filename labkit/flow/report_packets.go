package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit/internal/plural"
)

// packets returns the report of a capture as text: "521 packets, 18 of them in
// 18 flows; 503 skipped: 503 ARP".
func (r Report) packets() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s of them in %s", plural.Of(r.Packets, "packet"), plural.Number(r.InFlows), plural.Of(r.Flows, "flow"))
	if len(r.Skipped) > 0 {
		fmt.Fprintf(&b, "; %s skipped: %s", plural.Number(r.Packets-r.InFlows), Listed(r.Skipped))
	}
	if len(r.InTunnels) > 0 {
		b.WriteString("; in tunnels skipped: " + Listed(r.InTunnels))
	}
	r.writeLost(&b)
	for _, note := range r.Notes {
		b.WriteString("\n  " + note)
	}
	return b.String()
}

// Listed returns counts as text, the highest first: "5 ARP, 1 IGMP". Of a long
// list the end is counted together.
func Listed(counts []Count) string {
	const most = 20
	sorted := slices.SortedFunc(slices.Values(counts), func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.What, b.What))
	})
	var parts []string
	others := 0
	for i, c := range sorted {
		if i < most {
			parts = append(parts, plural.Number(c.N)+" "+c.What)
		} else {
			others += c.N
		}
	}
	if others > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d other kinds", others, len(sorted)-most))
	}
	return strings.Join(parts, ", ")
}
