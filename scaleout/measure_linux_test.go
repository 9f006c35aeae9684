package scaleout_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"flowlab/scaleout/internal/cluster"
)

// BenchmarkParts measures one part after the other on the same flows, the others
// at rest:
//
//	go test -run '^$' -bench Parts -benchtime 1x -timeout 60m .
//
// cpu-s is processor time, user and system, which other programs on the machine
// disturb less than the time by the clock; peak-MB is the most memory of the
// process so far.
func BenchmarkParts(b *testing.B) {
	const flows = 300_000
	n := theCluster(b).network(b, 4)
	model := n.model()
	log := writeFlows(b, traffic(flows, 1))
	b.Run("lab-windows", func(b *testing.B) { n.once(b, flows, n.lab, "windows", "--every", "60s", log) })
	b.Run("lab-stream", func(b *testing.B) {
		n.once(b, flows, n.lab, "stream", "--once", "--fixed", "--model", model, "--store", b.TempDir(), log)
	})
	b.Run("feed", func(b *testing.B) {
		broker := used(b, n.kafka.Process())
		n.once(b, flows, n.program, n.args("flows-to-kafka", "--close", log)[1:]...)
		b.ReportMetric((used(b, n.kafka.Process()) - broker).Seconds(), "broker-cpu-s")
	})
	b.Run("flink", func(b *testing.B) {
		n.t = b // the job ends with this part
		n.warm(b, log, flows)
		want := len(n.onOneMachine(b, traffic(flows, 1)))
		tm := n.flink.TaskManager()
		before, broker, began := used(b, tm), used(b, n.kafka.Process()), time.Now()
		n.windows("--parallelism", "2", "--idle", "0s")
		n.await("rows", func() bool { return n.records(n.topics.Windows) >= want })
		report(b, flows, time.Since(began), used(b, tm)-before, peak(b, tm.Pid()))
		b.ReportMetric((used(b, n.kafka.Process()) - broker).Seconds(), "broker-cpu-s")
	})
	n.t = b
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("score-%d", workers), func(b *testing.B) { n.score(b, flows, model, workers) })
	}
	for name, p := range n.flink.Processes() {
		b.Logf("%s: at most %.0f MB", name, peak(b, p.Pid()))
	}
	b.Logf("Kafka: at most %.0f MB", peak(b, n.kafka.Process().Pid()))
	for _, topic := range []string{n.topics.Flows, n.topics.Windows, n.topics.State} {
		b.Logf("%s: %d records, %.1f MB", topic, n.records(topic), n.stored(topic))
	}
}

// once runs a program to its end.
func (n *network) once(b *testing.B, flows int, program string, args ...string) {
	began := time.Now()
	p, err := cluster.Start(b.TempDir(), "once", nil, append([]string{program}, args...)...)
	if err != nil {
		b.Fatal(err)
	}
	most := 0.
	for !p.Ended() {
		most = max(most, peak(b, p.Pid()))
		time.Sleep(10 * time.Millisecond)
	}
	if !p.Succeeded() {
		b.Fatal(p.Tail())
	}
	report(b, flows, time.Since(began), p.Used(), most)
}

// warm has Flink count the same flows of another network first: Java compiles what
// it runs while it runs.
func (n *network) warm(b *testing.B, log string, flows int) {
	other := n.networkOf(b, "warm", 4)
	other.run("flows-to-kafka", "--close", log)
	other.windows("--parallelism", "2", "--idle", "0s")
	want := len(n.onOneMachine(b, traffic(flows, 1)))
	other.await("rows", func() bool { return other.records(other.topics.Windows) >= want })
}

// forget makes Kafka forget what workers have done.
func (n *network) forget() {
	client, err := n.c.NewClient()
	if err != nil {
		n.t.Fatal(err)
	}
	defer client.Close()
	admin := kadm.NewClient(client)
	n.await("the end of the group", func() bool {
		_, err := admin.DeleteGroup(n.context(), n.topics.Flows+".flowlab-scorer")
		return err == nil || errors.Is(err, kerr.GroupIDNotFound)
	})
	if _, err := admin.DeleteTopics(n.context(), n.topics.State, n.topics.Findings); err != nil {
		n.t.Fatal(err)
	}
	n.run("topics")
}

// score has workers judge all that there is.
func (n *network) score(b *testing.B, flows int, model string, workers int) {
	n.forget()
	var all []*cluster.Process
	began := time.Now()
	for i := range workers {
		p, err := cluster.Start(b.TempDir(), "worker", nil, n.args("score", "--checkpoint", "500ms", "--model", model, "--id", fmt.Sprint(workers, "-", i))...)
		if err != nil {
			b.Fatal(err)
		}
		defer p.Kill()
		all = append(all, p)
	}
	want := n.records(n.topics.Flows) + n.records(n.topics.Windows)
	for judged := 0; judged < want; time.Sleep(50 * time.Millisecond) {
		judged = 0
		for _, p := range all {
			_, last, _ := strings.Cut(p.Tail()[max(0, strings.LastIndex(p.Tail(), "records_in_all=")):], "records_in_all=")
			number, _, _ := strings.Cut(last, " ")
			v, _ := strconv.Atoi(number)
			judged += v
		}
	}
	took := time.Since(began)
	cpu, most := time.Duration(0), 0.
	for _, p := range all {
		cpu += used(b, p)
		most = max(most, peak(b, p.Pid()))
	}
	report(b, flows, took, cpu, most)
}

// records counts the records of a topic.
func (n *network) records(topic string) (count int) {
	err := n.c.Read(n.context(), topic, -1, func(*kgo.Record) error {
		count++
		return nil
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return count
}

// stored returns how much Kafka has of a topic, in MB.
func (n *network) stored(topic string) (mb float64) {
	logs, _ := filepath.Glob(filepath.Join(n.dir, "kafka", "data", topic+"-*", "*.log"))
	for _, log := range logs {
		if info, err := os.Stat(log); err == nil {
			mb += float64(info.Size()) / 1e6
		}
	}
	return mb
}

func report(b *testing.B, flows int, took, cpu time.Duration, most float64) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(flows)/took.Seconds(), "flows/s")
	b.ReportMetric(float64(flows)/cpu.Seconds(), "flows/cpu-s")
	b.ReportMetric(cpu.Seconds()/float64(flows)*1e6, "cpu-s/million")
	b.ReportMetric(most, "peak-MB")
}

// used returns the processor time of a program that runs.
func used(b *testing.B, p *cluster.Process) time.Duration {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.Pid()), "stat"))
	if err != nil {
		b.Skipf("the processor time of another program: %v", err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// peak returns the most memory that a program had, in MB.
func peak(b *testing.B, pid int) float64 {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0
	}
	_, after, ok := strings.Cut(string(status), "VmHWM:")
	if !ok {
		return 0 // it has ended
	}
	kb, _ := strconv.Atoi(strings.Fields(after)[0])
	return float64(kb) / 1024
}
