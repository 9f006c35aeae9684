package capture

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/gopacket/gopacket/pcapgo"
)

// A pcapSource reads a classic capture file (draft-ietf-opsawg-pcap).
type pcapSource struct {
	name   string
	in     *bufio.Reader // that r reads from
	r      *pcapgo.Reader
	order  binary.ByteOrder
	second uint32 // in the units of time
	packet int    // read so far
	offset int64  // of the next record
}

func newPcap(in *bufio.Reader, name string) (packetSource, error) {
	s := &pcapSource{name: name, in: in, order: binary.LittleEndian, second: 1e6, offset: 24}
	magic, _ := in.Peek(4)
	if magic[0] == 0xa1 {
		s.order = binary.BigEndian
	}
	if s.order.Uint32(magic) == 0xa1b23c4d {
		s.second = 1e9
	}
	r, err := pcapgo.NewReader(in)
	if err != nil {
		if unexpected(err) == io.ErrUnexpectedEOF {
			err = readFault(err)
		} else {
			err = fmt.Errorf("%w: want pcap 2.4", err)
		}
		return nil, faultAt(name, 0, 0, err)
	}
	if _, ok := linkDecoders[r.LinkType()]; !ok {
		return nil, faultAt(name, 0, 20, fmt.Errorf("the packets are %s: %s", unknownLink(r.LinkType()), wantLink))
	}
	r.SetSnaplen(maxPacket) // many writers pass the limit that they declare
	s.r = r
	return s, nil
}

func (s *pcapSource) next() (capturedPacket, error) {
	fraction := s.fraction()
	data, info, err := s.r.ZeroCopyReadPacketData()
	if err == io.EOF && info.CaptureLength == 0 {
		return capturedPacket{}, io.EOF
	}
	s.packet++
	if err != nil {
		return capturedPacket{}, s.fault(info.CaptureLength, info.Length, err)
	}
	if fraction > s.second {
		return capturedPacket{}, faultAt(s.name, s.packet, s.offset+4, fmt.Errorf("%d in a second that has %d: want no more", fraction, s.second))
	}
	s.offset += 16 + int64(info.CaptureLength)
	return capturedPacket{s.r.LinkType(), info.Timestamp.UnixNano(), info.Length, data}, nil
}

// fraction returns that of a second in the next record, which pcapgo multiplies
// in 32 bits.
func (s *pcapSource) fraction() uint32 {
	head, err := s.in.Peek(8)
	if err != nil {
		return 0
	}
	return s.order.Uint32(head[4:])
}

func (s *pcapSource) fault(captured, wire int, err error) error {
	switch {
	case captured > maxPacket:
		return faultAt(s.name, s.packet, s.offset+8, fmt.Errorf("%d bytes captured: want at most %d", captured, maxPacket))
	case captured > wire:
		return faultAt(s.name, s.packet, s.offset+8, fmt.Errorf("%d bytes captured of a packet of %d: want no more than it had", captured, wire))
	}
	return faultAt(s.name, s.packet, s.offset, readFault(err))
}
