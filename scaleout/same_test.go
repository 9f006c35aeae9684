package scaleout_test

import (
	"cmp"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"

	"flowlab/scaleout/flinksql"
)

// rowsOf reads what lab windows has written, and so much of it as SQL counts.
func rowsOf(t testing.TB, text string) (rows []row) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(cell string) float64 {
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	header := records[0]
	for _, record := range records[1:] {
		r := row{number(record[0]), record[1], nil}
		for _, c := range flinksql.Columns() {
			r.values = append(r.values, number(record[slices.Index(header, c.Name)]))
		}
		rows = append(rows, r)
	}
	return rows
}

// A row is what SQL counts of a row of a window.
type row struct {
	start  float64
	host   string
	values []float64
}

func compareRows(a, b row) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.host, b.host), slices.Compare(a.values, b.values))
}

func rowOf(r *window.Row) row {
	of := row{r.Start, r.Key, nil}
	for _, c := range flinksql.Columns() {
		of.values = append(of.values, c.Value(r))
	}
	return of
}

// sameRows compares rows in any order.
func sameRows(t testing.TB, got, want []row) {
	t.Helper()
	slices.SortFunc(got, compareRows)
	slices.SortFunc(want, compareRows)
	if len(got) != len(want) {
		t.Errorf("%d rows: want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if compareRows(got[i], want[i]) != 0 {
			t.Fatalf("row %d is %v: want %v", i, got[i], want[i])
		}
	}
}

// onOneMachine returns the rows that lab windows writes of a log, but for flows to
// groups, which triage leaves out.
func (s *servers) onOneMachine(t testing.TB, flows []flow.Flow, more ...string) []row {
	t.Helper()
	alone := slices.DeleteFunc(slices.Clone(flows), func(f flow.Flow) bool { return flow.IsGroup(f.DstIP) })
	return rowsOf(t, s.course(t, append([]string{"windows", "--every", "60s", writeFlows(t, alone)}, more...)...))
}

// model fits the model of a calm hour.
func (n *network) model() string {
	path := filepath.Join(n.t.TempDir(), "model.flm")
	n.run("fit", "--contamination", "0.002", "--out", path, writeFlows(n.t, traffic(6_000, 2)))
	return path
}

// onStream returns what lab stream finds in a log.
func (s *servers) onStream(t testing.TB, log, model string) []string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "findings.jsonl")
	s.course(t, "stream", "--once", "--fixed", "--model", model, "--store", t.TempDir(), "--out", out, log)
	lines, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return findingsIn(t, string(lines))
}

// The same flows by lab windows, lab stream, and Kafka and Flink: the same rows
// and the same findings.
func TestSameRowsAndFindings(t *testing.T) {
	n := theCluster(t).network(t, 1)
	flows := traffic(12_000, 1)
	log, model := writeFlows(t, flows), n.model()
	want, found := n.onOneMachine(t, flows), n.onStream(t, log, model)
	n.windows()
	n.start("worker", "score", "--model", model, "--checkpoint", "1s")
	n.run("flows-to-kafka", "--close", log)
	n.awaitRows(len(want))
	sameRows(t, n.rows(), want)
	if got := n.awaitFindings(len(found)); !slices.Equal(got, found) {
		t.Errorf("findings:\n%s\nwant those of lab stream:\n%s", strings.Join(got, "\n"), strings.Join(found, "\n"))
	}
}
