package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
	"flowlab/labkit/internal/unpack"
)

// maxPacket is the most that is captured of a packet: libpcap's own limit
// (MAXIMUM_SNAPLEN). A length above it is a damaged length.
const maxPacket = 262144

// A packetSource gives the packets of a file, one after the other, and io.EOF
// after the last. A packet's data hold until the next call.
type packetSource interface {
	next() (capturedPacket, error)
}

type capturedPacket struct {
	link layers.LinkType
	ts   int64  // nanoseconds since 1970
	wire int    // bytes that the packet had
	data []byte // those that were captured
}

const wantCapture = "want a capture: pcap or pcapng, as it is or packed with gzip"

// openSource tells by the first bytes what r holds.
func openSource(r io.Reader, name string, limits flow.Limits) (packetSource, error) {
	in, _, err := unpack.Reader(bufio.NewReaderSize(r, 1<<16), limits)
	if err != nil {
		return nil, faultAt(name, 0, 0, fmt.Errorf("the file begins as gzip does, but is not: %w", unpack.Explain(err, wantCapture)))
	}
	head, err := in.Peek(16)
	switch {
	case err != nil && err != io.EOF:
		return nil, faultAt(name, 0, 0, readFault(err))
	case len(head) == 0:
		return nil, faultAt(name, 0, 0, errors.New("the file is empty: "+wantCapture))
	case magic.IsPcapng(head):
		return newPcapng(in, name)
	case magic.IsPcap(head):
		return newPcap(in, name)
	}
	if foreign := magic.ForeignCapture(head); foreign != "" {
		return nil, faultAt(name, 0, 0, errors.New(foreign))
	}
	return nil, faultAt(name, 0, 0, fmt.Errorf("it begins with %q: %s", head[:min(4, len(head))], wantCapture))
}

// IsCapture tells whether r, from which nothing is taken, begins as a capture of
// packets does, packed with gzip or not.
func IsCapture(r *bufio.Reader) bool {
	head, _ := r.Peek(512)
	if unpacked, packed, err := unpack.Reader(bufio.NewReader(bytes.NewReader(head)), flow.Limits{}); packed && err == nil {
		head, _ = unpacked.Peek(16)
	}
	return magic.IsCapture(head)
}

// unexpected makes an end of file within something of an end of file.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readFault says what it means that no more could be read within a record.
func readFault(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the file ends here, within a record: it was cut")
	}
	return unpack.Explain(err, wantCapture)
}
