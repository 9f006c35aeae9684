package window

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// What pandas counted: testdata/README.md says how.
func TestOperatorEqualsPandas(t *testing.T) {
	flows := pandasFlows(t)
	for i, c := range testdata(t, "counts.csv") {
		o := Options{Size: time.Minute, Slide: 10 * time.Second, Lateness: 10 * time.Second, Key: Key(i / 2), Time: Time(i % 2)}
		rows, stats := run(t, o, flows)
		want := testdata(t, c["key"]+"_"+c["time"]+".csv")
		if len(rows) != len(want) {
			t.Fatalf("%+v: %d rows, want %d", o, len(rows), len(want))
		}
		for name, got := range map[string]int{"flows": stats.Flows, "late_pairs": stats.LatePairs, "late_flows": stats.LateFlows, "lost_flows": stats.LostFlows} {
			if strconv.Itoa(got) != c[name] {
				t.Errorf("%+v: %s is %d, want %s", o, name, got, c[name])
			}
		}
		for k, row := range rows {
			for column, got := range map[string]float64{
				"start": row.Start * 1e6, "flows": float64(row.Flows), "failed": float64(row.Failed), "broken": float64(row.Broken),
				"bytes_sent": row.BytesSent, "bytes_recv": row.BytesRecv, "packets_sent": row.PacketsSent, "packets_recv": row.PacketsRecv,
				"distinct_ports": float64(row.Ports), "distinct_peers": float64(row.Peers),
				"failed_ports": float64(row.FailedPorts), "failed_peers": float64(row.FailedPeers),
				"most_tries": float64(row.MostTries), "most_failed_tries": float64(row.MostFailedTries),
				"rare_ports": row.RarePorts, "rare_peers": row.RarePeers, "median_gap": row.MedianGap,
			} {
				if wanted := number(t, want[k][column]); !equal(got, wanted) {
					t.Errorf("%+v: %s of row %d is %v, want %v", o, column, k, got, wanted)
				}
			}
			if row.Key != want[k][o.Key.String()] {
				t.Errorf("%+v: row %d is of %s, want %s", o, k, row.Key, want[k][o.Key.String()])
			}
		}
	}
}

func pandasFlows(t *testing.T) (flows []flow.Flow) {
	t.Helper()
	for _, row := range testdata(t, "flows.csv") {
		f := flow.Unknown()
		f.SrcIP, f.DstIP, f.State, f.DstPort = row["src_ip"], row["dst_ip"], row["state"], int(number(t, row["dst_port"]))
		f.TS, f.Duration = number(t, row["ts"]), number(t, row["duration"])
		f.BytesSent, f.BytesRecv = number(t, row["bytes_sent"]), number(t, row["bytes_recv"])
		f.PacketsSent, f.PacketsRecv = number(t, row["packets_sent"]), number(t, row["packets_recv"])
		flows = append(flows, f)
	}
	return flows
}

// testdata returns the rows of a file, by column.
func testdata(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	if text == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
