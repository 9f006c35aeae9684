package stream

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A roomLog makes room once the pipeline says that the disk is full.
type roomLog struct {
	slog.Handler
	said *atomic.Bool
	make func()
}

func (l roomLog) Handle(ctx context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok && errors.Is(err, errDiskFull) && !l.said.Swap(true) {
			l.make()
		}
		return true
	})
	return l.Handler.Handle(ctx, r)
}

// A disk that is full: it is said, tried again, and nothing is lost once there is
// room.
func TestDiskThatIsFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=300k"); err != nil {
		t.Skipf("only root can mount a small disk: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	log := roomLog{slog.NewTextHandler(t.Output(), nil), new(atomic.Bool), func() {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=50m"); err != nil {
			t.Error(err)
		}
	}}
	var got collector
	err := Pipeline{
		Source: Table(killedFlows), Stage: newWindowStage, Log: slog.New(log), Checkpoint: -1, Sink: got.take,
		Store: Store{Dir: dir, SyncInterval: time.Minute},
	}.Run(t.Context())
	if err != nil || !log.said.Load() {
		t.Fatalf("that the disk is full was said: %v; %v", log.said.Load(), err)
	}
	want := batch(t, newWindowStage, killedFlows)
	wantFindings(t, got, want)
	wantFindings(t, stored(t, Store{Dir: dir}), want)
}

// The only sign of a full disk is what the server writes into its log.
func TestServerLogTellsOfAFullDisk(t *testing.T) {
	full := make(chan struct{}, 1)
	l := serverLog{slog.New(slog.NewTextHandler(t.Output(), nil)), full}
	l.Errorf("no such stream")
	if len(full) > 0 {
		t.Error("another error is taken for a full disk")
	}
	for range 2 { // the second does not wait for anybody
		l.Errorf("Filestore [x] Critical write error: %v", &fs.PathError{Op: "write", Path: "1.blk", Err: syscall.ENOSPC})
	}
	if len(full) != 1 {
		t.Error("a full disk is not told")
	}
}
