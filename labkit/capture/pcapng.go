package capture

import (
	"encoding/binary"
	"io"

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

// A pcapngFormat reads a pcapng file.
//
// It does so itself: pcapgo's NgReader takes the lengths in a file for true,
// so that a damaged one has it reserve gigabytes, skip to the end or divide by
// zero, and parses options that nobody asked for.
type pcapngFormat struct {
	*source
	order      binary.ByteOrder
	interfaces []pcapngInterface
	start      int64  // of the present block
	block      []byte // its body
	ts         int64  // of the last packet
	timed      bool   // whether one had a time
}

type pcapngInterface struct {
	link    layers.LinkType
	snaplen uint32
	units   uint64 // of time in a second
	shift   int64  // seconds to add
	damaged bool   // what is said of it
}

func newPcapng(s *source) (format, error) {
	n := &pcapngFormat{source: s}
	if _, err := n.nextBlock(); err != nil {
		return nil, err
	}
	return n, n.section()
}

func (n *pcapngFormat) next() (capturedPacket, error) {
	for {
		kind, err := n.nextBlock()
		if err != nil {
			return capturedPacket{}, err
		}
		switch kind {
		case blockSection:
			err = n.section()
		case blockInterface:
			err = n.iface()
		case blockEnhanced, blockPacket, blockSimple:
			return n.packetBlock(kind)
		}
		if err != nil {
			return capturedPacket{}, err
		}
	}
}

// within returns where a byte of the present block's body lies behind the next byte.
func (n *pcapngFormat) within(body int) int { return int(n.start-n.offset) + 8 + body }

// nextBlock reads a block into n.block, without the lengths around it.
func (n *pcapngFormat) nextBlock() (kind uint32, err error) {
	n.start = n.offset
	head, err := n.peek(12)
	if len(head) == 0 && err == io.EOF {
		return 0, io.EOF
	}
	if len(head) < 12 {
		return 0, n.cut(err)
	}
	if binary.LittleEndian.Uint32(head) == blockSection { // reads the same both ways
		switch {
		case binary.LittleEndian.Uint32(head[8:]) == 0x1a2b3c4d:
			n.order = binary.LittleEndian
		case binary.BigEndian.Uint32(head[8:]) == 0x1a2b3c4d:
			n.order = binary.BigEndian
		default:
			return 0, n.unframed(8, "a byte-order magic that is none", "the byte-order magic is %x: want 1a2b3c4d, in either order", head[8:12])
		}
	} else if n.isJoint(head) {
		return 0, n.unframed(0, "", "another capture")
	}
	kind, length := n.order.Uint32(head), n.order.Uint32(head[4:])
	switch kind {
	case blockEnhanced, blockPacket, blockSimple:
		n.number++
	}
	if n.isSkipped(kind, length) {
		return kind, n.skipBlock(int(length))
	}
	if length < 12 || length%4 != 0 || length > maxBlock {
		return 0, n.unframed(4, "a block of an impossible length", "a block of %d bytes: want a multiple of 4, 12 to %d", length, maxBlock)
	}
	return kind, n.readBody(int(length))
}

// isSkipped tells whether a block is too large to be kept and of a kind that is not
// read. Where a sound block begins soon behind its head the length is damaged
// rather.
func (n *pcapngFormat) isSkipped(kind, length uint32) bool {
	switch kind {
	case blockSection, blockInterface, blockEnhanced, blockPacket, blockSimple:
		return false
	}
	if length <= maxBlock || length%4 != 0 {
		return false
	}
	data, _ := n.peek(n.in.Size())
	for at := 4; at+12 <= len(data); at += 4 {
		if n.begins(data, at) {
			return false
		}
	}
	return true
}

// skipBlock goes to the end of a block without reading it.
func (n *pcapngFormat) skipBlock(length int) error {
	n.skip(length - 4)
	end, err := n.peek(4)
	if err != nil {
		return n.cut(err)
	}
	if again := n.order.Uint32(end); int(again) != length {
		return n.unframed(0, "a block that does not end as it begins", "the block ends with length %d: want %d, as it begins", again, length)
	}
	n.skip(4)
	n.large++
	return nil
}

func (n *pcapngFormat) readBody(length int) error {
	if length <= n.in.Size() { // a block that may be damaged is not taken yet
		if block, err := n.peek(length); err == nil {
			if err := n.checkEnd(block); err != nil {
				return err
			}
		}
	}
	block, err := n.take(length)
	if err != nil {
		n.offset = n.start
		return n.cut(err)
	}
	n.block = block[8 : length-4]
	return n.checkEnd(block)
}

// checkEnd tells whether a block ends with its length, as it begins.
func (n *pcapngFormat) checkEnd(block []byte) error {
	length, again := n.order.Uint32(block[4:]), n.order.Uint32(block[len(block)-4:])
	if again == length {
		return nil
	}
	return n.unframed(n.within(len(block)-12), "a block that does not end as it begins", "the block ends with length %d: want %d, as it begins", again, length)
}

// begins tells whether a block begins there that ends with its length.
func (n *pcapngFormat) begins(data []byte, at int) bool {
	length := int(n.order.Uint32(data[at+4:]))
	return length >= 12 && length%4 == 0 && length <= len(data)-at && int(n.order.Uint32(data[at+length-4:])) == length
}

func (n *pcapngFormat) section() error {
	if len(n.block) < 16 {
		return n.damagedRecord(n.within(0), "a section header that is too short", "a section header of %d bytes: want at least 16", len(n.block))
	}
	if major, minor := n.order.Uint16(n.block[4:]), n.order.Uint16(n.block[6:]); major != 1 {
		return n.damagedRecord(n.within(4), "a section of another version", "pcapng version %d.%d: want 1.0", major, minor)
	}
	n.interfaces = n.interfaces[:0]
	return nil
}
