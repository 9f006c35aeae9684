package flowlog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
	"flowlab/labkit/internal/unpack"
)

// ErrCapture tells that a file holds packets, not flows.
var ErrCapture = errors.New("this is a packet capture: read it with capture.Read of flowlab/labkit/capture")

// wanted says in errors what can be read.
const wanted = "want flows: a CSV file with a header, a Zeek conn.log, the CSV of CICFlowMeter, the CSV or JSON of nfdump, NetFlow datagrams; or, for capture.Read and go tool lab, a packet capture"

// Read reads the flows that r holds, in the format that its content shows;
// name stands for the file in errors. A fault is a [Fault], and then no
// flow is returned.
func Read(r io.Reader, name string) (*flow.Table, error) {
	t, err := readAny(bufio.NewReader(r), name, true)
	if err != nil {
		return nil, err
	}
	if t.Report.Flows == 0 {
		return nil, faultAt(name, 1, 1, emptied(t.Report))
	}
	t.CountUnset()
	return t, nil
}

// emptied says why a table has no flows.
func emptied(r flow.Report) error {
	if len(r.Skipped) == 0 {
		return fmt.Errorf("no flows in the %s: want at least one", r.Format)
	}
	reasons := make([]string, len(r.Skipped))
	for i, c := range r.Skipped {
		reasons[i] = fmt.Sprintf("skipped %d: %s", c.N, c.What)
	}
	return fmt.Errorf("no flows in the %s (%s): want at least one", r.Format, strings.Join(reasons, "; "))
}

func readAny(r *bufio.Reader, name string, mayUnpack bool) (*flow.Table, error) {
	head, err := r.Peek(512)
	if err != nil && err != io.EOF {
		return nil, faultAt(name, 1, 1, readError(err))
	}
	if len(head) == 0 {
		return nil, faultAt(name, 1, 1, errors.New("the file is empty: "+wanted))
	}
	if mayUnpack && magic.IsGzip(head) {
		unpacked, _, err := unpack.Reader(r, flow.Limits{})
		if err != nil {
			return nil, faultAt(name, 1, 1, fmt.Errorf("the file begins as gzip does, but is not: %w", readError(err)))
		}
		return readAny(unpacked, name, false)
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		r.Discard(len(bom))
		head = head[len(bom):]
	}
	if isNetFlow(head) {
		return readNetFlow(r, name)
	}
	if err := refusal(head); err != nil {
		return nil, faultAt(name, 1, 1, err)
	}
	switch text := strings.TrimLeft(string(head), " \t\r\n"); {
	case strings.HasPrefix(text, "#"):
		return readZeek(newLineReader(r, name))
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return readJSON(r, name)
	}
	return readDelimited(newLineReader(r, name))
}

// readError says what it means that a file could not be read on.
func readError(err error) error { return unpack.Explain(err, wanted) }

// foreign are formats that learners come with, and what to do about them.
var foreign = []struct{ magic, advice string }{
	{"\xff\xfe", "this is text in UTF-16: save it as UTF-8"},
	{"\xfe\xff", "this is text in UTF-16: save it as UTF-8"},
	{"\x1f\x8b", "this is gzip within gzip: unpack it once"},
	{"PK\x03\x04", "this is a zip archive (or a spreadsheet): unpack it, or save it as CSV"},
	{"BZh", "this is bzip2: unpack it, or compress it with gzip"},
	{"\xfd7zXZ\x00", "this is xz: unpack it, or compress it with gzip"},
	{"\x28\xb5\x2f\xfd", "this is zstd: unpack it, or compress it with gzip"},
	{"PAR1", "this is Parquet: save it as CSV"},
	{"\x0c\xa5", "this is a file of nfdump: write its flows with nfdump -r FILE -o csv"},
	{"\xa5\x0c", "this is a file of nfdump: write its flows with nfdump -r FILE -o csv"},
}

// refusal returns why a file that begins so is not read, or nil.
func refusal(head []byte) error {
	if magic.IsCapture(head) {
		return ErrCapture
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return errors.New(f.advice)
		}
	}
	if i := bytes.IndexByte(head, 0); i >= 0 {
		if i <= 1 && len(head) > 3 && head[i+2] == 0 && head[1-i] >= '\t' {
			return errors.New("this looks like text in UTF-16: save it as UTF-8")
		}
		if i > 0 && i == bytes.IndexFunc(head, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0xfffd }) {
			return nil // text with a NUL, which is reported where it is
		}
		return errors.New("neither text nor NetFlow datagrams: " + wanted)
	}
	return nil
}
