package flowlog

import "encoding/binary"

// variable is the size of an element that tells its size in each record.
const variable = 0xffff

// reverseElements is the enterprise under which RFC 5103 has the elements of
// the other direction.
const reverseElements = 29305

type templateKey struct {
	version uint16
	domain  uint32
	id      uint16
}

// A template says of what elements records are made.
type template struct {
	elements []element
	least    int  // bytes of a record
	options  bool // records tell of the exporter, not of flows
}

type element struct {
	id      uint16
	size    int
	read    bool
	reverse bool
}

// A waitingSet is a data set whose template may come later.
type waitingSet struct {
	packet int
	offset int // of data in the file
	data   []byte
	clock  exportClock
}

// mostTemplates and mostElements bound the templates that are remembered, and
// the elements in all of them. A file has some of each exporter, and seldom one
// of more than a hundred elements.
const (
	mostTemplates = 1 << 16
	mostElements  = 1 << 20
)

// mostWaiting bounds the bytes that wait for a template.
const mostWaiting = 16 << 20

// A setReader takes numbers from a set.
type setReader struct {
	n      *netflowReader
	data   []byte
	offset int // of data in the file
}

func (s *setReader) uint16() uint16 {
	v := binary.BigEndian.Uint16(s.data)
	s.skip(2)
	return v
}

func (s *setReader) skip(size int) {
	s.data = s.data[size:]
	s.offset += size
}

func (s *setReader) fault(format string, values ...any) error {
	return s.n.fault(s.offset, format, values...)
}

// templates takes the templates of a set, and returns how many.
func (s *setReader) templates(options bool) (count int, err error) {
	smallest := 4
	if options {
		smallest = 6
	}
	for len(s.data) >= smallest {
		if number(s.data[:2]) == 0 && allZero(s.data) {
			break // padding
		}
		if err := s.template(options); err != nil {
			return count, err
		}
		count++
	}
	return count, nil
}

func (s *setReader) template(options bool) error {
	id := s.uint16()
	if id < 256 {
		s.offset -= 2
		return s.fault("template %d: want 256 or above", id)
	}
	key := templateKey{s.n.version, s.n.domain, id}
	count := int(s.uint16())
	if count == 0 && s.n.version == versionIPFIX { // withdrawn
		s.n.forget(key)
		return nil
	}
	if options {
		second := int(s.uint16())
		if s.n.version == version9 { // bytes of the scope, and of the options
			if (count+second)%4 != 0 {
				return s.fault("template %d has a scope of %d and options of %d bytes: want whole elements of 4", id, count, second)
			}
			count = (count + second) / 4
		}
	}
	t := &template{options: options}
	for range count {
		if err := s.element(t, id); err != nil {
			return err
		}
	}
	if t.least == 0 {
		return s.fault("template %d has records of 0 bytes: want at least 1", id)
	}
	if err := s.keep(key, t); err != nil {
		return err
	}
	return s.n.decodeWaiting(key, t)
}

// keep remembers a template, in the place of the one before it.
func (s *setReader) keep(key templateKey, t *template) error {
	s.n.forget(key)
	if len(s.n.templates) >= mostTemplates {
		return s.fault("template %d is one more than %d: want fewer in a file", key.id, mostTemplates)
	}
	if s.n.elements += len(t.elements); s.n.elements > mostElements {
		return s.fault("with template %d there are %d elements in templates: want at most %d in a file", key.id, s.n.elements, mostElements)
	}
	s.n.templates[key] = t
	return nil
}

// forget drops a template, if it is there.
func (n *netflowReader) forget(key templateKey) {
	if t := n.templates[key]; t != nil {
		n.elements -= len(t.elements)
		delete(n.templates, key)
	}
}

// element takes an element of a template.
func (s *setReader) element(t *template, template uint16) error {
	if len(s.data) < 4 {
		return s.fault("template %d goes on beyond its set: want its elements within", template)
	}
	start := s.offset
	e := element{id: s.uint16(), size: int(s.uint16())}
	enterprise := uint32(0)
	if e.id&0x8000 != 0 && s.n.version == versionIPFIX {
		if len(s.data) < 4 {
			return s.fault("template %d goes on beyond its set: want its elements within", template)
		}
		enterprise = binary.BigEndian.Uint32(s.data)
		s.skip(4)
		e.id &^= 0x8000
	}
	least, most, known := elementSize(e.id)
	if t.options { // the scope has numbers of its own
		known = isSampling(e.id)
	}
	e.reverse = enterprise == reverseElements && reversible(e.id)
	e.read = known && (enterprise == 0 || e.reverse)
	if e.read && e.size != variable && (e.size < least || e.size > most) {
		s.offset = start
		return s.fault("element %d of template %d has %d bytes: want %d to %d", e.id, template, e.size, least, most)
	}
	if e.size == variable && s.n.version == versionIPFIX {
		e.size = -1
		t.least++
	} else {
		t.least += e.size
	}
	t.elements = append(t.elements, e)
	return nil
}

func allZero(data []byte) bool {
	for _, b := range data {
		if b != 0 {
			return false
		}
	}
	return true
}

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
	if !allZero(s.data) {
		return count, s.fault("%d bytes are left in a data set, too few for a record of %d", len(s.data), t.least)
	}
	return count, nil
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

// setOption takes what the exporter tells of its sampling.
func (n *netflowReader) setOption(id uint16, value []byte) {
	if isSampling(id) {
		n.sampling = max(n.sampling, number(value))
	}
}
