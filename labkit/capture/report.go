package capture

import (
	"errors"
	"fmt"
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
}

func (r Report) skip(why skip, packets int) { r.Skipped[string(why)] += packets }

// String tells the report in words, the most frequent reason first: "521
// packets, 18 of them in 18 flows; 503 skipped: 503 ARP".
func (r Report) String() string {
	text := fmt.Sprintf("%s, %d of them in %s", plural.Of(r.Packets, "packet"), r.Decoded, plural.Of(r.Flows, "flow"))
	if len(r.Skipped) == 0 {
		return text
	}
	return fmt.Sprintf("%s; %d skipped: %s", text, r.Packets-r.Decoded, r.reasons())
}

// noFlows says why a capture has none.
func (r Report) noFlows() error {
	if r.Packets == 0 {
		return errors.New("the capture has no packets: want at least one of TCP, UDP or ICMP")
	}
	return fmt.Errorf("no flows in %s, %s: want at least one packet of TCP, UDP or ICMP", plural.Of(r.Packets, "packet"), r.reasons())
}

func (r Report) reasons() string {
	reasons := make([]string, 0, len(r.Skipped))
	for why := range r.Skipped {
		reasons = append(reasons, why)
	}
	slices.SortFunc(reasons, func(a, b string) int {
		if d := r.Skipped[b] - r.Skipped[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, why := range reasons {
		reasons[i] = fmt.Sprintf("%d %s", r.Skipped[why], why)
	}
	return strings.Join(reasons, ", ")
}
