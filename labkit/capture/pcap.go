package capture

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/gopacket/gopacket/layers"
)

// A pcapFormat reads a classic capture file (draft-ietf-opsawg-pcap). It does so
// itself: gopacket's pcapgo stops at the first record that it doubts.
type pcapFormat struct {
	*source
	order  binary.ByteOrder
	second uint32 // in the units of time
	link   layers.LinkType
	last   uint32 // second of the last packet; 0 before the first
}

const pcapHeaderSize, pcapRecordHead = 24, 16

func newPcap(s *source) (format, error) {
	p := &pcapFormat{source: s, order: binary.LittleEndian, second: 1e6}
	head, err := s.peek(pcapHeaderSize)
	if err != nil {
		return nil, s.cut(err)
	}
	if head[0] == 0xa1 {
		p.order = binary.BigEndian
	}
	if p.order.Uint32(head) == 0xa1b23c4d {
		p.second = 1e9
	}
	if major, minor := p.order.Uint16(head[4:]), p.order.Uint16(head[6:]); major != 2 || minor != 4 {
		return nil, s.unframed(4, "a capture of another version", "pcap version %d.%d: want pcap 2.4", major, minor)
	}
	// The upper bits tell whether frames end with a checksum.
	p.link = layers.LinkType(p.order.Uint32(head[20:]) & 0x0fffffff)
	if linkDecoder(p.link) == nil && s.number == 0 {
		return nil, s.fault(20, fmt.Errorf("the packets are %s: %s", unknownLink(p.link), wantLink))
	}
	s.skip(pcapHeaderSize)
	return p, nil
}

func (p *pcapFormat) next() (capturedPacket, error) {
	head, err := p.peek(pcapRecordHead)
	if len(head) == 0 && err == io.EOF {
		return capturedPacket{}, io.EOF
	}
	if p.isJoint(head) {
		return capturedPacket{}, p.unframed(0, "", "another capture")
	}
	p.number++
	if err != nil {
		return capturedPacket{}, p.cut(err)
	}
	seconds, fraction := p.order.Uint32(head), p.order.Uint32(head[4:])
	captured, wire := p.order.Uint32(head[8:]), p.order.Uint32(head[12:])
	if seconds|fraction|captured|wire == 0 { // as a file system leaves what was not written before a crash
		return capturedPacket{}, p.unframed(0, "zeros in the place of a packet", "zeros: want a packet")
	}
	if captured > maxPacket {
		return capturedPacket{}, p.unframed(8, "a length that no packet has", "%d bytes captured: want at most %d", captured, maxPacket)
	}
	record, err := p.takeRecord(int(captured))
	if err != nil {
		return capturedPacket{}, err
	}
	back := -len(record)
	switch {
	case captured > wire && !p.options.Lenient:
		return capturedPacket{}, p.damagedRecord(back+8, "", "%d bytes captured of a packet of %d: want no more than it had", captured, wire)
	case fraction > p.second:
		return capturedPacket{}, p.damagedRecord(back+4, "more fractions than a second has", "%d in a second that has %d: want no more", fraction, p.second)
	case captured > wire:
		p.excess++ // as some drivers pad a frame, and count it without
	}
	p.last = seconds
	ts := int64(seconds)*1e9 + int64(fraction)*int64(1e9/p.second)
	return capturedPacket{link: p.link, ts: ts, wire: int(max(wire, captured)), data: record[pcapRecordHead:]}, nil
}

// takeRecord returns the next record, of so many bytes behind its head.
func (p *pcapFormat) takeRecord(captured int) ([]byte, error) {
	at := p.offset
	record, err := p.take(pcapRecordHead + captured)
	if err != nil {
		p.offset = at
		return nil, p.cut(err)
	}
	return record, nil
}

// begins tells whether a record may begin there: its lengths and its time, within
// a day of the last packet's, are possible, and so are those of the record behind
// it.
func (p *pcapFormat) begins(data []byte, at int) bool {
	next, ok := p.possible(data, at)
	if !ok {
		return false
	}
	if next+pcapRecordHead > len(data) {
		return next == len(data) // the last of the file
	}
	_, ok = p.possible(data, next)
	return ok || beginsCapture(data[next:])
}

// possible returns where the record at an index ends, and whether its head is
// possible.
func (p *pcapFormat) possible(data []byte, at int) (end int, ok bool) {
	head := data[at:]
	seconds, fraction := p.order.Uint32(head), p.order.Uint32(head[4:])
	captured, wire := p.order.Uint32(head[8:]), p.order.Uint32(head[12:])
	const day = 24 * 60 * 60
	near := p.last == 0 && seconds > 0 || int64(seconds)-int64(p.last) < day && int64(p.last)-int64(seconds) < day
	return at + pcapRecordHead + int(captured), near && 0 < captured && captured <= min(wire, maxPacket) && wire < 4*maxPacket && fraction < p.second
}
