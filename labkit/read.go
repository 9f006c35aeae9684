package labkit

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/go-gota/gota/dataframe"
)

// ReadFlows reads the flows of a file, a row a flow. What the file is, it tells
// by its content:
//
//   - a CSV file with a header of the flow columns below, in any order, of
//     which bytes_sent, bytes_recv, packets_sent, packets_recv, duration and
//     dst_port must be there. An empty field is unset.
//   - a Zeek conn.log in its tab-separated form
//     (https://docs.zeek.org/en/master/logs/conn.html).
//
// The columns are ts (seconds since 1970), src_ip, src_port, dst_ip, dst_port,
// protocol (upper case), duration (seconds), bytes_sent and bytes_recv
// (payload), packets_sent, packets_recv, ip_bytes_sent and ip_bytes_recv (with
// headers), state (Zeek's conn_state) and label (0 normal, 1 anomaly). A CSV file
// gives those that it has; a Zeek log gives all but label, and those that its
// #fields leaves out are missing in every row. A value that is unset in the file is missing (NaN) in
// the frame, never 0: see [Complete].
//
// A file that is not well-formed is refused whole, with an error that names
// file, line and column, and what was expected there.
func ReadFlows(path string) (dataframe.DataFrame, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	defer f.Close()
	return ReadFlowsFrom(f, path)
}

// ReadFlowsFrom is [ReadFlows] of what r holds; name stands for the file in
// errors.
func ReadFlowsFrom(r io.Reader, name string) (dataframe.DataFrame, error) {
	frame, err := readFlows(bufio.NewReader(r), name)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: ReadFlows: %w", err)
	}
	return frame, nil
}

func readFlows(r *bufio.Reader, name string) (dataframe.DataFrame, error) {
	head, err := r.Peek(512)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return dataframe.DataFrame{}, &faultAt{name, 1, 1, err}
		}
		return dataframe.DataFrame{}, &faultAt{name, 1, 1, errors.New("the file is empty: want flows, as CSV with a header or as a Zeek conn.log")}
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		r.Discard(len(bom))
		head = head[len(bom):]
	}
	switch {
	case bytes.HasPrefix(head, []byte("#separator")) || bytes.HasPrefix(head, []byte("#fields")):
		return readZeek(r, name)
	case bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(head, []byte("{")) || bytes.HasPrefix(head, []byte("[")):
		return dataframe.DataFrame{}, &faultAt{name, 1, 1, errors.New("neither a CSV file with a header nor a tab-separated Zeek conn.log")}
	}
	return readCSV(r, name)
}

// A faultAt says where in a file something is wrong. Line and column count
// from 1, the column in bytes.
type faultAt struct {
	file         string
	line, column int
	err          error
}

func (f *faultAt) Error() string {
	return fmt.Sprintf("%s:%d:%d: %v", f.file, f.line, f.column, f.err)
}

func (f *faultAt) Unwrap() error { return f.err }

var errNoFlows = errors.New("no flows below the header: want at least one")
