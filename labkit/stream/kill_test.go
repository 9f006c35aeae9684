//go:build unix

package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The test program is started again in a role, to be killed.
func TestMain(m *testing.M) {
	joinedFlows = blockFlows
	switch role := os.Getenv("STREAM_ROLE"); role {
	case "":
		os.Exit(m.Run())
	case "pipeline":
		exit(killedPipeline(os.Getenv("STREAM_STORE")).Run(context.Background()))
	case "publisher":
		exit(runPublisher(os.Getenv("STREAM_STORE")))
	case "worker":
		exit(runWorker(os.Getenv("STREAM_STORE")))
	case "server":
		exit(runServer(os.Getenv("STREAM_STORE"), os.Getenv("STREAM_PORT")))
	}
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// killAt makes the program kill itself where STREAM_KILL says, as "place:n", the
// n-th time that it comes there.
func killAt() {
	maxInFlight = 4 // so that behind the fourth block one is stored, however fast they come
	place, count, _ := strings.Cut(os.Getenv("STREAM_KILL"), ":")
	left, _ := strconv.Atoi(count)
	failpoint = func(name string) {
		if name != place {
			return
		}
		if left--; left == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}

var killedFlows = testFlows(6000, 300)

func killedPipeline(store string) Pipeline {
	killAt()
	return Pipeline{Source: Table(killedFlows), Stage: newWindowStage, Store: killedStore(store), Checkpoint: -1}
}

// killedStore is a folder, or a server if it is an address.
func killedStore(at string) Store {
	if strings.HasPrefix(at, "nats:") {
		return Store{URL: at}
	}
	return Store{Dir: at, SyncInterval: time.Minute} // a kill is no power cut
}

// inRole runs the test program in a role, to its end.
func inRole(t *testing.T, role, store, kill string) error {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STREAM_ROLE="+role, "STREAM_STORE="+store, "STREAM_KILL="+kill)
	cmd.Stderr = t.Output()
	return cmd.Run()
}

// wantKilled reports a program that has ended otherwise.
func wantKilled(t *testing.T, err error) {
	t.Helper()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("the program has ended with %v: want it to be killed", err)
	}
	if status := exit.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Fatalf("the program has ended with %v: want it to be killed", err)
	}
}

// Kill -9 of the program with publisher, worker and server in it, at each place
// and at its first, middle and a late time.
func TestKilledAnywhere(t *testing.T) {
	want := batch(t, newWindowStage, killedFlows)
	for _, kill := range []string{
		"published:1", "published:12", "published:24", // of 25 blocks with the one that ends the source
		"finding:1", "finding:1200",
		"findings:2", "findings:20",
		"piece:2", "piece:15", "pieces:1", "pieces:15",
		"checkpoint:1", "checkpoint:20", "dropped:1", "dropped:20",
	} {
		t.Run(kill, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			wantKilled(t, inRole(t, "pipeline", dir, kill))
			left := invariants(t, Store{Dir: dir})
			if left.at.Flows == 0 && !strings.HasSuffix(kill, ":1") {
				t.Error("nothing was stored before the kill: it proves nothing")
			}
			if err := inRole(t, "pipeline", dir, ""); err != nil {
				t.Fatal(err)
			}
			if at := invariants(t, Store{Dir: dir}).at.Flows; at != int64(len(killedFlows)) {
				t.Errorf("%d flows are worked on, want %d", at, len(killedFlows))
			}
			wantFindings(t, stored(t, Store{Dir: dir}), want)
		})
	}
}

// Killed again and again, each time a little further on.
func TestKilledOverAndOver(t *testing.T) {
	dir := t.TempDir()
	kills := 0
	for _, place := range []string{"published:5", "finding:300", "checkpoint:3", "findings:4", "dropped:2", "piece:3", "finding:300"} {
		err := inRole(t, "pipeline", dir, place)
		if err == nil {
			break
		}
		wantKilled(t, err)
		invariants(t, Store{Dir: dir})
		kills++
	}
	if err := inRole(t, "pipeline", dir, ""); err != nil {
		t.Fatal(err)
	}
	if kills < 4 {
		t.Errorf("killed %d times: want at least 4", kills)
	}
	wantFindings(t, stored(t, Store{Dir: dir}), batch(t, newWindowStage, killedFlows))
}

// invariants checks what holds in a store whatever was killed: the newest
// checkpoint counts no finding and no flow that is not stored, blocks follow each
// other without a gap, and positions with them.
func invariants(t *testing.T, s Store) *resumption {
	t.Helper()
	store := mustOpen(t, s)
	defer store.close()
	r, err := resume(t.Context(), store, true, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	flows, err := store.flows.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	findings, err := store.findings.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.kept) > 0 {
		if c := r.kept[0]; c.Block > flows.State.LastSeq || c.Findings > findings.State.LastSeq || c.Block+1 < flows.State.FirstSeq {
			t.Errorf("checkpoint %+v does not fit blocks %d to %d and %d findings", c, flows.State.FirstSeq, flows.State.LastSeq, findings.State.LastSeq)
		}
	}
	if flows.State.NumDeleted > 0 || findings.State.NumDeleted > 0 {
		t.Errorf("%d blocks and %d findings are missing", flows.State.NumDeleted, findings.State.NumDeleted)
	}
	at := int64(-1)
	for n := flows.State.FirstSeq; n <= flows.State.LastSeq && n > 0; n++ {
		message, err := store.flows.GetMsg(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		b, err := decodeBlock(message.Data)
		if err != nil {
			t.Fatal(err)
		}
		if at >= 0 && b.At.Flows != at+int64(len(b.Flows)) {
			t.Errorf("block %d of %d flows ends at %d, the one before at %d", n, len(b.Flows), b.At.Flows, at)
		}
		at = b.At.Flows
	}
	return r
}

func mustOpen(t *testing.T, s Store) *openStore {
	t.Helper()
	store, err := s.open(t.Context(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// stored returns all findings of a store.
func stored(t *testing.T, s Store) (all []Finding) {
	t.Helper()
	store := mustOpen(t, s)
	defer store.close()
	info, err := store.findings.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := uint64(1); n <= info.State.LastSeq; n++ {
		message, err := store.findings.GetMsg(t.Context(), n)
		if err != nil {
			t.Fatalf("finding %d: %v", n, err)
		}
		all = append(all, Finding{idOf(message.Header), message.Data})
	}
	return all
}
