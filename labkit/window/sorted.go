package window

import (
	"cmp"
	"slices"

	"flowlab/labkit/flow"
)

// Rows returns the rows of flows that are all there, in any order: it takes them
// by their event time, so that none is late, and believes every time. What the
// options say of lateness and jumps counts for nothing.
func Rows(flows []flow.Flow, o Options) ([]Row, error) {
	o.Lateness, o.MaxJump, o.Late = -1, -1, nil
	op, err := New(o)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(flows))
	times := make([]float64, len(flows))
	for i := range flows {
		order[i], times[i] = i, o.Time.of(&flows[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(times[a], times[b]) })
	var rows []Row
	for _, i := range order {
		rows = append(rows, op.Add(flows[i])...)
	}
	return append(rows, op.Close()...), nil
}
