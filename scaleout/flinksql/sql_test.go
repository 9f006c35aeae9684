package flinksql

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/window"

	"flowlab/scaleout/wire"
)

func job() *Job {
	return &Job{Size: time.Minute, Slide: 10 * time.Second, Lateness: time.Minute, Brokers: "127.0.0.1:9092", Flows: "f", Rows: "r"}
}

// Each column of labkit/window is counted in SQL, or it is said where it is.
func TestEveryAggregateIsCounted(t *testing.T) {
	inSQL := 0
	for _, c := range window.Columns(window.SrcIP) {
		where := InGo[c.Aggregate.Function]
		_, err := expressionOf(c.Aggregate)
		if (err == nil) == (where != "") {
			t.Errorf("%s: SQL says %v, and InGo %q: want one of them", c.Name, err, where)
		}
		if err == nil {
			inSQL++
		}
	}
	if inSQL != 13 || len(Columns()) != inSQL {
		t.Errorf("%d columns in SQL, and %d in Columns: want 13", inSQL, len(Columns()))
	}
}

// What SQL writes under a column's name is what a worker reads as that column.
func TestWorkersReadEveryColumn(t *testing.T) {
	written := map[string]any{wire.WindowStart: 60, "src_ip": "a"}
	for i, c := range Columns() {
		written[c.Name] = 100 + i
	}
	data, err := json.Marshal(written)
	if err != nil {
		t.Fatal(err)
	}
	row, err := wire.ParseRow(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range Columns() {
		if got := c.Value(&row); got != float64(100+i) {
			t.Errorf("%s is read as %v: want %d", c.Name, got, 100+i)
		}
	}
}

// By hand: what each kind of aggregate is in SQL.
func TestStatements(t *testing.T) {
	j := job()
	j.Properties = map[string]string{"security.protocol": "SASL_SSL", "note": "it's"}
	statements, err := j.Statements()
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(statements, "\n")
	for _, want := range []string{
		"HOP(TABLE flows, DESCRIPTOR(t), INTERVAL '0 00:00:10.000' DAY TO SECOND, INTERVAL '0 00:01:00.000' DAY TO SECOND)",
		"WATERMARK FOR t AS t - INTERVAL '0 00:01:00.000' DAY TO SECOND",
		"\n  SUM(failed) AS failed,",
		"\n  SUM(bytes_sent) AS bytes_sent,",
		"\n  COUNT(DISTINCT dst_ip) FILTER (WHERE failed > 0) AS failed_dst_ips,",
		"\n  COALESCE(MAX(failed) FILTER (WHERE dst_ip IS NOT NULL AND dst_port IS NOT NULL), 0) AS most_failed_tries",
		"'properties.note' = 'it''s',\n  'properties.security.protocol' = 'SASL_SSL'",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the SQL lacks %q:\n%s", want, all)
		}
	}
}

func TestJobsThatAreNone(t *testing.T) {
	for what, spoil := range map[string]func(*Job){
		"slide of half a second": func(j *Job) { j.Slide = time.Second / 2 },
		"size between slides":    func(j *Job) { j.Size = 65 * time.Second },
		"negative lateness":      func(j *Job) { j.Lateness = -1 },
	} {
		j := job()
		spoil(j)
		if _, err := j.Statements(); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func TestInterval(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 00:00:00.000", 1500 * time.Millisecond: "0 00:00:01.500", 25*time.Hour + 61*time.Second: "1 01:01:01.000",
	} {
		if got := interval(d); got != "INTERVAL '"+want+"' DAY TO SECOND" {
			t.Errorf("%v is %s: want %s", d, got, want)
		}
	}
}

func TestReasonIsTheLastCause(t *testing.T) {
	answer := `{"errors":["Internal server error.","<Exception on server side:\na.B: outer\n\tat x\nCaused by: c.D: inner\n\tat y\nEnd of exception>"]}`
	if got := reason([]byte(answer)); got != "c.D: inner" {
		t.Errorf("reason is %q", got)
	}
	if got := reason([]byte(`{"errors":["no such session"]}`)); got != "no such session" {
		t.Errorf("reason is %q", got)
	}
}
