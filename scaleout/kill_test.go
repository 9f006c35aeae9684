package scaleout_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/scaleout/internal/cluster"
)

// A supervisor starts a worker again whenever it has ended, as a service manager
// does.
type supervisor struct {
	n    *network
	name string
	args []string
	now  *cluster.Process
	stop chan struct{}
	done chan struct{}
}

func (n *network) supervise(name string, args ...string) *supervisor {
	s := &supervisor{n: n, name: name, args: args, now: n.start(name, args...), stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		for tick := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case <-s.stop:
				return
			case <-tick.C:
			}
			if s.now.Ended() {
				s.now = n.start(name, args...)
			}
		}
	}()
	n.t.Cleanup(func() {
		close(s.stop)
		<-s.done
	})
	return s
}

// feedSlowly feeds a log in parts, and does something in the middle of each.
func (n *network) feedSlowly(log string, during ...func()) {
	n.t.Helper()
	data, err := os.ReadFile(log)
	if err != nil {
		n.t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	cmd := exec.Command(n.program, n.args("flows-to-kafka", "--close", "-")[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		n.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { cmd.Process.Kill() })
	steps := 2 * len(during)
	for i := range steps {
		part := lines[i*len(lines)/steps : (i+1)*len(lines)/steps]
		if _, err := in.Write([]byte(strings.Join(part, ""))); err != nil {
			n.t.Fatal(err)
		}
		if i%2 == 0 {
			during[i/2]()
		}
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		n.t.Fatal(err)
	}
}

// kill -9 of the task manager, a worker and the broker, and a job that is stopped
// and goes on from its savepoint, each while flows arrive: what comes out is what comes of lab windows and lab stream, and nothing twice.
func TestKills(t *testing.T) {
	n := theCluster(t).network(t, 2)
	flows := traffic(12_000, 1)
	log, model := writeFlows(t, flows), n.model()
	want, found := n.onOneMachine(t, flows), n.onStream(t, log, model)
	job := n.windows("--idle", "0s")
	var workers []*supervisor
	for _, id := range []string{"a", "b"} {
		workers = append(workers, n.supervise(id, "score", "--model", model, "--id", id, "--checkpoint", "1s"))
	}
	rows := 0
	more := func() { // kills land in work that is half done
		n.await("more rows", func() bool {
			now := len(n.rows())
			ok := now > rows
			rows = max(rows, now)
			return ok
		})
	}
	n.feedSlowly(log,
		func() {
			more()
			n.flink.TaskManager().Kill()
			if err := n.flink.StartTaskManager(); err != nil {
				t.Fatal(err)
			}
		},
		func() {
			more()
			n.await("work of a worker", func() bool { return strings.Contains(workers[0].now.Tail(), "committed") })
			workers[0].now.Kill()
		},
		func() {
			more()
			n.kafka.Process().Kill()
			if err := n.kafka.Start(); err != nil {
				t.Fatal(err)
			}
		},
		func() { // not a kill: an upgrade
			more()
			savepoint, err := n.flink.Stop(job, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			n.windows("--idle", "0s", "--savepoint", savepoint)
		},
	)
	n.awaitRows(len(want))
	got := n.awaitFindings(len(found))
	sameRows(t, n.rows(), want)
	// In how many pairs a beacon is one by chance depends on the partition.
	alike := func(findings []string) []string {
		var all []string
		for _, f := range findings {
			if strings.Contains(f, `"rare-beacon"`) {
				f, _, _ = strings.Cut(f, `"score"`)
			}
			all = append(all, f)
		}
		return all
	}
	if got, found := alike(got), alike(found); !slices.Equal(got, found) {
		t.Errorf("findings:\n%s\nwant those of lab stream:\n%s", strings.Join(got, "\n"), strings.Join(found, "\n"))
	}
}
