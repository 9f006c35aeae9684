package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"flowlab/labkit/sample"
	"flowlab/labkit/triage"
)

// webTraffic is a log of ordinary flows, and one that uploads 900 MB.
func webTraffic(rows int) string {
	r := rand.New(rand.NewPCG(1, 2))
	text := schema + "\n"
	for i := range rows {
		sent, recv := 5+r.IntN(20), 8+r.IntN(40)
		text += fmt.Sprintf("%d,10.0.0.%d,%d,10.1.0.1,443,TCP,%.3f,%d,%d,%d,%d,%d,%d\n", 1_700_000_000+i, i%250, 50_000+i%9000, 0.5+r.Float64(), sent*60, recv*900, sent, recv, sent*100, recv*940)
	}
	return text + "1700000000.5,10.0.0.66,50001,203.0.113.9,4444,TCP,600,900000000,20000,640000,300,930000000,32000\n"
}

func TestScoreFindsThePlantedFlow(t *testing.T) {
	for _, choice := range triage.Detectors {
		detector := choice.Name
		out, say, err := labReading(webTraffic(400), "score", "--by", "flow", "--detector", detector, "--contamination", "0.01", "--format", "csv", "--top", "3", "-")
		if err != nil {
			t.Errorf("%s: %v", detector, err)
			continue
		}
		records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil || len(records) != 4 {
			t.Fatalf("%s: %v, %d lines", detector, err, len(records))
		}
		if got, want := strings.Join(records[0], ","), schema+",anomaly_score,anomaly,reason"; got != want {
			t.Errorf("%s: columns %s, want %s", detector, got, want)
		}
		first := records[1]
		if first[3] != "203.0.113.9" || first[14] != "1" || !strings.Contains(first[15], "median") && !strings.Contains(first[15], "4444") {
			t.Errorf("%s: the first is %v", detector, first)
		}
		if !strings.Contains(say, "401 flows scored") {
			t.Errorf("%s: standard error has %s", detector, say)
		}
	}
}

func TestScoreFormats(t *testing.T) {
	table, say, err := lab("score", "--by", "flow", "--top", "2", sample.Path("conn.log"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(table, "\n")
	if len(lines) != 4 || strings.Join(strings.Fields(lines[0]), " ") != "score anomaly time (UTC) source destination protocol state reason" {
		t.Errorf("table\n%s", table)
	}
	for _, want := range []string{"taken as without payload: 149 flows", "lasting 0 seconds: 149 flows", "isolation-forest: 360 flows scored, 18 above the threshold"} {
		if !strings.Contains(say, want) {
			t.Errorf("standard error has %q, want %q in it", say, want)
		}
	}
	args := []string{"score", "--by", "flow", "--top", "30", "--format", "json", sample.Path("conn.log"), logs("smtp.nfdump.csv")}
	text, say, err := lab(args...)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(say, "372 flows scored") { // 360 and 12 conversations
		t.Error(say)
	}
	var flows []map[string]any
	if err := json.Unmarshal([]byte(text), &flows); err != nil {
		t.Fatal(err)
	}
	missing := 0
	for i, f := range flows {
		if f["duration"] == nil || f["bytes_sent"] == nil {
			missing++
		}
		if i > 0 && f["anomaly_score"].(float64) > flows[i-1]["anomaly_score"].(float64) || f["reason"] == "" || f["file"] == "" {
			t.Fatalf("flow %d is %v", i, f)
		}
	}
	if len(flows) != 30 || missing == 0 {
		t.Errorf("%d flows, %d with something missing: want 30, and what was read", len(flows), missing)
	}
	if again, _, err := lab(args...); err != nil || again != text {
		t.Errorf("the same call gives another result: %v", err)
	}
}

// A table of the lab's flows has no addresses; CICFlowMeter has no bytes with
// headers; in captures nothing is missing.
func TestScoreOfEachKind(t *testing.T) {
	short := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,6\n9,9,9,9,9,80\n3,4,5,6,7,8\n,,,,,\n"
	for _, args := range [][]string{{"-"}, {logs("cic_ids2017_names.csv")}, {logs("netflow5.bin")}, {sample.Path("smtp.pcap")}, {"-", sample.Path("conn.log")}} {
		out, say, err := labReading(short, append([]string{"score"}, args...)...)
		if err != nil || strings.Count(out, "\n") < 4 {
			t.Errorf("%v: %v\n%s%s", args, err, out, say)
		}
	}
}

func TestScoreRefuses(t *testing.T) {
	one := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,6\n"
	for _, c := range []struct {
		args string
		want string
	}{
		{"--format xml -", `--format is "xml": want table, csv, json, jsonl or ecs`},
		{"--detector svm -", `--detector is "svm": want ` + triage.DetectorNames()},
		{"--contamination 0.6 -", "--contamination is 0.6: want above 0, up to 0.5"},
		{"--contamination NaN -", "--contamination is NaN"},
		{"--top 0 -", "--top is 0: want 1 or more"},
		{"", "no file"},
		{"-", "1 flow with packets and a port: want at least 2"},
		{"- -", "twice"},
	} {
		out, _, err := labReading(one, append([]string{"score"}, strings.Fields(c.args)...)...)
		if err == nil || out != "" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("score %s: error %v and output %q, want %q", c.args, err, out, c.want)
		}
	}
}
