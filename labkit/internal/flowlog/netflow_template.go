package flowlog

import (
	"encoding/binary"
	"slices"
)

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
	least    int   // bytes of a record
	options  bool  // records tell of the exporter, not of flows
	start    int64 // when the exporter that defined it was started, in milliseconds since 1970
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
	t := &template{options: options, start: s.n.clock.start()}
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

// restartedAfter is by how much the start of an exporter, which is computed from
// its clock, differs at least from that of another, in milliseconds.
const restartedAfter = 10_000

// keep remembers a template, in the place of the one before it. If another
// exporter has the same numbers, both are remembered.
func (s *setReader) keep(key templateKey, t *template) error {
	others := s.n.templates[key]
	s.n.templates[key] = slices.DeleteFunc(others, func(o *template) bool {
		same := slices.Equal(o.elements, t.elements) || t.start-o.start < restartedAfter && o.start-t.start < restartedAfter || len(others) >= mostExporters
		if same {
			s.n.elements -= len(o.elements)
		}
		return same
	})
	if len(s.n.templates[key]) > 0 {
		s.n.sayTwice(key.id)
	}
	if len(s.n.templates) > mostTemplates {
		delete(s.n.templates, key)
		return s.fault("template %d is one more than %d: want fewer in a file", key.id, mostTemplates)
	}
	if s.n.elements += len(t.elements); s.n.elements > mostElements {
		return s.fault("with template %d there are %d elements in templates: want at most %d in a file", key.id, s.n.elements, mostElements)
	}
	s.n.templates[key] = append(s.n.templates[key], t)
	return nil
}

// mostExporters is how many exporters may have one source id and one number of a
// template.
const mostExporters = 8

// template returns the template of a data set: of several, that of the exporter
// which was started at the nearest time.
func (n *netflowReader) template(key templateKey, clock exportClock) *template {
	var best *template
	distance := func(t *template) int64 { return max(t.start-clock.start(), clock.start()-t.start) }
	for _, t := range n.templates[key] {
		if best == nil || distance(t) < distance(best) {
			best = t
		}
	}
	return best
}

func (n *netflowReader) sayTwice(id uint16) {
	if !n.twice[id] {
		n.twice[id] = true
		n.l.note("template %d is defined twice, differently: several exporters have one source id, and are told apart by when they were started", id)
	}
}

// forget drops a template, if it is there.
func (n *netflowReader) forget(key templateKey) {
	for _, t := range n.templates[key] {
		n.elements -= len(t.elements)
	}
	delete(n.templates, key)
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
		known = isOption(e.id)
	}
	e.reverse = enterprise == reverseElements && reversible(e.id)
	e.read = known && (enterprise == 0 || e.reverse)
	if e.read && e.size != variable && (e.size < least || e.size > most) {
		s.offset = start
		return s.fault("element %d of template %d has %d bytes: want %d to %d", e.id, template, e.size, least, most)
	}
	if e.size == 0 && !e.read {
		return nil // nothing of it is in a record
	}
	if e.size == variable { // in NetFlow 9, too: H3C has it
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
