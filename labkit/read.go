package labkit

import (
	"fmt"
	"io"
	"os"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
	"flowlab/labkit/internal/flowlog"
)

// ReadFlows reads the flows of a file, a row a flow. What the file is, it tells
// by its content, which may be compressed with gzip:
//
//   - a CSV file with a header of the flow columns below, in any order, of
//     which bytes_sent, bytes_recv, packets_sent, packets_recv, duration and
//     dst_port must be there. An empty field is unset.
//   - a Zeek conn.log, in its tab-separated form or as JSON
//     (https://docs.zeek.org/en/master/logs/conn.html).
//   - the CSV of CICFlowMeter, as in the data set CIC-IDS2017.
//   - the CSV or JSON of nfdump.
//   - NetFlow 5, NetFlow 9 or IPFIX datagrams, one behind the other.
//
// A capture of packets is none of these: capture.Read reads it.
//
// The columns are ts (seconds since 1970), src_ip, src_port, dst_ip, dst_port,
// protocol (upper case), duration (seconds), bytes_sent and bytes_recv
// (payload), packets_sent, packets_recv, ip_bytes_sent and ip_bytes_recv (with
// headers), state (Zeek's conn_state) and label (0 normal, 1 anomaly). Of ICMP
// the ports are type and code, as in Zeek's logs. A CSV file of these columns
// gives those that it has; all others give all, but state and label where there
// are none.
//
// A value that is unset in the file is missing (NaN) in the frame, never 0: see
// [Complete]. So are values that a format does not have: CICFlowMeter counts
// payload only, nfdump, NetFlow and IPFIX count bytes with headers only
// ([WithIPBytes]), and mostly in one direction to a record, so that a
// conversation is two of them ([MergeDirections]).
// Times without a zone, as CICFlowMeter and nfdump write them, are taken for
// UTC. CICFlowMeter's label is 0 for BENIGN and 1 for anything else but
// NeedManualLabel, No Label and CIC, which it writes before anyone has
// labelled the flow.
//
// A file that is not well-formed is refused whole, with an error that names
// file, line and column (of datagrams: file, number of the datagram and byte),
// and what was expected there.
func ReadFlows(path string) (dataframe.DataFrame, error) {
	frame, _, err := ReadFlowsReport(path)
	return frame, err
}

// ReadFlowsFrom is [ReadFlows] of what r holds; name stands for the file in
// errors.
func ReadFlowsFrom(r io.Reader, name string) (dataframe.DataFrame, error) {
	frame, _, err := ReadFlowsReportFrom(r, name)
	return frame, err
}

// A ReadReport says what became of a file: its format, how many flows were
// read, what was well-formed but is no flow, and how many values are missing in
// each column. String returns it as text.
type ReadReport = flow.Report

// ReadFlowsReport is [ReadFlows], and says what was left out and what is missing.
func ReadFlowsReport(path string) (dataframe.DataFrame, ReadReport, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, ReadReport{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	defer f.Close()
	return ReadFlowsReportFrom(f, path)
}

// ReadFlowsReportFrom is [ReadFlowsReport] of what r holds; name stands for the
// file in errors.
func ReadFlowsReportFrom(r io.Reader, name string) (dataframe.DataFrame, ReadReport, error) {
	table, err := flowlog.Read(r, name)
	if err != nil {
		return dataframe.DataFrame{}, ReadReport{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	return flowframe.OfTable(table), table.Report, nil
}
