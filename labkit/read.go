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
//     dst_port must be there, under these names or other common ones. An empty
//     field is unset.
//   - a Zeek conn.log, in its tab-separated form or as JSON
//     (https://docs.zeek.org/en/master/logs/conn.html).
//   - Suricata's eve.json, and connections in the Elastic Common Schema.
//   - the CSV of CICFlowMeter, as in the data set CIC-IDS2017, of Argus, as in
//     CTU-13, and of nfstream; AWS VPC flow logs.
//   - the CSV or JSON of nfdump.
//   - NetFlow 5, NetFlow 9 or IPFIX datagrams, one behind the other.
//   - the data sets NF-UQ-NIDS, UNSW-NB15, TON_IoT, CIDDS-001 and UGR'16.
//
// "go tool lab flows --help" says how their files come about. A capture of packets
// is none of these: capture.Read reads it.
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
// payload only, most others count bytes with headers only ([WithIPBytes]), and
// nfdump, NetFlow and VPC flow logs mostly in one direction to a record, so that a
// conversation is two of them ([MergeDirections]).
// Times without a zone, as CICFlowMeter and nfdump write them, are taken for
// UTC. Labels in words are 0 for what data sets call normal, as BENIGN, and 1
// for the attacks that they name; another word is missing, and the report of
// [ReadFlowsFrom] says so.
//
// A file that is not well-formed is refused whole, with an error that names
// file, line and column (of datagrams: file, number of the datagram and byte),
// and what was expected there: a [flow.Fault]. [ReadFlowsFrom] can be told to be
// lenient: then it reads what is sound, and counts what is not.
func ReadFlows(path string) (dataframe.DataFrame, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	defer f.Close()
	frame, _, err := ReadFlowsFrom(f, path, ReadOptions{})
	if err != nil && !flowlog.IsNotFlows(err) {
		err = fmt.Errorf("%w (ReadFlowsFrom with ReadOptions{Lenient: true} leaves out what is damaged)", err)
	}
	return frame, err
}

// ReadOptions say how a file is read: whether what is damaged in it is skipped
// and counted, which columns are read, and up to which limits.
type ReadOptions = flow.ReadOptions

// ReadFlowsFrom is [ReadFlows] of what r holds; name stands for the file in
// errors. The report says what the file is, what was left out of it and why, and
// how many values of each column are missing.
//
// With the zero options the first fault refuses the file. With Lenient, what is
// damaged is left out and counted in the report by reason, with its first places;
// what is before and behind it is read, and a file that was cut is read up to
// there. What is of no known format is refused all the same, and a file of which
// more than half of the first 10,000 records are damaged.
func ReadFlowsFrom(r io.Reader, name string, o ReadOptions) (dataframe.DataFrame, flow.Report, error) {
	table, err := flowlog.Read(r, name, o)
	if err != nil {
		return dataframe.DataFrame{}, flow.Report{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	return flowframe.OfTable(table), table.Report, nil
}
