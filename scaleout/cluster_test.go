package scaleout_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"flowlab/labkit/live"

	"flowlab/scaleout/internal/cluster"
	"flowlab/scaleout/kafka"
	"flowlab/scaleout/wire"
)

// servers are Kafka and Flink, started once for all tests, and our program.
type servers struct {
	kafka   *cluster.Kafka
	flink   *cluster.Flink
	program string // ours
	lab     string // the course's
	dir     string
}

var running *servers

func TestMain(m *testing.M) {
	status := m.Run()
	if running != nil {
		running.end()
	}
	os.Exit(status)
}

var start = sync.OnceValues(func() (*servers, error) {
	jars, err := cluster.Get()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "flowlab-scaleout")
	if err != nil {
		return nil, err
	}
	running = &servers{dir: dir, program: filepath.Join(dir, "flowlab-scaleout"), lab: filepath.Join(dir, "lab")}
	for _, sub := range []string{"kafka", "flink"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	for _, build := range [][]string{{running.program, ".", "./cmd/flowlab-scaleout"}, {running.lab, "..", "./labkit/cmd/lab"}} {
		if out, err := exec.Command("go", "build", "-C", build[1], "-o", build[0], build[2]).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, out)
		}
	}
	if running.kafka, err = cluster.StartKafka(jars, filepath.Join(dir, "kafka"), "feeder", "flink", "scorer", "reader"); err != nil {
		return nil, err
	}
	running.flink, err = cluster.StartFlink(jars, filepath.Join(dir, "flink"), 4)
	return running, err
})

// cluster returns the servers. Where Java is missing the test is left out, but
// for where FLOWLAB_NEED_JAVA is set.
func theCluster(t testing.TB) *servers {
	t.Helper()
	s, err := start()
	if errors.Is(err, cluster.ErrMissing) && os.Getenv("FLOWLAB_NEED_JAVA") == "" {
		t.Skipf("!!! NOTHING IS TESTED WITH REAL KAFKA AND FLINK: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *servers) end() {
	if s.flink != nil {
		for _, p := range s.flink.Processes() {
			if p != nil {
				p.Kill()
			}
		}
	}
	if s.kafka != nil && s.kafka.Process() != nil {
		s.kafka.Process().Kill()
	}
	os.RemoveAll(s.dir)
}

// A network is the topics of one test.
type network struct {
	*servers
	t      testing.TB
	prefix string
	c      kafka.Connection
	topics kafka.Topics
}

func (s *servers) network(t testing.TB, partitions int) *network {
	t.Helper()
	return s.networkOf(t, strings.ToLower(strings.ReplaceAll(t.Name(), "/", "-")), partitions)
}

func (s *servers) networkOf(t testing.TB, prefix string, partitions int) *network {
	t.Helper()
	n := &network{s, t, prefix, kafka.Connection{Brokers: []string{s.kafka.Address}}, kafka.TopicsOf(prefix)}
	n.run("topics", fmt.Sprint("--partitions=", partitions))
	return n
}

// args returns a command line of our program, for Kafka's first address unless
// another is given.
func (n *network) args(args ...string) []string {
	all := []string{n.program, "--prefix", n.prefix}
	if !slices.Contains(args, "--brokers") {
		all = append(all, "--brokers", n.kafka.Address)
	}
	return append(all, args...)
}

// run runs our program and returns what it writes.
func (n *network) run(args ...string) string {
	n.t.Helper()
	cmd := exec.Command(n.program, n.args(args...)[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		n.t.Fatalf("%v: %v\n%s%s", args, err, out, stderr.String())
	}
	n.t.Logf("%s: %s%s", args[0], stderr.String(), out[:min(len(out), 200)])
	return string(out)
}

// start starts our program; it is killed at the end of the test.
func (n *network) start(name string, args ...string) *cluster.Process {
	n.t.Helper()
	p, err := cluster.Start(n.dir, n.prefix+"-"+name, nil, n.args(args...)...)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() {
		p.Kill()
		if n.t.Failed() {
			n.t.Logf("%s:\n%s\nKafka:\n%s", name, p.Tail(), n.kafka.Process().Tail())
		}
	})
	return p
}

// windows starts a job, which is cancelled at the end of the test.
func (n *network) windows(args ...string) (job string) {
	n.t.Helper()
	job = strings.TrimSpace(n.run(append([]string{"windows", "--gateway", n.flink.Gateway}, args...)...))
	n.t.Cleanup(func() { n.flink.Cancel(job) })
	return job
}

// rows returns the rows of windows that are there, by window and host.
func (n *network) rows() (rows []row) {
	n.t.Helper()
	err := n.c.Read(n.context(), n.topics.Windows, -1, func(r *kgo.Record) error {
		of, err := wire.ParseRow(r.Value)
		rows = append(rows, rowOf(&of))
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return rows
}

func (n *network) findings() []string { return findingsIn(n.t, n.run("findings")) }

// findingsIn returns findings in a fixed order, as they are written.
func findingsIn(t testing.TB, lines string) (all []string) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var f live.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	slices.Sort(all)
	return all
}

// course runs the course's command.
func (s *servers) course(t testing.TB, args ...string) string {
	t.Helper()
	cmd := exec.Command(s.lab, args...)
	cmd.Dir = t.TempDir()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("lab %v: %v\n%s", args, err, stderr.String())
	}
	t.Logf("lab %s: %s", args[0], stderr.String())
	return string(out)
}

func (n *network) context() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	n.t.Cleanup(cancel)
	return ctx
}

// await asks again and again, for three minutes.
func (n *network) await(what string, ready func() bool) {
	n.t.Helper()
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		if ready() {
			return
		}
	}
	n.t.Fatalf("%s: not within three minutes", what)
}

// awaitRows waits for so many rows.
func (n *network) awaitRows(want int) {
	n.t.Helper()
	n.await("rows of windows", func() bool { return len(n.rows()) >= want })
}

// awaitFindings waits for the workers to have judged all that there is, and
// returns the findings. More than none are wanted.
func (n *network) awaitFindings(want int) []string {
	n.t.Helper()
	if want == 0 {
		n.t.Error("there is nothing to be found")
	}
	n.await("judgement of all", n.scored)
	return n.findings()
}

// scored tells whether the workers have committed all records that there are. The
// lag that Kafka tells does not say so: it counts the ends of transactions, too.
func (n *network) scored() bool {
	client, err := n.c.NewClient()
	if err != nil {
		n.t.Fatal(err)
	}
	defer client.Close()
	committed, err := kadm.NewClient(client).FetchOffsets(n.context(), n.topics.Flows+".flowlab-scorer")
	if err != nil {
		return false
	}
	all := true
	for _, topic := range []string{n.topics.Flows, n.topics.Windows} {
		err := n.c.Read(n.context(), topic, -1, func(r *kgo.Record) error {
			at, ok := committed.Lookup(topic, r.Partition)
			all = all && ok && at.At > r.Offset
			return nil
		})
		if err != nil {
			n.t.Fatal(err)
		}
	}
	return all
}
