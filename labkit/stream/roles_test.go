//go:build unix

package stream

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
)

// A part is a program that does a part of a pipeline's work, on a server that
// runs elsewhere.
func part(at string, work func(ctx context.Context, store *openStore, from *resumption) error) error {
	killAt()
	ctx := context.Background()
	store, err := killedStore(at).open(ctx, quiet)
	if err != nil {
		return err
	}
	defer store.close()
	from, err := resume(ctx, store, true, quiet)
	if err != nil {
		return err
	}
	return work(ctx, store, from)
}

var quiet = slog.New(slog.DiscardHandler)

// runPublisher writes all flows into the store.
func runPublisher(at string) error {
	return part(at, func(ctx context.Context, store *openStore, from *resumption) error {
		w, err := newWriter(ctx, store.js, store.flows)
		if err != nil {
			return err
		}
		p := &publisher{writer: w, meters: new(meters), log: quiet}
		return p.run(ctx, store, read(ctx, Table(killedFlows), from.at, from.ended))
	})
}

// runWorker works on what is in the store until the source has ended there.
func runWorker(at string) error {
	return part(at, func(ctx context.Context, store *openStore, from *resumption) error {
		stage, err := newWindowStage()
		if err != nil {
			return err
		}
		w, err := newWorker(ctx, store, stage, from, new(meters), quiet)
		if err != nil {
			return err
		}
		w.every = -1
		return w.run(ctx, func() (uint64, bool) { return w.now.Block, w.now.Ended })
	})
}

// runServer is a NATS server on a port of this machine, and says when it is ready.
func runServer(dir, port string) error {
	p, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: p, JetStream: true, StoreDir: dir, NoSigs: true, NoLog: true})
	if err != nil {
		return err
	}
	s.Start()
	if !s.ReadyForConnections(startPatience) {
		return errors.New("the server has not started")
	}
	fmt.Println("ready")
	select {}
}

// A testServer is a NATS server in a process of its own.
type testServer struct {
	dir, port string
	cmd       *exec.Cmd
}

func startServer(t *testing.T) *testServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	s := &testServer{dir: t.TempDir(), port: port}
	s.start(t)
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
	})
	return s
}

func (s *testServer) url() string { return "nats://127.0.0.1:" + s.port }

// start starts the server and waits until it says that it is ready.
func (s *testServer) start(t *testing.T) {
	t.Helper()
	s.cmd = exec.Command(os.Args[0])
	s.cmd.Env = append(os.Environ(), "STREAM_ROLE=server", "STREAM_STORE="+s.dir, "STREAM_PORT="+s.port)
	s.cmd.Stderr = t.Output()
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); strings.TrimSpace(line) != "ready" {
		t.Fatalf("the server says %q, %v", line, err)
	}
}

// kill kills the server with kill -9, and returns once it is dead.
func (s *testServer) kill(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	wantKilled(t, s.cmd.Wait())
}

// Publisher, worker and server are programs of their own, each killed in turn.
func TestEachPartKilled(t *testing.T) {
	s := startServer(t)
	at := Store{URL: s.url()}
	for _, kill := range []string{"published:3", "published:9"} {
		wantKilled(t, inRole(t, "publisher", s.url(), kill))
		invariants(t, at)
	}
	for _, kill := range []string{"finding:40", "pieces:2", "checkpoint:2"} {
		wantKilled(t, inRole(t, "worker", s.url(), kill))
		invariants(t, at)
	}
	s.kill(t)
	s.start(t)
	if from := invariants(t, at); len(from.kept) == 0 || from.kept[0].Block == 0 || from.at.Flows == int64(len(killedFlows)) {
		t.Errorf("after the kills the store is at %+v: want a checkpoint, and flows to come", from.at)
	}
	for _, role := range []string{"publisher", "worker"} {
		if err := inRole(t, role, s.url(), ""); err != nil {
			t.Fatalf("%s: %v", role, err)
		}
	}
	invariants(t, at)
	wantFindings(t, stored(t, at), batch(t, newWindowStage, killedFlows))
}

// A server is killed under a pipeline at work, and comes back: the pipeline goes
// on by itself.
func TestServerKilledUnderAPipeline(t *testing.T) {
	s := startServer(t)
	defer func() { failpoint = func(string) {} }()
	kills := 0
	left := 300
	failpoint = func(name string) { // only the worker comes to this place
		if name != "finding" {
			return
		}
		if left--; left == 0 && kills < 2 {
			s.kill(t)
			s.start(t)
			kills, left = kills+1, 300
		}
	}
	var watch Watch
	var got collector
	err := Pipeline{
		Source: Table(killedFlows), Stage: newWindowStage, Store: Store{URL: s.url()}, Checkpoint: -1, Watch: &watch, Sink: got.take,
	}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if kills != 2 || watch.Status().Restarts < 2 {
		t.Errorf("%d kills and %d restarts: want 2 and at least as many", kills, watch.Status().Restarts)
	}
	invariants(t, Store{URL: s.url()})
	want := batch(t, newWindowStage, killedFlows)
	wantFindings(t, stored(t, Store{URL: s.url()}), want)
	wantFindings(t, got, want)
}

// A second program that works on the same streams hears of it.
func TestSecondWorkerIsRefused(t *testing.T) {
	s := startServer(t)
	if err := inRole(t, "publisher", s.url(), ""); err != nil {
		t.Fatal(err)
	}
	err := part(s.url(), func(ctx context.Context, store *openStore, from *resumption) error {
		stage, _ := newWindowStage()
		w, err := newWorker(ctx, store, stage, from, new(meters), quiet)
		if err != nil {
			return err
		}
		w.every = -1
		if err := inRole(t, "worker", s.url(), ""); err != nil { // the other one is faster
			return err
		}
		return w.run(ctx, func() (uint64, bool) { return w.now.Block, w.now.Ended })
	})
	if !errors.Is(err, errStoreChanged) {
		t.Errorf("the second worker ends with %v: want it to be refused", err)
	}
	wantFindings(t, stored(t, Store{URL: s.url()}), batch(t, newWindowStage, killedFlows))
}
