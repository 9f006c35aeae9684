package stream

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stopAfter is a sink that ends a run after so many findings.
func stopAfter(n int, stop context.CancelFunc) func(uint64, Finding) error {
	return func(uint64, Finding) error {
		if n--; n == 0 {
			stop()
		}
		return nil
	}
}

// A store of which the end is cut off, at any byte of any of its files of
// messages: the pipeline starts, says so, and goes on from a checkpoint; what it
// found before comes neither twice nor otherwise.
func TestStoreCutAtAnyByte(t *testing.T) {
	flows := testFlows(6000, 300)
	want := batch(t, newWindowStage, flows)
	whole := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	p := Pipeline{Source: Table(flows), Stage: newWindowStage, Store: Store{Dir: whole, SyncInterval: time.Minute}, Checkpoint: -1, Sink: stopAfter(700, stop)}
	if err := p.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	p.Sink = nil
	r := rand.New(rand.NewPCG(3, 4))
	for _, stream := range []string{"flows", "findings", "state"} {
		for range 8 {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			file, at := cut(t, dir, stream, r)
			p.Store.Dir = dir
			p.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
			if err := p.Run(t.Context()); err != nil {
				t.Errorf("%s cut at byte %d: %v", file, at, err)
				continue
			}
			t.Logf("%s cut at byte %d", file, at)
			wantNothingTwice(t, p.Store, want, stream == "findings")
		}
	}
}

// wantNothingTwice reports findings that are lost, come twice or are other than
// wanted. Those that the cut has taken cannot come back once flows and
// checkpoints are further on: they are missing under their numbers, and said.
func wantNothingTwice(t *testing.T, s Store, want []Finding, mayMiss bool) {
	t.Helper()
	store := mustOpen(t, s)
	defer store.close()
	info, err := store.findings.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.State.LastSeq != uint64(len(want)) || info.State.NumDeleted > 0 && !mayMiss {
		t.Errorf("%d findings of which %d are missing, want %d", info.State.LastSeq, info.State.NumDeleted, len(want))
	}
	for i, w := range want {
		message, err := store.findings.GetMsg(t.Context(), uint64(i)+1)
		if err != nil {
			if !mayMiss {
				t.Fatalf("finding %d: %v", i+1, err)
			}
			continue
		}
		if id := idOf(message.Header); id != w.ID || string(message.Data) != string(w.JSON) {
			t.Fatalf("finding %d is %s, want %s", i+1, id, w.ID)
		}
	}
}

// cut cuts a file of a stream's messages at a random byte.
func cut(t *testing.T, dir, stream string, r *rand.Rand) (file string, at int64) {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".blk") && strings.Contains(path, "flowlab_"+stream) {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no file of messages, error %v", err)
	}
	file = files[r.IntN(len(files))]
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	at = r.Int64N(info.Size() + 1)
	if err := os.Truncate(file, at); err != nil {
		t.Fatal(err)
	}
	return filepath.Base(filepath.Dir(filepath.Dir(file))), at
}
