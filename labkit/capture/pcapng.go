package capture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/gopacket/gopacket/layers"
)

// The blocks of pcapng that are read (draft-ietf-opsawg-pcapng). All others
// are skipped.
const (
	blockSection   = 0x0a0d0d0a
	blockInterface = 1
	blockPacket    = 2 // obsolete
	blockSimple    = 3
	blockEnhanced  = 6

	maxBlock      = 16 << 20
	maxInterfaces = 1 << 16 // in a section

	optionEnd        = 0
	optionResolution = 9
	optionOffset     = 14
)

// A pcapngSource reads a pcapng file.
//
// It does so itself: pcapgo's NgReader takes the lengths in a file for true,
// so that a damaged one has it reserve gigabytes, skip to the end or divide by
// zero, and parses options that nobody asked for.
type pcapngSource struct {
	name       string
	r          *bufio.Reader
	order      binary.ByteOrder
	interfaces []pcapngInterface
	block      []byte // the body of the present block
	packet     int    // of the present block, or the last before it
	offset     int64  // of the present block
	end        int64  // of it
	ts         int64  // of the last packet
}

type pcapngInterface struct {
	link    layers.LinkType
	snaplen uint32
	units   uint64 // of time in a second
	shift   int64  // seconds to add
}

func newPcapng(r *bufio.Reader, name string) (packetSource, error) {
	s := &pcapngSource{name: name, r: r}
	if _, err := s.nextBlock(); err != nil {
		return nil, err
	}
	return s, s.section()
}

func (s *pcapngSource) next() (capturedPacket, error) {
	for {
		kind, err := s.nextBlock()
		if err != nil {
			return capturedPacket{}, err
		}
		switch kind {
		case blockSection:
			err = s.section()
		case blockInterface:
			err = s.iface()
		case blockEnhanced, blockPacket, blockSimple:
			return s.packetBlock(kind)
		}
		if err != nil {
			return capturedPacket{}, err
		}
	}
}

// fault reports what is wrong at a byte of the present block's body.
func (s *pcapngSource) fault(at int, format string, args ...any) error {
	return faultAt(s.name, s.packet, s.offset+8+int64(at), fmt.Errorf(format, args...))
}

// nextBlock reads a block into s.block, without the lengths around it.
func (s *pcapngSource) nextBlock() (kind uint32, err error) {
	s.offset = s.end
	head, err := s.r.Peek(12)
	if len(head) == 0 && err == io.EOF {
		return 0, io.EOF
	}
	if len(head) < 12 {
		return 0, s.fault(-8, "%w", readFault(err))
	}
	if binary.LittleEndian.Uint32(head) == blockSection { // reads the same both ways
		switch {
		case binary.LittleEndian.Uint32(head[8:]) == 0x1a2b3c4d:
			s.order = binary.LittleEndian
		case binary.BigEndian.Uint32(head[8:]) == 0x1a2b3c4d:
			s.order = binary.BigEndian
		default:
			return 0, s.fault(0, "the byte-order magic is %x: want 1a2b3c4d, in either order", head[8:12])
		}
	}
	kind, length := s.order.Uint32(head), s.order.Uint32(head[4:])
	switch kind {
	case blockEnhanced, blockPacket, blockSimple:
		s.packet++
	}
	if length < 12 || length%4 != 0 || length > maxBlock {
		return 0, s.fault(-4, "a block of %d bytes: want a multiple of 4, 12 to %d", length, maxBlock)
	}
	return kind, s.readBody(int(length))
}

func (s *pcapngSource) readBody(length int) error {
	s.r.Discard(8)
	if cap(s.block) < length {
		s.block = make([]byte, length)
	}
	s.block = s.block[:length-8]
	if _, err := io.ReadFull(s.r, s.block); err != nil {
		return s.fault(-8, "%w", readFault(err))
	}
	s.end = s.offset + int64(length)
	body := length - 12
	if again := s.order.Uint32(s.block[body:]); again != uint32(length) {
		return s.fault(body, "the block ends with length %d: want %d, as it begins", again, length)
	}
	s.block = s.block[:body]
	return nil
}

func (s *pcapngSource) section() error {
	if len(s.block) < 16 {
		return s.fault(0, "a section header of %d bytes: want at least 16", len(s.block))
	}
	if major, minor := s.order.Uint16(s.block[4:]), s.order.Uint16(s.block[6:]); major != 1 {
		return s.fault(4, "pcapng version %d.%d: want 1.0", major, minor)
	}
	s.interfaces = s.interfaces[:0]
	return nil
}

func (s *pcapngSource) iface() error {
	if len(s.block) < 8 {
		return s.fault(0, "an interface block of %d bytes: want at least 8", len(s.block))
	}
	i := pcapngInterface{layers.LinkType(s.order.Uint16(s.block)), s.order.Uint32(s.block[4:]), 1e6, 0}
	for at := 8; at+4 <= len(s.block); {
		code, length := s.order.Uint16(s.block[at:]), int(s.order.Uint16(s.block[at+2:]))
		at += 4
		if code == optionEnd {
			break
		}
		if length > len(s.block)-at {
			return s.fault(at-2, "an option of %d bytes: want at most the %d that the block has left", length, len(s.block)-at)
		}
		if err := s.option(&i, code, at, s.block[at:at+length]); err != nil {
			return err
		}
		at += (length + 3) &^ 3
	}
	if len(s.interfaces) == maxInterfaces {
		return s.fault(-8, "interface %d of a section: want at most %d", maxInterfaces+1, maxInterfaces)
	}
	s.interfaces = append(s.interfaces, i)
	return nil
}

func (s *pcapngSource) option(i *pcapngInterface, code uint16, at int, value []byte) error {
	switch {
	case code == optionResolution && len(value) == 1:
		units, ok := resolution(value[0])
		if !ok {
			return s.fault(at, "time resolution is %#x: want up to 10⁻¹⁹ or 2⁻⁶³ seconds", value[0])
		}
		i.units = units
	case code == optionOffset && len(value) == 8:
		i.shift = int64(s.order.Uint64(value))
	case code == optionResolution, code == optionOffset:
		return s.fault(at-2, "option %d has %d bytes: want 1 for the time resolution, 8 for the offset", code, len(value))
	}
	return nil
}

// resolution returns the units of time in a second: a power of 2 if the top
// bit is set, otherwise of 10.
func resolution(b byte) (uint64, bool) {
	exponent := int(b & 0x7f)
	if b&0x80 != 0 {
		return 1 << exponent, exponent < 64
	}
	units := uint64(1)
	for range min(exponent, 20) {
		units *= 10
	}
	return units, exponent < 20
}

// nanoseconds returns a time since 1970, or false if it is not within 272 years of that.
func (i pcapngInterface) nanoseconds(t uint64) (int64, bool) {
	high, low := bits.Mul64(t%i.units, 1e9)
	fraction, _ := bits.Div64(high, low, i.units) // high < units, as t%units < units and 1e9 < 2^64
	seconds := int64(t/i.units) + i.shift
	return seconds*1e9 + int64(fraction), t/i.units < 1<<33 && 0 <= seconds && seconds < 1<<33
}

var errNoInterface = errors.New("a packet of an interface that no block before it describes")

func (s *pcapngSource) packetBlock(kind uint32) (capturedPacket, error) {
	fixed := 20
	if kind == blockSimple {
		fixed = 4
	}
	if len(s.block) < fixed {
		return capturedPacket{}, s.fault(0, "a packet block of %d bytes: want at least %d", len(s.block), fixed)
	}
	number := uint32(0)
	switch kind {
	case blockEnhanced:
		number = s.order.Uint32(s.block)
	case blockPacket:
		number = uint32(s.order.Uint16(s.block))
	}
	if int64(number) >= int64(len(s.interfaces)) {
		return capturedPacket{}, s.fault(0, "%w: %d, of %d", errNoInterface, number, len(s.interfaces))
	}
	i := s.interfaces[number]
	captured, wire := s.lengths(kind, i)
	if captured > uint32(len(s.block)-fixed) || captured > maxPacket {
		return capturedPacket{}, s.fault(fixed-8, "%d bytes captured: want at most %d, as many as the block has", captured, min(len(s.block)-fixed, maxPacket))
	}
	if captured > wire {
		return capturedPacket{}, s.fault(fixed-8, "%d bytes captured of a packet of %d: want no more than it had", captured, wire)
	}
	if kind != blockSimple { // which has no time of its own
		ts, ok := i.nanoseconds(uint64(s.order.Uint32(s.block[4:]))<<32 | uint64(s.order.Uint32(s.block[8:])))
		if !ok {
			return capturedPacket{}, s.fault(4, "the time is not between 1970 and 2242")
		}
		s.ts = ts
	}
	return capturedPacket{i.link, s.ts, int(wire), s.block[fixed : fixed+int(captured)]}, nil
}

// lengths returns how many bytes of the packet were captured and how many it
// had.
func (s *pcapngSource) lengths(kind uint32, i pcapngInterface) (captured, wire uint32) {
	if kind != blockSimple {
		return s.order.Uint32(s.block[12:]), s.order.Uint32(s.block[16:])
	}
	wire = s.order.Uint32(s.block)
	captured = wire
	if i.snaplen > 0 {
		captured = min(captured, i.snaplen)
	}
	return captured, wire
}
