package stream

import (
	"context"
	"log/slog"
	"testing"
)

// A collector is a sink that keeps what it is handed.
type collector []Finding

func (c *collector) take(_ uint64, f Finding) error {
	*c = append(*c, f)
	return nil
}

func TestPipelineFindsWhatABatchFinds(t *testing.T) {
	flows := testFlows(20_000, 600)
	var got collector
	err := Pipeline{
		Source: Table(flows), Stage: newWindowStage, Store: Store{Dir: t.TempDir()}, Sink: got.take,
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := batch(t, newWindowStage, flows)
	wantFindings(t, got, want)
}
