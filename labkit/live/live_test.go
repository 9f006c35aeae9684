package live

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/sample"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

const zeekHead = "#separator \\x09\n#path\tconn\n#open\t%s\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\tconn_state\torig_pkts\tresp_pkts\n"

func zeekRow(port int) string {
	return fmt.Sprintf("1.5\t10.0.0.1\t1000\t10.0.0.2\t%d\ttcp\t0.25\t10\t20\tSF\t1\t2\n", port)
}

func rows(from, to int) string {
	var b strings.Builder
	for port := from; port <= to; port++ {
		b.WriteString(zeekRow(port))
	}
	return b.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// A watched source is one that runs; its flows come by ports, and its position
// is that behind the last of them.
type watched struct {
	ports chan int
	stop  context.CancelFunc
	done  chan error
	at    stream.Position
}

func watch(t *testing.T, s stream.Source, behind stream.Position) *watched {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	w := &watched{make(chan int, 1000), stop, make(chan error, 1), behind}
	go func() {
		w.done <- s.Flows(ctx, behind, func(part string, flows []flow.Flow) error {
			for _, f := range flows {
				if part != w.at.Part {
					w.at = stream.Position{Part: part}
				}
				w.at.Flows++
				w.ports <- f.DstPort
			}
			return nil
		})
	}()
	return w
}

func (w *watched) want(t *testing.T, from, to int) {
	t.Helper()
	for port := from; port <= to; port++ {
		if got := <-w.ports; got != port {
			t.Fatalf("a flow to port %d, want %d", got, port)
		}
	}
}

// end stops the source and returns its position.
func (w *watched) end(t *testing.T) stream.Position {
	t.Helper()
	w.stop()
	if err := <-w.done; !errors.Is(err, context.Canceled) {
		t.Fatalf("the source has ended with %v", err)
	}
	if len(w.ports) > 0 {
		t.Errorf("%d flows that nobody wants", len(w.ports))
	}
	return w.at
}

func mustOpen(t *testing.T, name string, o Options) stream.Source {
	t.Helper()
	s, err := Open(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A log that is rotated while it is followed, and again while nobody reads it:
// no flow is missing, and none comes twice.
func TestLogThatIsRotated(t *testing.T) {
	name := filepath.Join(t.TempDir(), "conn.log")
	write(t, name, fmt.Sprintf(zeekHead, "1")+rows(1, 3))
	s := mustOpen(t, name, Options{Follow: true})
	w := watch(t, s, stream.Position{})
	w.want(t, 1, 3)
	write(t, name, zeekRow(4)+zeekRow(5)[:20]) // half a line
	w.want(t, 4, 4)
	write(t, name, zeekRow(5)[20:])
	w.want(t, 5, 5)
	rotate := func(to, open string) {
		if err := os.Rename(name, name+to); err != nil {
			t.Fatal(err)
		}
		write(t, name, fmt.Sprintf(zeekHead, open))
	}
	rotate(".1", "2")
	write(t, name, rows(6, 8))
	w.want(t, 6, 8)
	at := w.end(t)

	write(t, name, rows(9, 10)) // while nobody reads
	rotate(".2", "3")
	write(t, name, rows(11, 11))
	rotate(".3", "4")
	write(t, name, rows(12, 13))
	for i, old := range []string{".1", ".2", ".3"} { // they were changed in this order
		at := time.Unix(int64(1000+i), 0)
		if err := os.Chtimes(name+old, at, at); err != nil {
			t.Fatal(err)
		}
	}
	w = watch(t, s, at)
	w.want(t, 9, 13)
	at = w.end(t)

	w = watch(t, s, at)
	write(t, name, zeekRow(14))
	w.want(t, 14, 14)
	w.end(t)
}

func TestLogThatIsTruncated(t *testing.T) {
	name := filepath.Join(t.TempDir(), "conn.log")
	write(t, name, fmt.Sprintf(zeekHead, "1")+rows(1, 9))
	w := watch(t, mustOpen(t, name, Options{Follow: true}), stream.Position{})
	w.want(t, 1, 9)
	if err := os.Truncate(name, 0); err != nil {
		t.Fatal(err)
	}
	write(t, name, fmt.Sprintf(zeekHead, "2")+rows(10, 11))
	w.want(t, 10, 11)
	w.end(t)
}

// Each kind of source hands out the same from any position as from the start.
func TestSourcesGoOnAnywhere(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "conn.1.log"), fmt.Sprintf(zeekHead, "1")+rows(1, 5))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, fmt.Sprintf(zeekHead, "2")+rows(6, 9))
	z.Close()
	write(t, filepath.Join(dir, "conn.2.log.gz"), packed.String())
	for _, name := range []string{dir, sample.Path("conn.log"), sample.Path("smtp.pcap")} {
		s := mustOpen(t, name, Options{})
		if !s.Again() {
			t.Errorf("%s cannot be read again", name)
		}
		var positions []stream.Position
		all := collect(t, s, stream.Position{}, &positions)
		if len(all) == 0 {
			t.Errorf("%s: no flows", name)
		}
		for i, at := range positions {
			if got := collect(t, s, at, nil); !slices.Equal(got, all[i+1:]) {
				t.Errorf("%s, behind %v: %d flows, want %d", name, at, len(got), len(all)-i-1)
			}
		}
	}
}

// collect returns the origins of flows, and the position behind each.
func collect(t *testing.T, s stream.Source, behind stream.Position, positions *[]stream.Position) (all []flow.Origin) {
	t.Helper()
	at := behind
	err := s.Flows(t.Context(), behind, func(part string, flows []flow.Flow) error {
		for _, f := range flows {
			if part != at.Part {
				at = stream.Position{Part: part}
			}
			at.Flows++
			all = append(all, f.Origin)
			if positions != nil && len(all) <= 20 {
				*positions = append(*positions, at)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Datagrams of two exporters, one of which sends something else.
func TestNetFlow(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "internal", "flowlog", "testdata", "netflow5.bin"))
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan string, 1)
	var skipped Skipped
	s := mustOpen(t, "udp://127.0.0.1:0", Options{Ready: func(where string) { ready <- where }, Skipped: &skipped})
	if s.Again() {
		t.Error("a socket can be read again")
	}
	w := watch(t, s, stream.Position{})
	address := <-ready
	for range 2 {
		conn, err := net.Dial("udp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write(data); err != nil {
			t.Fatal(err)
		}
		for range 8 { // flows of the file
			<-w.ports
		}
	}
	if at := w.end(t); at.Flows != 16 {
		t.Errorf("%d flows, want 16", at.Flows)
	}
}

func TestPipe(t *testing.T) {
	s := mustOpen(t, "-", Options{Stdin: strings.NewReader(fmt.Sprintf(zeekHead, "1") + rows(1, 3))})
	if got := collect(t, s, stream.Position{}, nil); len(got) != 3 || s.Again() {
		t.Errorf("%d flows, again %t: want 3 and false", len(got), s.Again())
	}
}

func TestSkippedIsCounted(t *testing.T) {
	name := filepath.Join(t.TempDir(), "conn.log")
	write(t, name, fmt.Sprintf(zeekHead, "1")+rows(1, 3)+"x\n"+"y\n"+rows(4, 4))
	var skipped Skipped
	if got := collect(t, mustOpen(t, name, Options{Skipped: &skipped}), stream.Position{}, nil); len(got) != 4 {
		t.Errorf("%d flows, want 4", len(got))
	}
	n := 0
	for _, c := range skipped.Counts() {
		n += c
	}
	if n != 2 {
		t.Errorf("skipped %v: want 2 rows", skipped.Counts())
	}
}

func TestOpenRefuses(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none"), Options{}); err == nil || !strings.HasPrefix(err.Error(), "labkit: live.Open: ") {
		t.Errorf("error %v", err)
	}
}

// A log through the whole pipeline: what triage.Live finds, decoded again.
func TestStage(t *testing.T) {
	var found []Finding
	err := stream.Pipeline{
		Source: mustOpen(t, sample.Path("conn.log"), Options{}), Stage: Stage(triage.LiveOptions{}), Store: stream.Store{Dir: t.TempDir()},
		Sink: func(_ uint64, f stream.Finding) error {
			decoded, err := Decode(f)
			found = append(found, decoded)
			return err
		},
	}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Host == "" || f.Kind == "" || f.Words == "" || f.Score <= f.Threshold {
			t.Errorf("finding %+v", f)
		}
	}
}
