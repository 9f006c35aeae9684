package capture

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/internal/flowlog"
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
func openSource(r io.Reader, name string) (packetSource, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if head, _ := in.Peek(2); flowlog.IsGzip(head) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, faultAt(name, 0, 0, fmt.Errorf("gzip: %w", unexpected(err)))
		}
		in = bufio.NewReaderSize(unpacked, 1<<16)
	}
	head, err := in.Peek(4)
	switch {
	case err != nil && err != io.EOF:
		return nil, faultAt(name, 0, 0, readFault(err))
	case len(head) == 0:
		return nil, faultAt(name, 0, 0, errors.New("the file is empty: "+wantCapture))
	case flowlog.IsPcapng(head):
		return newPcapng(in, name)
	case flowlog.IsPcap(head):
		return newPcap(in, name)
	}
	return nil, faultAt(name, 0, 0, fmt.Errorf("it begins with %q: %s", head, wantCapture))
}

// unexpected makes an end of file within something of an end of file.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readFault says what it means that no more could be read.
func readFault(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the file ends here, within a record: it was cut")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("%w: the packed file is damaged", err)
	case errors.Is(err, syscall.EISDIR):
		return errors.New("this is a directory: " + wantCapture)
	}
	return err
}
