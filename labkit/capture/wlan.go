package capture

import "encoding/binary"

// radiotap takes off the header that a driver puts before an 802.11 frame
// (https://www.radiotap.org).
func (d *decoder) radiotap(p packet) skip {
	if len(p.data) < 8 {
		return cutShort
	}
	return d.after(int(binary.LittleEndian.Uint16(p.data[2:])), p, (*decoder).wlan)
}

// wlan reads an 802.11 frame, of which only data that are not encrypted lead on.
func (d *decoder) wlan(p packet) skip {
	if len(p.data) < 24 {
		return cutShort
	}
	const (
		data      = 2
		null      = 0x40 // of the subtype: no data
		quality   = 0x80 // of the subtype: quality of service
		bothWays  = 0x03 // to and from the distribution system: a fourth address
		encrypted = 0x40
		aggregate = 0x80
	)
	control, flags := p.data[0], p.data[1]
	switch {
	case control>>2&3 != data || control&null != 0:
		return "802.11 without data"
	case flags&encrypted != 0:
		return "802.11 encrypted"
	}
	header := 24
	if flags&bothWays == bothWays {
		header += 6
	}
	if control&quality != 0 {
		if len(p.data) < header+2 {
			return cutShort
		}
		if p.data[header]&aggregate != 0 {
			return d.after(header+2, p, (*decoder).subframes)
		}
		header += 2
	}
	return d.after(header, p, (*decoder).llc)
}

// subframes reads an A-MSDU: frames behind one another, each with addresses, a
// length and padding to a multiple of 4 bytes. It counts as one packet, which
// went into a flow if one of them did.
func (d *decoder) subframes(p packet) skip {
	reason, pieces := cutShort, d.pieces
	p.holder = inAggregate
	for len(p.data) > 14 {
		length := int(binary.BigEndian.Uint16(p.data[12:]))
		frame := p
		frame.data, frame.wire = p.data[14:min(14+length, len(p.data))], length
		d.pieces = 1
		why := d.llc(frame)
		if why == waiting {
			why = "802.11 aggregate of IP fragments"
		}
		if why == none || reason == cutShort {
			reason = why
		}
		if !p.peel((14 + length + 3) &^ 3) {
			break
		}
	}
	d.pieces = pieces
	return reason
}
