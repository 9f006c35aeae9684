package flowlog

import "encoding/binary"

// toNextDatagram passes over bytes until a datagram seems to begin.
func (n *netflowReader) toNextDatagram() {
	for {
		head, err := n.r.Peek(header9)
		if len(head) == 0 || err == nil && isDatagram(head) {
			return
		}
		n.r.Discard(1)
		n.offset++
	}
}

// isDatagram tells whether bytes are likely to be the header of a datagram: its
// version, a number of records, and a time from 2000 on.
func isDatagram(head []byte) bool {
	const year2000 = 946684800
	count, at := binary.BigEndian.Uint16(head[2:]), 8
	switch binary.BigEndian.Uint16(head) {
	case version5:
		if count < 1 || count > most5 {
			return false
		}
	case version9:
		if count < 1 || count > 1<<12 {
			return false
		}
	case versionIPFIX:
		if count < headerIPFIX {
			return false
		}
		at = 4
	default:
		return false
	}
	seconds := binary.BigEndian.Uint32(head[at:])
	return seconds >= year2000 && seconds < 1<<32-1<<28
}
