// Package flinksql makes the SQL by which Flink counts flows in windows, of the one
// list of aggregates in labkit/window, and submits it to Flink's SQL gateway.
package flinksql

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"

	"flowlab/scaleout/wire"
)

// InGo are the aggregates that SQL does not count, and where they are.
var InGo = map[window.Function]string{
	window.RareShare:        "compares all hosts of the network: lab windows",
	window.MedianOfGaps:     "needs every gap: the workers, of each pair",
	window.RegularityOfGaps: "needs every gap: the workers, of each pair",
}

// A Job is what Flink is to count, and where it reads and writes. Topic names are
// those of the kafka package.
type Job struct {
	Size, Slide time.Duration // whole seconds, and the size a multiple of the slide
	Lateness    time.Duration
	Idle        time.Duration // after which a silent partition holds up no window; 0 is never
	Parallelism int           // of the job; 0 is Flink's default
	Brokers     string
	Flows, Rows string            // topics
	Properties  map[string]string // of the Kafka client, as for TLS and SASL
}

func (j *Job) check() error {
	switch {
	case j.Slide < time.Second || j.Slide%time.Second != 0 || j.Size <= 0 || j.Size%j.Slide != 0:
		return fmt.Errorf("windows of %v every %v: want whole seconds, and a size that is a multiple of the slide", j.Size, j.Slide)
	case j.Lateness < 0 || j.Idle < 0:
		return fmt.Errorf("lateness is %v and idle %v: want none below 0", j.Lateness, j.Idle)
	}
	return nil
}

// Statements returns the SQL: settings, two tables, and last the query that runs
// on.
func (j *Job) Statements() ([]string, error) {
	if err := j.check(); err != nil {
		return nil, err
	}
	query, err := j.query()
	if err != nil {
		return nil, err
	}
	statements := []string{
		"SET 'table.local-time-zone' = 'UTC'",
		"SET 'pipeline.name' = " + text(j.Name()),
	}
	if j.Parallelism > 0 {
		statements = append(statements, "SET 'parallelism.default' = "+text(strconv.Itoa(j.Parallelism)))
	}
	if j.Idle > 0 {
		statements = append(statements, "SET 'table.exec.source.idle-timeout' = "+text(millis(j.Idle)))
	}
	return append(statements, j.source(), j.sink(), query), nil
}

// Name is the name of the job in Flink.
func (j *Job) Name() string {
	return fmt.Sprintf("windows of %v every %v, of %s", j.Size, j.Slide, j.Flows)
}

// id tells the job from others that read or write the same topics.
func (j *Job) id() string { return fmt.Sprintf("%s.windows-%v-%v", j.Flows, j.Size, j.Slide) }

// source is the table of flows. A flow without a time is one of 1970, which is
// late and counted as such. The watermark follows each flow, as that of
// labkit/window does.
func (j *Job) source() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TEMPORARY TABLE flows (\n  src_ip STRING,\n  dst_ip STRING,\n  dst_port INT,\n")
	for _, c := range window.Columns(window.SrcIP) {
		if c.Aggregate.Function == window.Sum {
			fmt.Fprintf(&b, "  %s DOUBLE,\n", c.Aggregate.Of)
		}
	}
	fmt.Fprintf(&b, "  %s BOOLEAN,\n  %s BOOLEAN,\n  %s BOOLEAN,\n  %s BIGINT,\n", wire.Failed, wire.Broken, wire.ToGroup, wire.EndMS)
	fmt.Fprintf(&b, "  t AS TO_TIMESTAMP_LTZ(COALESCE(%s, 0), 3),\n", wire.EndMS)
	fmt.Fprintf(&b, "  WATERMARK FOR t AS t - %s\n) WITH (\n", interval(j.Lateness))
	j.options(&b, [][2]string{
		{"topic", j.Flows},
		{"format", "json"},
		{"properties.group.id", j.id()},
		{"properties.auto.offset.reset", "earliest"},
		{"properties.isolation.level", "read_committed"},
		{"scan.startup.mode", "group-offsets"},
		{"scan.watermark.emit.strategy", "on-event"},
	})
	return b.String()
}

// sink is the table of rows: keyed by the host, so that Kafka puts a host's rows
// into the partition that its flows are in.
func (j *Job) sink() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TEMPORARY TABLE rows_of_windows (\n  src_ip STRING,\n  %s BIGINT", wire.WindowStart)
	for _, c := range Columns() {
		kind := "DOUBLE"
		if c.Whole {
			kind = "BIGINT"
		}
		fmt.Fprintf(&b, ",\n  %s %s", c.Name, kind)
	}
	b.WriteString("\n) WITH (\n")
	j.options(&b, [][2]string{
		{"topic", j.Rows},
		{"key.format", "raw"},
		{"key.fields", "src_ip"},
		{"value.format", "json"},
		{"sink.delivery-guarantee", "exactly-once"},
		{"sink.transactional-id-prefix", j.id()},
		{"properties.transaction.timeout.ms", "600000"},
	})
	return b.String()
}

// options writes the options of a table of Kafka, and closes them.
func (j *Job) options(b *strings.Builder, more [][2]string) {
	all := append([][2]string{{"connector", "kafka"}, {"properties.bootstrap.servers", j.Brokers}}, more...)
	for _, name := range sorted(j.Properties) {
		all = append(all, [2]string{"properties." + name, j.Properties[name]})
	}
	for i, o := range all {
		end := ",\n"
		if i == len(all)-1 {
			end = "\n)"
		}
		fmt.Fprintf(b, "  %s = %s%s", text(o[0]), text(o[1]), end)
	}
}

// query counts twice: the flows at each door of a host, and of these the host's
// rows. So SQL knows the most at one door, and counts distinct ones among few.
func (j *Job) query() (string, error) {
	var inner, outer strings.Builder
	for _, c := range Columns() {
		if c.Aggregate.Function == window.Sum {
			fmt.Fprintf(&inner, ",\n    SUM(COALESCE(%[1]s, 0)) AS %[1]s", c.Aggregate.Of)
		}
		expression, err := expressionOf(c.Aggregate)
		if err != nil {
			return "", fmt.Errorf("column %s: %w", c.Name, err)
		}
		fmt.Fprintf(&outer, ",\n  %s AS %s", expression, c.Name)
	}
	return fmt.Sprintf(`INSERT INTO rows_of_windows
SELECT
  src_ip,
  EXTRACT(EPOCH FROM window_start) AS %s%s
FROM (
  SELECT
    src_ip, dst_ip, dst_port, window_start, window_end,
    COUNT(*) AS flows,
    COUNT(*) FILTER (WHERE %[3]s) AS failed,
    COUNT(*) FILTER (WHERE %[4]s) AS broken%s
  FROM TABLE(HOP(TABLE flows, DESCRIPTOR(t), %s, %s))
  WHERE src_ip IS NOT NULL AND %[8]s IS NOT TRUE
  GROUP BY src_ip, dst_ip, dst_port, window_start, window_end
)
GROUP BY src_ip, window_start, window_end`,
		wire.WindowStart, outer.String(), wire.Failed, wire.Broken, inner.String(), interval(j.Slide), interval(j.Size), wire.ToGroup), nil
}

// expressionOf returns an aggregate of the flows at a host's doors.
func expressionOf(a window.Aggregate) (string, error) {
	some := ""
	number := map[window.Subset]string{window.All: "flows", window.OnlyFailed: "failed", window.OnlyBroken: "broken"}[a.Only]
	if a.Only != window.All {
		some = number + " > 0"
	}
	switch a.Function {
	case window.Count:
		return "SUM(" + number + ")", nil
	case window.Sum:
		return "SUM(" + a.Of.String() + ")" + filter(some), nil
	case window.Distinct:
		return "COUNT(DISTINCT " + a.Of.String() + ")" + filter(some), nil
	case window.MostAtOneDoor:
		return "COALESCE(MAX(" + number + ")" + filter(flow.DstIP.String()+" IS NOT NULL AND "+flow.DstPort.String()+" IS NOT NULL") + ", 0)", nil
	}
	return "", fmt.Errorf("there is no SQL for the aggregate %+v: want it here or in InGo", a)
}

func filter(some string) string {
	if some == "" {
		return ""
	}
	return " FILTER (WHERE " + some + ")"
}

// Columns returns the columns that SQL counts.
func Columns() []window.Column {
	var columns []window.Column
	for _, c := range window.Columns(window.SrcIP) {
		if _, ok := InGo[c.Aggregate.Function]; !ok {
			columns = append(columns, c)
		}
	}
	return columns
}
