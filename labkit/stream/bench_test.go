package stream

import (
	"context"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// A fewStage finds every hundredth row: the windows are as much work as in real
// life, and findings are few.
type fewStage struct{ windowStage }

func newFewStage() (Stage, error) {
	op, err := window.New(testWindows)
	return &fewStage{windowStage{op}}, err
}

func (s *fewStage) Add(f *flow.Flow) ([]Finding, error) {
	rows := s.op.Add(*f)
	return rowFindings(rows[:len(rows)/100])
}

// What passes through JetStream, windows and checkpoints, at either way to sync.
func BenchmarkPipeline(b *testing.B) {
	flows := testFlows(300_000, 3600)
	for name, interval := range map[string]time.Duration{"synced": 0, "synced-every-2m": 2 * time.Minute} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				err := Pipeline{
					Source: Table(flows), Stage: newFewStage, Store: Store{Dir: b.TempDir(), SyncInterval: interval},
				}.Run(context.Background())
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(flows)*b.N)/b.Elapsed().Seconds(), "flows/s")
		})
	}
}
