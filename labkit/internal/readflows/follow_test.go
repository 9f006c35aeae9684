package readflows

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
)

const zeekHead = "#separator \\x09\n#path\tconn\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\tconn_state\torig_pkts\tresp_pkts\n"

func zeekRow(port int) string {
	return fmt.Sprintf("1.5\t10.0.0.1\t1000\t10.0.0.2\t%d\ttcp\t0.25\t10\t20\tSF\t1\t2\n", port)
}

// A stage of a test does something to the log, and says which flows, by their
// ports, must have come when the reader has waited for more.
type stage struct {
	do   func(t *testing.T, name string)
	want []int
}

func appended(text string) func(*testing.T, string) {
	return func(t *testing.T, name string) {
		f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
}

func rotated(text string) func(*testing.T, string) {
	return func(t *testing.T, name string) {
		if err := os.Rename(name, name+".1"); err != nil {
			t.Fatal(err)
		}
		appended(text)(t, name)
	}
}

func truncated(text string) func(*testing.T, string) {
	return func(t *testing.T, name string) {
		if err := os.Truncate(name, 0); err != nil {
			t.Fatal(err)
		}
		appended(text)(t, name)
	}
}

// Rows come out as they are written: not before their line is whole, and not
// only when there are many. Each stage is done when the reader has nothing to do
// but to wait, so that nothing here depends on time.
func TestFollow(t *testing.T) {
	json := func(port int) string {
		return fmt.Sprintf(`{"ts":1.5,"id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","id.resp_p":%d,"conn_state":"SF"}`, port)
	}
	for name, c := range map[string]struct {
		stages []stage
		lost   int
	}{
		"lines": {[]stage{
			{appended(zeekHead + zeekRow(1)), []int{1}},
			{appended(zeekRow(2) + zeekRow(3)[:20]), []int{2}},
			{appended(zeekRow(3)[20:] + zeekRow(4)), []int{3, 4}},
		}, 0},
		"a header in two parts": {[]stage{
			{appended(zeekHead[:40]), nil},
			{appended(zeekHead[40:]), nil},
			{appended(zeekRow(1)), []int{1}},
		}, 0},
		"rotation": {[]stage{
			{appended(zeekHead + zeekRow(1)), []int{1}},
			{rotated(zeekHead + zeekRow(2)), []int{2}},
			{appended(zeekRow(3)), []int{3}},
		}, 0},
		"rotation within a line": {[]stage{
			{appended(zeekHead + zeekRow(1) + zeekRow(2)[:20]), []int{1}},
			{rotated(zeekHead + zeekRow(3)), []int{3}},
		}, 1},
		"truncation": {[]stage{
			{appended(zeekHead + zeekRow(1) + zeekRow(2)), []int{1, 2}},
			{truncated(zeekHead + zeekRow(3)), []int{3}},
		}, 0},
		"damage": {[]stage{
			{appended(zeekHead + "x\n" + "y\n" + zeekRow(1)), []int{1}},
		}, 2},
		"JSON": {[]stage{
			{appended(json(1) + "\n" + json(2)[:30]), []int{1}},
			{appended(json(2)[30:]), []int{2}},
			{appended("\n" + json(3) + "\n"), []int{3}},
		}, 0},
		"CSV": {[]stage{
			{appended("dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv\n1,1,1,1,1,1\n2,2,"), []int{1}},
			{appended("2,2,2,2\n"), []int{2}},
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			log := filepath.Join(t.TempDir(), "conn.log")
			appended("")(t, log)
			var ports []int
			emitted := make(chan int, 100) // rows are parsed beside the reader, which waits meanwhile
			next := 0
			wait := func() error {
				if next > 0 {
					for range c.stages[next-1].want {
						ports = append(ports, <-emitted)
					}
					if want := c.stages[next-1].want; !slices.Equal(ports, want) {
						t.Errorf("stage %d: flows to ports %v, want %v", next-1, ports, want)
					}
				}
				ports = nil
				if next == len(c.stages) {
					return io.EOF
				}
				next++
				c.stages[next-1].do(t, log)
				return nil
			}
			f, err := newFollower(log, wait)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			report, err := flowlog.Follow(f, "conn.log", flow.ReadOptions{Lenient: true}, func(_ []flow.Field, c *flow.Columns) error {
				for i := range c.Len {
					emitted <- c.Flow(i).DstPort
				}
				return nil
			})
			if err != nil || len(emitted) > 0 {
				t.Errorf("%v, and %d flows that were not asked for", err, len(emitted))
			}
			lost := 0
			for _, l := range report.Lost {
				lost += l.N
			}
			if lost != c.lost {
				t.Errorf("%v, want %d lost", report, c.lost)
			}
		})
	}
}
