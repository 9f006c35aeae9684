package capture

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
	"flowlab/labkit/internal/unpack"
)

// maxPacket is the most that is captured of a packet: libpcap's own limit
// (MAXIMUM_SNAPLEN). A length above it is a damaged length.
const maxPacket = 262144

// A source gives the packets of a file, one after the other. What is damaged it
// refuses or, if it is lenient, skips and counts.
type source struct {
	name    string
	options flow.ReadOptions
	report  *flow.Report
	in      *bufio.Reader
	format  format
	body    []byte      // of the present record, if in does not hold it whole
	number  int         // of the present packet, from 1; damaged ones have one, too
	offset  int64       // of the next byte
	damaged int         // records
	judged  bool        // whether these are too many
	first   *flow.Fault // the first, of a lenient source
	joints  int         // where another capture begins within the file
	excess  int         // packets with more captured than there was
	large   int         // blocks that were skipped for their size
}

// A format reads the records of a kind of capture.
type format interface {
	// next returns the next packet, and io.EOF after the last. An error that is
	// errDamaged has left the source at the next record, one that is errUnframed
	// where a record was expected.
	next() (capturedPacket, error)
	// begins tells whether a sound record may begin at an index of data, as far as
	// data goes.
	begins(data []byte, at int) bool
}

// A capturedPacket's data hold until the next one is read.
type capturedPacket struct {
	link   layers.LinkType
	ts     int64  // nanoseconds since 1970
	wire   int    // bytes that the packet had
	data   []byte // those that were captured
	number int    // of the packet in the file, from 1
	noTime bool   // the file has no time for it
}

const wantCapture = "want a capture: pcap or pcapng, as it is or packed with gzip"

// open tells by the first bytes what r holds.
func (s *source) open(r io.Reader) error {
	in, _, err := unpack.Reader(bufio.NewReaderSize(r, 1<<16), s.options.Limits)
	if err != nil {
		return s.fault(0, fmt.Errorf("the file begins as gzip does, but is not: %w", unpack.Explain(err, wantCapture)))
	}
	s.in = in
	head, err := in.Peek(16)
	switch {
	case err != nil && err != io.EOF:
		return s.fault(0, readFault(err))
	case len(head) == 0:
		return s.fault(0, errors.New("the file is empty: "+wantCapture))
	}
	if foreign := cmp.Or(magic.ForeignCapture(head), magic.Packed(head)); foreign != "" {
		return s.fault(0, errors.New(foreign))
	}
	if !magic.IsPcap(head) && !magic.IsPcapng(head) {
		return s.fault(0, fmt.Errorf("it begins with %q: %s", head[:min(4, len(head))], wantCapture))
	}
	return s.begin(head)
}

// begin reads the header of a capture that begins with head.
func (s *source) begin(head []byte) error {
	newFormat := newPcap
	if magic.IsPcapng(head) {
		newFormat = newPcapng
	}
	f, err := newFormat(s)
	if err == nil {
		s.format = f
	}
	return err
}

// IsCapture tells whether r, from which nothing is taken, begins as a capture of
// packets does, packed with gzip or not. Of what is not packed it waits for the
// first four bytes only: r may be a pipe.
func IsCapture(r *bufio.Reader) bool {
	head, _ := r.Peek(4)
	if !magic.IsGzip(head) {
		head, _ = r.Peek(min(16, r.Buffered()))
		return magic.IsCapture(head)
	}
	head, _ = r.Peek(512)
	if unpacked, packed, err := unpack.Reader(bufio.NewReader(bytes.NewReader(head)), flow.Limits{}); packed && err == nil {
		head, _ = unpacked.Peek(16)
	}
	return magic.IsCapture(head)
}

// fault says where something is wrong: in which packet, from 1, and at which byte
// behind the next one of the file as it is when unpacked. Packet 0 is what stands
// before the first packet.
func (s *source) fault(behind int, err error) error {
	return &flow.Fault{File: s.name, Line: s.number, Column: int(s.offset) + behind, Err: err}
}

// peek returns the next n bytes, of which nothing is taken: fewer at the end of
// the file, or where it can not be read on, with the error.
func (s *source) peek(n int) ([]byte, error) { return s.in.Peek(n) }

func (s *source) skip(n int) {
	n, _ = s.in.Discard(n)
	s.offset += int64(n)
}

// take returns the next n bytes, which hold until the next call. Memory is taken
// as they come, not as they were announced.
func (s *source) take(n int) ([]byte, error) {
	if n <= s.in.Size() {
		data, err := s.in.Peek(n)
		if err != nil {
			return nil, err
		}
		s.skip(n)
		return data, nil
	}
	s.body = s.body[:0]
	for len(s.body) < n {
		step := min(n-len(s.body), 1<<16)
		s.body = slices.Grow(s.body, step)
		m, err := io.ReadFull(s.in, s.body[len(s.body):len(s.body)+step])
		s.body = s.body[:len(s.body)+m]
		s.offset += int64(m)
		if err != nil {
			return nil, err
		}
	}
	return s.body, nil
}

// readFault says what it means that no more could be read within a record.
func readFault(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the file ends here, within a record: it was cut")
	}
	return unpack.Explain(err, wantCapture)
}
