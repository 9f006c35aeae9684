package capture

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"flowlab/labkit/internal/plural"
)

// A Report counts what was in a capture: each packet either went into a flow
// or was skipped.
type Report struct {
	Packets int            // in the file
	Decoded int            // that went into a flow
	Skipped map[string]int // those that did not, by the reason
	Flows   int

	// In the tunnels of VXLAN, Geneve, GTP, AYIYA and Teredo a packet goes into the
	// flow of the UDP around it, whatever it holds. Held counts the packets in
	// them that went into no flow of their own, by the reason; what a tunnel says
	// to its other end holds none.
	Held map[string]int
}

func (r Report) skip(why skip, packets int) { r.Skipped[string(why)] += packets }

func (r Report) hold(why skip, packets int) { r.Held[string(why)] += packets }

// String tells the report in words, the most frequent reason first: "521
// packets, 18 of them in 18 flows; 503 skipped: 503 ARP".
func (r Report) String() string {
	text := fmt.Sprintf("%s, %d of them in %s", plural.Of(r.Packets, "packet"), r.Decoded, plural.Of(r.Flows, "flow"))
	if len(r.Skipped) > 0 {
		text += fmt.Sprintf("; %d skipped: %s", r.Packets-r.Decoded, reasons(r.Skipped))
	}
	if len(r.Held) > 0 {
		text += "; in tunnels skipped: " + reasons(r.Held)
	}
	return text
}

// noFlows says why a capture has none.
func (r Report) noFlows() error {
	if r.Packets == 0 {
		return errors.New("the capture has no packets: want at least one of TCP, UDP or ICMP")
	}
	return fmt.Errorf("no flows in %s, %s: want at least one packet of TCP, UDP or ICMP", plural.Of(r.Packets, "packet"), reasons(r.Skipped))
}

// reasons lists counts, the highest first.
func reasons(counts map[string]int) string {
	list := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for i, why := range list {
		list[i] = fmt.Sprintf("%d %s", counts[why], why)
	}
	return strings.Join(list, ", ")
}
