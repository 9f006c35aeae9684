package labkit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit/window"
)

// readRows reads a frame of a table with spaces.
func readRows(lines ...string) dataframe.DataFrame {
	records := make([][]string, len(lines))
	for i, line := range lines {
		records[i] = strings.Fields(line)
	}
	return dataframe.LoadRecords(records)
}

// 10.0.0.7 knocks at four ports of two hosts, one of them twice, within ten seconds; a window of a
// minute shows it, and none of its flows does.
func ExampleWindows() {
	flows := readRows(
		"ts  src_ip   dst_ip   dst_port state",
		"100 10.0.0.5 10.0.0.1 443      SF",
		"101 10.0.0.7 10.0.0.1 21       REJ",
		"103 10.0.0.7 10.0.0.1 22       S0",
		"105 10.0.0.7 10.0.0.2 22       S0",
		"107 10.0.0.7 10.0.0.2 23       REJ",
		"109 10.0.0.7 10.0.0.2 443      SF",
		"130 10.0.0.5 10.0.0.1 443      SF",
	)
	windows := Must(Windows(flows, window.Options{Size: time.Minute}))
	fmt.Println(Must(Text(windows.Select([]string{"window_start", "src_ip", "flows", "failed", "distinct_dst_ports", "distinct_dst_ips"}))))
	// Output:
	// window_start   src_ip  flows  failed  distinct_dst_ports  distinct_dst_ips
	//          60.0 10.0.0.5      1       0                   1                 1
	//          60.0 10.0.0.7      5       4                   4                 2
	//         120.0 10.0.0.5      1       0                   1                 1
}

// A frame, in any order of its rows, has the windows of a stream.
func TestWindowsAreThoseOfTheOperator(t *testing.T) {
	flows := Must(GenerateDay(Day{Seed: 3})).Subset(shuffled(2000))
	for by := range window.DstIP + 1 {
		o := window.Options{Size: 5 * time.Minute, Slide: time.Minute, Key: by, Lateness: 48 * time.Hour, MaxJump: 1000 * time.Hour}
		op, err := window.New(o)
		if err != nil {
			t.Fatal(err)
		}
		var rows []window.Row
		for _, f := range Must(Flows(flows)) {
			rows = append(rows, op.Add(f)...)
		}
		rows = append(rows, op.Close()...)
		got := Must(Windows(flows, o))
		if got.Nrow() != len(rows) || len(rows) < 1000 {
			t.Fatalf("by %v: %d rows, want %d", by, got.Nrow(), len(rows))
		}
		for i := range rows {
			if got.Elem(i, 0).Float() != rows[i].Start || got.Elem(i, 1).String() != rows[i].Key {
				t.Fatalf("by %v: row %d is of %v %v, want %v %v", by, i, got.Elem(i, 0), got.Elem(i, 1), rows[i].Start, rows[i].Key)
			}
			for j, c := range window.Columns(by) {
				if v, want := got.Elem(i, j+2).Float(), c.Value(&rows[i]); v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
					t.Fatalf("by %v: %s of row %d is %v, want %v", by, got.Names()[j+2], i, v, want)
				}
			}
		}
	}
}

func shuffled(n int) []int { return rand.New(rand.NewPCG(1, 1)).Perm(n) }

func TestWindowsRefuses(t *testing.T) {
	flows := readRows("ts src_ip", "1 10.0.0.1")
	_, err := Windows(flows, window.Options{Key: window.DstIP})
	wantError(t, "no dst_ip", err, `labkit: Windows: no column "dst_ip"`)
	_, err = Windows(flows.Drop("ts"), window.Options{})
	wantError(t, "no ts", err, `labkit: Windows: no column "ts"`)
	_, err = Windows(flows, window.Options{Size: -1})
	wantError(t, "size", err, "labkit: Windows: size is -1ns: want whole microseconds above 0")
}
