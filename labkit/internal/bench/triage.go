package bench

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/readflows"
	"flowlab/labkit/triage"
)

// findings times what lab score does with a file: hosts by all lists, and the
// strangest flows with their reasons. The sum is how many flows were judged.
func findings(r request) (reply, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // as lab score does
	runtime.GC()

	begin := time.Now()
	table, err := readflows.File(r.Path, nil, nil, flow.ReadOptions{})
	if err != nil {
		return reply{}, err
	}
	traffic := triage.New(table)
	flows, err := traffic.Flows(context.Background(), triage.Options{Contamination: contamination, Seed: seed})
	if err != nil {
		return reply{}, err
	}
	hosts := traffic.Hosts(flows)
	const top = 10
	if _, err := flows.Top(context.Background(), top); err != nil {
		return reply{}, err
	}
	took := time.Since(begin)

	scores := flows.Scores
	for _, h := range hosts {
		for i := range h.Findings {
			scores = append(scores, h.Findings[i].Score)
		}
	}
	return reply{Seconds: took.Seconds(), Rows: traffic.Len(), Sums: []float64{float64(len(flows.Scores))}, Digest: digest(scores)}, nil
}
