package bench

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
)

// asWorker is the variable that makes this test's program the Go side.
const asWorker = "FLOWLAB_BENCH_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) == "" {
		os.Exit(m.Run())
	}
	if err := Work(os.Stdin, os.Stdout); err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
}

// TestBench runs the whole grid at 300 rows, without peers: each task is done,
// with one core and with all, to the same scores.
func TestBench(t *testing.T) {
	t.Setenv(asWorker, "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	measured, err := Bench{Worker: []string{program}, Dir: t.TempDir(), MaxRows: 300, Log: io.Discard}.Run()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grid {
		for _, task := range g.tasks {
			for _, s := range []System{{labkit, ""}, {labkit, oneCore}} {
				r, ok := results(measured).at(task, 300).of(s)
				if !ok || len(r.Seconds) < minRounds || slices.Min(r.Seconds) <= 0 {
					t.Errorf("%s, %v: %+v: want times", task, s, r)
				}
			}
		}
	}
	var report strings.Builder
	Report(&report, measured, nil, nil)
	tasks := 0
	for _, g := range grid {
		tasks += len(g.tasks)
	}
	if got := report.String(); strings.Count(got, "| 300 |") != tasks {
		t.Errorf("the report has another number of rows than %d:\n%s", tasks, got)
	}
}

// TestPicture draws a run in which every task was measured at two sizes.
func TestPicture(t *testing.T) {
	var measured []Result
	for _, task := range []Task{ForestFitPredict, ForestScore, LOFFitPredict, SVMFitPredict, SVMScore} {
		for i, name := range []string{labkit, sklearn, pyod, isotree} {
			for _, rows := range []int{1_000, 10_000, 100_000, 1_000_000} {
				seconds := float64(rows) * float64(i+1) * 2e-6
				measured = append(measured, Result{Task: task, Rows: rows, System: System{Name: name}, Seconds: []float64{seconds}})
			}
		}
	}
	img, err := Picture(measured)
	if err != nil {
		t.Fatal(err)
	}
	if config, err := png.DecodeConfig(bytes.NewReader(img)); err != nil || config.Width < 1000 {
		t.Errorf("%d bytes are a picture of %+v, error %v", len(img), config, err)
	}
}

// TestGoals takes made-up times: labkit in 1, 2 and 3 seconds, scikit-learn in
// 4, 12 and 9, by the default and faster by all cores at the largest size.
func TestGoals(t *testing.T) {
	measured := results{
		{Task: LOFFitPredict, Rows: 10, System: System{labkit, ""}, Seconds: []float64{1, 3, 1}, Peak: 10 << 20},
		{Task: LOFFitPredict, Rows: 10, System: System{sklearn, byDefault}, Seconds: []float64{4}, Peak: 30 << 20, Differ: 2},
		{Task: LOFFitPredict, Rows: 20, System: System{labkit, ""}, Seconds: []float64{1, 3}, Peak: 18 << 20},
		{Task: LOFFitPredict, Rows: 20, System: System{sklearn, byDefault}, Seconds: []float64{12}, Peak: 30 << 20},
		{Task: LOFFitPredict, Rows: 20, System: System{sklearn, allCores}, Seconds: []float64{3.8}, Peak: 40 << 20},
		{Task: ReadCapture, Rows: 100_000, System: System{labkit, oneCore}, Seconds: []float64{1}},
		{Task: ReadCapture, Rows: 200_000, System: System{labkit, oneCore}, Seconds: []float64{2.5}},
	}
	for _, c := range []struct {
		what string
		goal func() (goal, bool)
		got  string
		met  bool
	}{
		{"twice as fast", func() (goal, bool) { return measured.faster("", LOFFitPredict, sklearn, 2, 0) }, "1.90 × at 20 rows", false},
		{"1.5 times as fast", func() (goal, bool) { return measured.faster("", LOFFitPredict, sklearn, 1.5, 0) }, "1.90 × at 20 rows", true},
		{"at the smallest size", func() (goal, bool) { return measured.faster("", LOFFitPredict, sklearn, 2, 20) }, "1.90 × at 20 rows", false},
		{"half the memory", func() (goal, bool) { return measured.lighter(LOFFitPredict, sklearn, 0.5) }, "18 MB of 30 MB", false},
		{"90,000 packets a second", func() (goal, bool) { return measured.rate(ReadCapture, 90_000, "packets") }, "80,000 packets/s at 200,000 packets", false},
		{"80,000 packets a second", func() (goal, bool) { return measured.rate(ReadCapture, 80_000, "packets") }, "80,000 packets/s", true},
		{"no faster growth", func() (goal, bool) { return measured.slope(LOFFitPredict) }, "2.00 ×, scikit-learn 0.95 ×", false},
		{"equal labels", func() (goal, bool) { return measured.agreement("", "", "labels differ at %d points", sklearn) }, "2 labels differ at 2 points", false},
	} {
		g, ok := c.goal()
		if !ok || !strings.Contains(g.got, c.got) || g.met != c.met {
			t.Errorf("%s: %+v, %v; want %q, met %v", c.what, g, ok, c.got, c.met)
		}
	}
	if _, ok := measured.faster("", SVMScore, sklearn, 1, 0); ok {
		t.Error("a goal of a task that was not measured")
	}
}

// TestCapture reads the capture that systems are compared on: every packet is
// in a flow, later than the one before, and the same in each run.
func TestCapture(t *testing.T) {
	const packets = 20_000
	var file, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&file, &again} {
		w := bufio.NewWriter(out)
		if err := errors.Join(writeCapture(w, packets), w.Flush()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Error("two captures of one size differ")
	}
	r, err := pcapgo.NewReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	last := time.Time{}
	for i := range packets {
		_, info, err := r.ReadPacketData()
		if err != nil || info.Timestamp.Before(last) {
			t.Fatalf("packet %d, after %v: %v, error %v", i, last, info.Timestamp, err)
		}
		last = info.Timestamp
	}
	_, report, err := capture.ReadFrom(&file, "test", flow.ReadOptions{})
	if err != nil || report.Packets != packets || report.InFlows != packets || report.Flows < packets/10 {
		t.Errorf("%v, error %v: want %d packets, all in flows, and at least %d of these", report, err, packets, packets/10)
	}
}

// Of a capture each system has its own number of flows, and tshark the first of
// the sums alone; of a log all must have the same rows.
func TestCompare(t *testing.T) {
	for _, c := range []struct {
		task   Task
		rows   int
		sums   []float64
		differ int
		fails  bool
	}{
		{ReadCapture, 7, []float64{1, 2, 3}, 0, false},
		{ReadCapture, 7, []float64{1}, 0, false},
		{ReadCapture, 7, []float64{1, 2, 4}, 1, false},
		{ReadCapture, 7, nil, 1, false},
		{ReadCSV, 8, []float64{1, 2, 4}, 1, false},
		{ReadCSV, 7, []float64{1, 2, 3}, 0, true},
	} {
		both := []Result{
			{Task: c.task, System: System{labkit, ""}, rows: 8, sums: []float64{1, 2, 3}},
			{Task: c.task, System: System{tshark, byDefault}, rows: c.rows, sums: c.sums},
		}
		if err := compare(both); (err != nil) != c.fails || both[1].Differ != c.differ {
			t.Errorf("%+v: %d sums differ, error %v", c, both[1].Differ, err)
		}
		both[1].Seconds = []float64{1}
		if got, want := both[1].String(), fmt.Sprintf(" %d sums differ", c.differ); !strings.HasSuffix(got, want) {
			t.Errorf("%+v: %q, want %q at the end", c, got, want)
		}
	}
}

// The memory of a system is that of its largest process; but of tshark its own.
func TestPeak(t *testing.T) {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	w := &worker{System: System{tshark, byDefault}, cmd: &exec.Cmd{Process: self}}
	if got := w.peak(reply{Memory: 5}); got != 5 {
		t.Errorf("a tshark that held 5 bytes held %d", got)
	}
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("this system does not tell what a process held")
	}
	w.System = System{nfstream, byDefault}
	if got := w.peak(reply{Memory: 1 << 50}); got != 1<<50 {
		t.Errorf("nfstream, whose largest process held 2^50 bytes, held %d", got)
	}
	if got := w.peak(reply{Memory: 5}); got < 1<<20 {
		t.Errorf("this process held %d bytes: want more", got)
	}
}

// The memory of a program that a peer runs is without that of Python with numpy.
func TestPeakOfPrograms(t *testing.T) {
	python := filepath.Join("..", "..", "..", ".venv", "bench", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		t.Skip("there are no peers: lab bench sets them up")
	}
	const program = `
import peers
held = bytearray(100 << 20)
print(peers.peak(["true"]) >> 20, peers.peak([peers.sys.executable, "-c", "bytearray(50 << 20)"]) >> 20)
`
	cmd := exec.Command(python, "-B", "-c", program)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var small, large int
	if _, err := fmt.Sscan(string(said), &small, &large); err != nil || small > 20 || large < 50 || large > 80 {
		t.Errorf("programs that hold little and 50 MB held %s MB, error %v", said, err)
	}
}
