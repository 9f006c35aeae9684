package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// The numbers for conn.log are awk's.
func TestFlowsWhere(t *testing.T) {
	for _, c := range []struct {
		args []string
		rows int
		say  string
	}{
		{[]string{"--where", `dst_port == 53`, sample.Path("conn.log")}, 19, "19 of 360 flows picked"},
		{[]string{"--where", `dst_port == 16464 && failed`, sample.Path("conn.log")}, 140, "140 of 360 flows picked"},
		{[]string{"--where", `uid == "CaJxA82D4HGxRzEgjc"`, sample.Path("conn.log")}, 1, "1 of 360 flows picked"},
		{[]string{"--where", `service == "dns"`, sample.Path("conn.log")}, 8, "8 of 360"},
		{[]string{"--where", `dst_port == 53`, sample.Path("smtp.pcap")}, 1, "1 of 9 flows"},
		{[]string{"--where", `packets_recv > 0`, "--merge-directions", logs("smtp.nfdump.json")}, 7, "7 of 12 flows picked"},
		{[]string{"--where", `label == 1`, sample.Path("conn.log")}, 0, "conn.log has no label: it is unknown of all its flows"},
	} {
		out, say, err := lab(append([]string{"flows"}, c.args...)...)
		if err != nil {
			t.Errorf("%v: %v", c.args, err)
		}
		if rows := strings.Count(out, "\n") - 1; rows != c.rows || !strings.Contains(say, c.say) {
			t.Errorf("%v: %d rows, want %d; it says %q, want %q in it", c.args, rows, c.rows, say, c.say)
		}
	}
	out, _, err := labReading(read(t, sample.Path("conn.log")), "flows", "--follow", "--where", "dst_port == 53", "-")
	if rows := strings.Count(out, "\n") - 1; err != nil || rows != 19 {
		t.Errorf("followed: %d rows, want 19, error %v", rows, err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestFlowsWhereRefuses(t *testing.T) {
	out, _, err := lab("flows", "--where", `scr_ip == "10.0.0.5"`, sample.Path("conn.log"))
	if want := "--where: column 1: there is no field scr_ip: want src_ip"; err == nil || err.Error() != want || out != "" {
		t.Errorf("error is %v, want %s and nothing written", err, want)
	}
}

// What a finding says of its flows picks them, from the command line, too.
func TestScoreLeadsToItsFlows(t *testing.T) {
	out, _, err := lab("score", "--format", "json", sample.Path("conn.log"))
	if err != nil {
		t.Fatal(err)
	}
	var hosts []struct {
		Findings []struct {
			Where string
			Count int
		}
	}
	if err := json.Unmarshal([]byte(out), &hosts); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, h := range hosts {
		for _, f := range h.Findings {
			_, say, err := lab("flows", "--where", f.Where, sample.Path("conn.log"))
			if want := fmt.Sprintf("%s: %d of 360 flows picked", filepath.Base(sample.Path("conn.log")), f.Count); err != nil || !strings.Contains(say, want) {
				t.Errorf("%s: error %v, it says %q, want %q in it", f.Where, err, say, want)
			}
			n++
		}
	}
	if n < 3 {
		t.Errorf("%d findings: want some", n)
	}
	table, _, err := lab("score", sample.Path("conn.log"))
	if want := "'" + hosts[0].Findings[0].Where + "'"; err != nil || !strings.Contains(table, want) {
		t.Errorf("the table does not have %s:\n%s", want, table)
	}
}
