package stream

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// slowStage is a stage that waits until it may work.
type slowStage struct {
	Stage
	may <-chan struct{}
}

func (s slowStage) Add(f *flow.Flow) ([]Finding, error) {
	<-s.may
	return s.Stage.Add(f)
}

// A fullLog tells when the publisher says that the stream is full.
type fullLog struct {
	slog.Handler
	once *sync.Once
	full chan struct{}
}

func (l fullLog) Handle(ctx context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "is full") {
		l.once.Do(func() { close(l.full) })
	}
	return l.Handler.Handle(ctx, r)
}

// A stream of flows that is full: the publisher waits for the worker, and says
// so; nothing is lost, and nothing comes twice.
func TestStreamThatIsFull(t *testing.T) {
	flows := testFlows(6000, 300)
	log := fullLog{slog.NewTextHandler(t.Output(), nil), new(sync.Once), make(chan struct{})}
	var got collector
	err := Pipeline{
		Source: Table(flows), Checkpoint: -1, Sink: got.take, Log: slog.New(log),
		Store: Store{Dir: t.TempDir(), SyncInterval: time.Minute, MaxBytes: 200 << 10},
		Stage: func() (Stage, error) {
			s, err := newWindowStage()
			return slowStage{s, log.full}, err
		},
	}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantFindings(t, got, batch(t, newWindowStage, flows))
}

// What a source and a stage say is an error, and not tried again.
func TestErrorsOfTheParts(t *testing.T) {
	broken := errors.New("broken")
	for what, p := range map[string]Pipeline{
		"source": {Source: brokenSource{broken}, Stage: newWindowStage},
		"stage":  {Source: Table(testFlows(10, 1)), Stage: func() (Stage, error) { return nil, broken }},
		"sink":   {Source: Table(testFlows(600, 300)), Stage: newWindowStage, Sink: func(uint64, Finding) error { return broken }},
	} {
		p.Store.Dir = t.TempDir()
		if err := p.Run(t.Context()); !errors.Is(err, broken) {
			t.Errorf("%s: error %v, want that it is broken", what, err)
		}
	}
	dir := t.TempDir()
	held := mustOpen(t, Store{Dir: dir})
	defer held.close()
	if err := (Pipeline{Source: Table{}, Stage: newWindowStage, Store: Store{Dir: dir}}).Run(t.Context()); !errors.Is(err, errInUse) {
		t.Errorf("a folder in use: error %v", err)
	}
	if err := (Pipeline{}).Run(t.Context()); err == nil {
		t.Error("a pipeline of nothing runs")
	}
}

type brokenSource struct{ err error }

func (brokenSource) Again() bool { return true }

func (s brokenSource) Flows(context.Context, Position, func(string, []flow.Flow) error) error {
	return s.err
}
