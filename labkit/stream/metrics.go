package stream

import (
	"fmt"
	"io"
	"math"
)

// WriteMetrics writes the status as Prometheus reads it, each number as
// flowlab_stream_NAME.
//
// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
func (s Status) WriteMetrics(w io.Writer) error {
	type metric struct {
		name, kind, help string
		value            float64
	}
	metrics := []metric{
		{"published_flows_total", "counter", "Flows that came from the source.", float64(s.Published)},
		{"worked_flows_total", "counter", "Flows that were worked on.", float64(s.Worked)},
		{"findings_total", "counter", "Findings that were new.", float64(s.Findings)},
		{"waiting_blocks", "gauge", "Blocks of flows that wait for the worker.", float64(s.BlocksWaiting)},
		{"out_of_place_blocks_total", "counter", "Blocks left out, as one before them cannot be read.", float64(s.OutOfPlace)},
		{"restarts_total", "counter", "Times that the store was opened again.", float64(s.Restarts)},
		{"checkpoints_total", "counter", "Checkpoints saved.", float64(s.Checkpoints)},
		{"checkpoint_bytes", "gauge", "Size of the last checkpoint.", float64(s.CheckpointBytes)},
		{"checkpoint_seconds", "gauge", "What the last checkpoint took.", s.CheckpointTook.Seconds()},
		{"newest_flow_seconds", "gauge", "End of the newest flow that was worked on, in seconds since 1970.", s.Newest},
	}
	for _, g := range s.Gauges {
		metrics = append(metrics, metric{g.Name, "gauge", "Of the stage.", g.Value})
	}
	for _, m := range metrics {
		if math.IsNaN(m.value) {
			continue
		}
		name := "flowlab_stream_" + m.name
		if _, err := fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %g\n", name, m.help, name, m.kind, name, m.value); err != nil {
			return err
		}
	}
	return nil
}
