package capture

import (
	"math/bits"

	"github.com/gopacket/gopacket/layers"
)

// iface reads the description of an interface. One that is damaged keeps its
// number, and its packets are damaged, too.
func (n *pcapngFormat) iface() error {
	if len(n.interfaces) == maxInterfaces {
		return n.damagedRecord(n.within(-8), "more interfaces than a section may have", "interface %d of a section: want at most %d", maxInterfaces+1, maxInterfaces)
	}
	i, err := n.describe()
	i.damaged = err != nil
	n.interfaces = append(n.interfaces, i)
	return err
}

func (n *pcapngFormat) describe() (i pcapngInterface, err error) {
	const damage = "the description of an interface"
	if len(n.block) < 8 {
		return i, n.damagedRecord(n.within(0), damage, "an interface block of %d bytes: want at least 8", len(n.block))
	}
	i = pcapngInterface{link: layers.LinkType(n.order.Uint16(n.block)), snaplen: n.order.Uint32(n.block[4:]), units: 1e6}
	for at := 8; at+4 <= len(n.block); {
		code, length := n.order.Uint16(n.block[at:]), int(n.order.Uint16(n.block[at+2:]))
		at += 4
		if code == optionEnd {
			break
		}
		if length > len(n.block)-at {
			return i, n.damagedRecord(n.within(at-2), damage, "an option of %d bytes: want at most the %d that the block has left", length, len(n.block)-at)
		}
		if err := n.option(&i, code, at, n.block[at:at+length]); err != nil {
			return i, err
		}
		at += (length + 3) &^ 3
	}
	return i, nil
}

func (n *pcapngFormat) option(i *pcapngInterface, code uint16, at int, value []byte) error {
	const damage = "the description of an interface"
	switch {
	case code == optionResolution && len(value) == 1:
		units, ok := resolution(value[0])
		if !ok {
			return n.damagedRecord(n.within(at), damage, "time resolution is %#x: want up to 10⁻¹⁹ or 2⁻⁶³ seconds", value[0])
		}
		i.units = units
	case code == optionOffset && len(value) == 8:
		i.shift = int64(n.order.Uint64(value))
	case code == optionResolution, code == optionOffset:
		return n.damagedRecord(n.within(at-2), damage, "option %d has %d bytes: want 1 for the time resolution, 8 for the offset", code, len(value))
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

func (n *pcapngFormat) packetBlock(kind uint32) (p capturedPacket, err error) {
	fixed := 20
	if kind == blockSimple {
		fixed = 4
	}
	if len(n.block) < fixed {
		return p, n.damagedRecord(n.within(0), "a packet block that is too short", "a packet block of %d bytes: want at least %d", len(n.block), fixed)
	}
	i, err := n.interfaceOf(kind)
	if err != nil {
		return p, err
	}
	captured, wire := n.lengths(kind, i)
	if most := min(len(n.block)-fixed, maxPacket); captured > uint32(most) {
		return p, n.damagedRecord(n.within(fixed-8), "more captured than the block has", "%d bytes captured: want at most %d, as many as the block has", captured, most)
	}
	if captured > wire {
		if !n.options.Lenient {
			return p, n.damagedRecord(n.within(fixed-8), "", "%d bytes captured of a packet of %d: want no more than it had", captured, wire)
		}
		n.excess++
		wire = captured
	}
	if kind != blockSimple { // which has no time of its own
		ts, ok := i.nanoseconds(uint64(n.order.Uint32(n.block[4:]))<<32 | uint64(n.order.Uint32(n.block[8:])))
		if !ok {
			return p, n.damagedRecord(n.within(4), "a time that is not between 1970 and 2242", "the time is not between 1970 and 2242")
		}
		n.ts, n.timed = ts, true
	}
	return capturedPacket{link: i.link, ts: n.ts, wire: int(wire), data: n.block[fixed : fixed+int(captured)], noTime: !n.timed}, nil
}

// interfaceOf returns the interface of the packet in the present block.
func (n *pcapngFormat) interfaceOf(kind uint32) (i pcapngInterface, err error) {
	number := uint32(0)
	switch kind {
	case blockEnhanced:
		number = n.order.Uint32(n.block)
	case blockPacket:
		number = uint32(n.order.Uint16(n.block))
	}
	if int64(number) >= int64(len(n.interfaces)) {
		return i, n.damagedRecord(n.within(0), "a packet of an interface that no block before it describes",
			"a packet of an interface that no block before it describes: %d, of %d", number, len(n.interfaces))
	}
	if i = n.interfaces[number]; i.damaged {
		return i, n.damagedRecord(n.within(0), "a packet of an interface whose description is damaged", "a packet of interface %d, whose description is damaged", number)
	}
	return i, nil
}

// lengths returns how many bytes of the packet were captured and how many it
// had.
func (n *pcapngFormat) lengths(kind uint32, i pcapngInterface) (captured, wire uint32) {
	if kind != blockSimple {
		return n.order.Uint32(n.block[12:]), n.order.Uint32(n.block[16:])
	}
	wire = n.order.Uint32(n.block)
	captured = wire
	if i.snaplen > 0 {
		captured = min(captured, i.snaplen)
	}
	return captured, wire
}
