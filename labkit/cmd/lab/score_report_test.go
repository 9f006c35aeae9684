package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestScoreReport(t *testing.T) {
	conn := namedLog(t)
	strange := filepath.Join(filepath.Dir(conn), "conn.<b>\u202e.log")
	if err := os.Rename(conn, strange); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"dns", "ssl"} {
		if err := os.Rename(filepath.Join(filepath.Dir(conn), kind+".log"), filepath.Join(filepath.Dir(conn), kind+".<b>\u202e.log")); err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(t.TempDir(), "allow.txt")
	if err := os.WriteFile(list, []byte("kind volume # <i>backups</i>\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "page.html")
	out, say, err := lab("score", "--allow", list, "--report", page, strange)
	if err != nil || !strings.Contains(say, page+": a page with ") || !strings.Contains(out, "place") {
		t.Fatalf("error %v, it says %s", err, say)
	}
	html := read(t, page)
	inPlainText(t, html)
	for _, want := range []string{
		"192.168.33.10", "hosts tried in vain", "T1046 Network Service Discovery", "&amp;&amp; failed", "server name server.example", "&lt;script&gt;alert(1)",
		"&lt;i&gt;backups", "360 flows from Zeek conn.log", "isolation-forest, contamination 0.05, seed 42", "taken as without payload", "conn.&lt;b&gt;\\u202e.log",
		"hour of the day, UTC", "flows begun",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	for _, never := range []string{"<script", "<b>\\u202e", "<i>", "http-equiv=\"refresh\""} {
		if strings.Contains(html, never) {
			t.Errorf("the page has %q", never)
		}
	}
	if strings.Count(html, "<svg ") != 2 {
		t.Errorf("%d pictures, want 2", strings.Count(html, "<svg "))
	}
}

// Without hosts there are flows, on the page, too.
func TestScoreReportOfFlowsAlone(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.html")
	log := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,6\n9,9,9,9,9,80\n3,4,5,6,7,8\n"
	_, _, err := labReading(log, "score", "--report", page, "-")
	if err != nil || !strings.Contains(read(t, page), "The strangest flows") {
		t.Errorf("error %v, or no flows", err)
	}
	if _, _, err := lab("score", "--by", "pair", "--report", page, "-"); err == nil || err.Error() != "--report is of hosts: want --by host" {
		t.Errorf("error is %v", err)
	}
	if _, _, err := lab("score", "--report", page, page); err == nil || !strings.Contains(err.Error(), "which is to be read") {
		t.Errorf("error is %v", err)
	}
}

// The page says what became of incidents, and comes before the state is kept.
func TestScoreReportOfIncidents(t *testing.T) {
	log, attacker := attackedDay(t)
	state, page := filepath.Join(t.TempDir(), "state.json"), filepath.Join(t.TempDir(), "page.html")
	if _, _, err := labReading(log, "score", "--incidents", "--state", state, "--report", page, "-"); err != nil {
		t.Fatal(err)
	}
	if html := read(t, page); !strings.Contains(html, "host "+attacker+"</bdi></b> <span class=\"quiet\">new</span>") {
		t.Errorf("the page does not say that the incident of %s is new", attacker)
	}
	missing := filepath.Join(t.TempDir(), "none", "page.html")
	before := read(t, state)
	if _, _, err := labReading(log, "score", "--incidents", "--state", state, "--report", missing, "-"); err == nil || read(t, state) != before {
		t.Errorf("error is %v: want one, and the state as it was", err)
	}
}
