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
//   - the CSV of CICFlowMeter, as in the data set CIC-IDS2017.
//   - the CSV or JSON of nfdump.
//   - NetFlow 5, NetFlow 9 or IPFIX datagrams, one behind the other.
//
// "go tool lab flows --help" lists all formats. A capture of packets is none of
// these: capture.Read reads it.
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
// UTC. Labels in words are 0 for what data sets call normal, as BENIGN, and 1
// for the attacks that they name; another word is missing, and the report of
// [ReadFlowsFrom] says so.
//
// A file that is not well-formed is refused whole, with an error that names
// file, line and column (of datagrams: file, number of the datagram and byte),
// and what was expected there: a [flow.Fault]. ReadFlowsFrom can read what is
// sound of it.
func ReadFlows(path string) (dataframe.DataFrame, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	defer f.Close()
	frame, _, err := ReadFlowsFrom(f, path, ReadOptions{})
	return frame, err
}

// ReadOptions say how a file is read: whether what is damaged in it is skipped
// and counted, which columns are read, and up to which limits.
type ReadOptions = flow.ReadOptions

// ReadFlowsFrom is [ReadFlows] of what r holds; name stands for the file in
// errors. The report says what the file is, what was left out of it and why, and
// how many values of each column are missing. With the zero options the first
// fault refuses the file.
func ReadFlowsFrom(r io.Reader, name string, o ReadOptions) (dataframe.DataFrame, flow.Report, error) {
	table, err := flowlog.Read(r, name, o)
	if err != nil {
		return dataframe.DataFrame{}, flow.Report{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	return flowframe.OfTable(table), table.Report, nil
}
