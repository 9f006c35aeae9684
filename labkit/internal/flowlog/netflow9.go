package flowlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"flowlab/labkit/flow"
)

const (
	header9     = 20
	headerIPFIX = 16
	headerSet   = 4
	firstData   = 256 // the lowest number of a data set
)

// datagram9 reads a datagram of NetFlow 9. Its header does not tell its
// length; it ends where the number of a set would be one that is reserved, and
// is the version of another datagram.
func (n *netflowReader) datagram9() error {
	h, err := n.take(header9, "header")
	if err != nil {
		return err
	}
	announced := int(binary.BigEndian.Uint16(h[2:]))
	n.clock = exportClock{
		uptime: binary.BigEndian.Uint32(h[4:]),
		now:    int64(binary.BigEndian.Uint32(h[8:])) * 1e6,
		known:  true,
	}
	n.domain = binary.BigEndian.Uint32(h[16:])
	records, sets := 0, 0
	for {
		if err := n.flushIfWaiting(); err != nil {
			return err
		}
		head, _ := n.r.Peek(2)
		if isNetFlow(head) {
			return nil
		}
		if n.b.lenient && n.skipZeros() {
			continue
		}
		if len(head) == 0 { // some exporters announce sets, not records
			if announced > max(records, sets) {
				return n.fault(n.offset, "%w", damage{fmt.Errorf("the file ends after %d of %d records that the datagram announces: it is cut off", records, announced)})
			}
			return nil
		}
		start := n.offset
		size, id, err := n.setHeader()
		if err != nil {
			return err
		}
		body, err := n.take(size, "set")
		if err != nil {
			return err
		}
		count, err := n.setOrLose(&setReader{n, body, start + headerSet}, id)
		if err != nil {
			return err
		}
		records += count
		sets++
	}
}

// setHeader takes the header of a set and returns the size of what follows.
func (n *netflowReader) setHeader() (size int, id uint16, err error) {
	start := n.offset
	b, err := n.take(headerSet, "set header")
	if err != nil {
		return 0, 0, err
	}
	id, size = binary.BigEndian.Uint16(b), int(binary.BigEndian.Uint16(b[2:]))
	if size < headerSet {
		return 0, 0, n.fault(start+2, "a set of %d bytes: want at least %d, its header", size, headerSet)
	}
	if templates, options := n.templateSets(); id < firstData && id != templates && id != options {
		return 0, 0, n.fault(start, "a set numbered %d: want %d or %d (templates), or %d and above (data)", id, templates, options, firstData)
	}
	return size - headerSet, id, nil
}

// templateSets returns the numbers of sets of templates, and of templates of
// options.
func (n *netflowReader) templateSets() (templates, options uint16) {
	if n.version == versionIPFIX {
		return 2, 3
	}
	return 0, 1
}

// datagramIPFIX reads a message of IPFIX, whose header tells its length.
func (n *netflowReader) datagramIPFIX() error {
	start := n.offset
	h, err := n.take(headerIPFIX, "header")
	if err != nil {
		return err
	}
	length := int(binary.BigEndian.Uint16(h[2:]))
	if length < headerIPFIX {
		return n.fault(start+2, "a message of %d bytes: want at least %d, its header", length, headerIPFIX)
	}
	n.clock = exportClock{now: int64(binary.BigEndian.Uint32(h[4:])) * 1e6}
	n.domain = binary.BigEndian.Uint32(h[12:])
	for end := start + length; n.offset < end; {
		at := n.offset
		if end-at < headerSet {
			return n.fault(at, "%d bytes are left in the message, too few for a set", end-at)
		}
		size, id, err := n.setHeader()
		if err != nil {
			return err
		}
		if n.offset+size > end {
			return n.fault(at+2, "a set of %d bytes, and %d are left in the message", size+headerSet, end-at)
		}
		body, err := n.take(size, "set")
		if err != nil {
			return err
		}
		if _, err := n.setOrLose(&setReader{n, body, at + headerSet}, id); err != nil {
			return err
		}
	}
	return nil
}

// skipZeros passes over zeros with which an exporter has filled up a datagram, as
// PAN-OS and Cisco's ACI do, and tells whether there were any.
func (n *netflowReader) skipZeros() bool {
	skipped := 0
	for {
		head, _ := n.r.Peek(headerSet)
		if len(head) < headerSet && !allZero(head) || len(head) == 0 || isNetFlow(head) || skipped == 0 && !allZero(head) || skipped > 0 && head[0] != 0 {
			break
		}
		n.r.Discard(1)
		n.offset++
		skipped++
	}
	if skipped > 0 {
		n.sayOnce("zeros behind the sets of a datagram, which has been filled up")
	}
	return skipped > 0
}

// setOrLose reads a set; if it is damaged, it is entered as that.
func (n *netflowReader) setOrLose(s *setReader, id uint16) (records int, err error) {
	records, err = n.set(s, id, n.clock)
	if f, ok := errors.AsType[*flow.Fault](err); ok {
		err = n.l.lose(f, "")
	}
	return records, err
}

// set reads a set, templates or data of a template, and returns the number of
// its records; data without a template may be any number.
func (n *netflowReader) set(s *setReader, id uint16, clock exportClock) (records int, err error) {
	switch templates, options := n.templateSets(); id {
	case templates:
		return s.templates(false)
	case options:
		return s.templates(true)
	}
	key := templateKey{n.version, n.domain, id}
	if t := n.template(key, clock); t != nil {
		return s.records(t, clock)
	}
	n.wait(key, waitingSet{n.packet, s.offset, slices.Clone(s.data), clock})
	return math.MaxUint16, nil
}

// wait keeps a data set for a template that may come later.
func (n *netflowReader) wait(key templateKey, w waitingSet) {
	const itself = 64
	if n.waits += len(w.data) + itself; n.waits > mostWaiting {
		n.skipUnknown(key.id, 1)
		return
	}
	n.waiting[key] = append(n.waiting[key], w)
}

// decodeWaiting reads the data that waited for a template.
func (n *netflowReader) decodeWaiting(key templateKey, t *template) error {
	packet := n.packet
	defer func() { n.packet = packet }()
	for _, w := range n.waiting[key] {
		n.packet = w.packet
		if _, err := (&setReader{n, w.data, w.offset}).records(t, w.clock); err != nil {
			return err
		}
	}
	delete(n.waiting, key)
	return nil
}
