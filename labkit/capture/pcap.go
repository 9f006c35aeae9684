package capture

import (
	"fmt"
	"io"

	"github.com/gopacket/gopacket/pcapgo"
)

// A pcapSource reads a classic capture file (draft-ietf-opsawg-pcap).
type pcapSource struct {
	name   string
	r      *pcapgo.Reader
	packet int   // read so far
	offset int64 // of the next record
}

func newPcap(in io.Reader, name string) (packetSource, error) {
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
		return nil, faultAt(name, 0, 20, unknownLink(r.LinkType()))
	}
	r.SetSnaplen(maxPacket) // many writers pass the limit that they declare
	return &pcapSource{name: name, r: r, offset: 24}, nil
}

func (s *pcapSource) next() (capturedPacket, error) {
	data, info, err := s.r.ZeroCopyReadPacketData()
	if err == io.EOF && info.CaptureLength == 0 {
		return capturedPacket{}, io.EOF
	}
	s.packet++
	if err != nil {
		return capturedPacket{}, s.fault(info.CaptureLength, info.Length, err)
	}
	s.offset += 16 + int64(info.CaptureLength)
	return capturedPacket{s.r.LinkType(), info.Timestamp.UnixNano(), info.Length, data}, nil
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
