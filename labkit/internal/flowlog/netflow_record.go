package flowlog

import "math"

// records takes the records of a data set.
func (s *setReader) records(t *template, clock exportClock) (count int, err error) {
	for len(s.data) >= t.least {
		if len(s.data) < 4 && allZero(s.data) { // padding up to four bytes
			break
		}
		if err := s.record(t, clock); err != nil {
			return count, err
		}
		count++
	}
	if allZero(s.data) {
		return count, nil
	}
	if len(s.data) < 4 && s.n.b.lenient {
		s.n.sayOnce("padding that is not zero")
		return count, nil
	}
	return count, s.fault("%d bytes are left in a data set, too few for a record of %d", len(s.data), t.least)
}

// record takes a record and adds its flow.
func (s *setReader) record(t *template, clock exportClock) error {
	start := s.offset
	f := newExportedFlow(clock)
	for _, e := range t.elements {
		size, err := s.size(e)
		if err != nil {
			return err
		}
		if len(s.data) < size {
			return s.fault("element %d has %d bytes, and %d are left in the set", e.id, size, len(s.data))
		}
		value := s.data[:size]
		switch {
		case !e.read:
		case t.options:
			s.n.setOption(e.id, value)
		case e.reverse:
			f.setReverse(e.id, value)
		default:
			s.n.setOption(e.id, value)
			f.set(e.id, value)
		}
		s.skip(size)
	}
	if t.options {
		s.n.l.skip("records of options, about the exporter", 1)
		return nil
	}
	setIfUnset(&f.init, s.n.init())
	return s.n.addFlow(&f, start)
}

// size returns how many bytes an element has in the record at hand.
func (s *setReader) size(e element) (int, error) {
	if e.size >= 0 {
		return e.size, nil
	}
	if len(s.data) < 1 {
		return 0, s.fault("element %d has no size: want 1 or 3 bytes with it", e.id)
	}
	size := int(s.data[0])
	s.skip(1)
	if size == 255 {
		if len(s.data) < 2 {
			return 0, s.fault("element %d has no size: want 3 bytes with it", e.id)
		}
		size = int(s.uint16())
	}
	if least, most, _ := elementSize(e.id); e.read && (size < least || size > most) {
		return 0, s.fault("element %d has %d bytes: want %d to %d", e.id, size, least, most)
	}
	return size, nil
}

func isSampling(id uint16) bool {
	return id == samplingInterval || id == samplerInterval || id == packetInterval
}

// isOption tells whether an element is read that tells of the exporter.
func isOption(id uint16) bool { return isSampling(id) || id == systemInit }

// init returns when the exporter was started, as its options told, in
// microseconds since 1970.
func (n *netflowReader) init() float64 {
	if v, ok := n.inits[n.domain]; ok {
		return v
	}
	return math.NaN()
}

// setOption takes what the exporter tells of its sampling, and when it was
// started.
func (n *netflowReader) setOption(id uint16, value []byte) {
	switch {
	case isSampling(id):
		n.sampling = max(n.sampling, number(value))
	case id == systemInit && len(n.inits) < mostTemplates:
		n.inits[n.domain] = float64(number(value)) * 1e3
	}
}
