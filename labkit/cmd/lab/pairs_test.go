package main

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// A flow every five minutes all day long, and one source that comes by chance.
func TestPairs(t *testing.T) {
	var text strings.Builder
	text.WriteString("ts,src_ip,dst_ip,dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,state\n")
	for i := range 288 {
		fmt.Fprintf(&text, "%d,10.0.0.1,10.0.0.9,443,1,100,200,1,1,SF\n", 300*i)
		fmt.Fprintf(&text, "%d,10.0.0.2,10.0.0.9,80,,,,1,0,S0\n", i*i)
	}
	out, _, err := labReading(text.String(), "pairs", "-")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out, "\n")
	if want := "src_ip,dst_ip,dst_port,flows,first,last,hours,median_gap,regularity,mean_bytes_sent,spread_bytes_sent,failed_share,mean_duration,sources,rita_timing,rita_sizes,rita_histogram,rita_duration,rita,g_test"; lines[0] != want {
		t.Errorf("header %s\nwant %s", lines[0], want)
	}
	if want := "10.0.0.1,10.0.0.9,443,288,0,86100,24,300,1,100,0,0,1,2,1,1,1,1,1,"; !strings.HasPrefix(lines[1], want) {
		t.Errorf("first %s\nwant %s and the g-test", lines[1], want)
	}
	// Gaps 1 3 5 … 573: median 287, MAD 144 of it. In 23 hours of the clock.
	if want := "10.0.0.2,10.0.0.9,80,288,0,82369,23,287,0.49825783972125437,,,1,,2,"; !strings.HasPrefix(lines[2], want) || len(lines) != 4 {
		t.Errorf("second %s\nwant %s", lines[2], want)
	}
}

func TestPairsTop(t *testing.T) {
	all, _, err := lab("pairs", sample.Path("conn.log"))
	if err != nil {
		t.Fatal(err)
	}
	top, _, err := lab("pairs", "--top", "3", sample.Path("conn.log"))
	if err != nil || !strings.HasPrefix(all, top) {
		t.Errorf("error %v, rows\n%s", err, top)
	}
	if rows, err := csv.NewReader(strings.NewReader(top)).ReadAll(); err != nil || len(rows) != 4 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
	if _, _, err := lab("pairs", "--top", "-1", sample.Path("conn.log")); err == nil || !strings.Contains(err.Error(), "--top is -1: want") {
		t.Errorf("error %v", err)
	}
}
