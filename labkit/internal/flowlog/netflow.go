package flowlog

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"flowlab/labkit/flow"
)

// NetFlow and IPFIX are decoded here and not by a library. The one that is well
// kept, github.com/netsampler/goflow2/v2 (2.2.6), takes a datagram whose length
// the network has told: it does not say where in a file a fault is, nor where,
// in NetFlow 9, a datagram ends and the next begins. Read are the fields that
// flows need, by their numbers in IANA's registry
// (https://www.iana.org/assignments/ipfix).
//
// Sources: Cisco, NetFlow Export Datagram Format (version 5); RFC 3954
// (NetFlow 9); RFC 7011 (IPFIX); RFC 5103 (flows of both directions).

const (
	version5     = 5
	version9     = 9
	versionIPFIX = 10
)

// isNetFlow tells whether a file begins with the version of a datagram.
func isNetFlow(head []byte) bool {
	return len(head) >= 2 && head[0] == 0 && (head[1] == version5 || head[1] == version9 || head[1] == versionIPFIX)
}

// A netflowReader reads datagrams that stand one behind the other.
type netflowReader struct {
	r         *bufio.Reader
	name      string
	live      bool
	packet    int // number of the datagram at hand, from 1
	offset    int // of what is read next
	buffer    []byte
	domain    uint32 // of the exporter, within which a template holds
	version   uint16
	versions  []string
	templates map[templateKey][]*template  // of one key those of several exporters
	clock     exportClock                  // of the datagram at hand
	inits     map[uint32]float64           // when exporters were started, by domain
	timeless  []timelessFlow               // whose exporter has not told when it was started
	latest    map[uint32]float64           // when that was at the latest, by domain
	twice     map[uint16]bool              // templates of which it was said that they are defined twice
	elements  int                          // in all templates
	waiting   map[templateKey][]waitingSet // data whose template has not come yet
	waits     int                          // bytes that have waited
	sampling  uint64                       // the largest interval that was told
	b         *builder
	l         *ledger
}

func readNetFlow(in *input) error {
	in.ledger.t.Fields = logFields[:flow.State]
	n := &netflowReader{
		r: in.r, name: in.name, live: in.live,
		buffer:    make([]byte, 1<<16),
		templates: map[templateKey][]*template{},
		inits:     map[uint32]float64{},
		latest:    map[uint32]float64{},
		twice:     map[uint16]bool{},
		waiting:   map[templateKey][]waitingSet{},
		l:         in.ledger,
		b:         newBuilder(in.name, logFields[:flow.State], 0),
	}
	n.b.lenient = in.ledger.options.Lenient
	err := n.datagrams()
	if flushErr := n.b.flush(n.l); err == nil || err == io.EOF {
		err = flushErr
	}
	n.finish()
	return n.l.end(err)
}

// datagrams reads the file. Behind a datagram that is damaged a lenient reader
// goes on with the next that begins as one does.
func (n *netflowReader) datagrams() error {
	for {
		if err := n.flushIfWaiting(); err != nil {
			return err
		}
		if n.b.lenient && n.skipZeros() {
			continue
		}
		version, err := n.nextVersion()
		if err == nil {
			err = n.datagram(version)
		}
		f, ok := errors.AsType[*flow.Fault](err)
		if err != nil && (!ok || errors.As(err, new(damage))) {
			return err
		}
		if ok {
			if err := n.l.lose(f, ""); err != nil {
				return err
			}
			n.toNextDatagram()
		}
	}
}

// flushIfWaiting hands out what there is before a live reader waits for more.
func (n *netflowReader) flushIfWaiting() error {
	if n.live && n.r.Buffered() == 0 {
		return n.b.flush(n.l)
	}
	return nil
}

// sayOnce adds a note to the report, the first time.
func (n *netflowReader) sayOnce(note string) {
	if !slices.Contains(n.l.t.Report.Notes, note) {
		n.l.note("%s", note)
	}
}

// finish puts together the table and its report.
func (n *netflowReader) finish() {
	n.settleTimeless()
	n.l.t.Report.Format = strings.Join(n.versions, " and ") + " datagrams"
	unknown := slices.SortedFunc(maps.Keys(n.waiting), func(a, b templateKey) int { return cmp.Compare(a.id, b.id) })
	for _, key := range unknown {
		n.skipUnknown(key.id, len(n.waiting[key]))
	}
	if n.sampling > 1 {
		n.l.note("sampled: the exporter counted 1 packet in %d; bytes and packets are as exported, not multiplied", n.sampling)
	}
}

func (n *netflowReader) skipUnknown(id uint16, sets int) {
	n.l.skip(fmt.Sprintf("data sets of template %d, which the file does not define", id), sets)
}

// fault is a fault at a byte of the file.
func (n *netflowReader) fault(offset int, format string, values ...any) error {
	return faultAt(n.name, n.packet, offset, fmt.Errorf(format, values...))
}

// nextVersion returns the version of the next datagram, or io.EOF.
func (n *netflowReader) nextVersion() (uint16, error) {
	head, err := n.r.Peek(2)
	if len(head) == 0 && err == io.EOF {
		return 0, io.EOF
	}
	n.packet++
	if err != nil {
		return 0, n.cut(n.offset+len(head), "within the version of a datagram", err)
	}
	return binary.BigEndian.Uint16(head), nil
}

// take returns the next size bytes of the file; what they are is said in an
// error. They are there until the next call.
func (n *netflowReader) take(size int, what string) ([]byte, error) {
	got, err := io.ReadFull(n.r, n.buffer[:size])
	if err != nil {
		return nil, n.cut(n.offset+got, fmt.Sprintf("after %d of the %d bytes of a %s", got, size, what), err)
	}
	n.offset += size
	return n.buffer[:size], nil
}

// cut is the fault of a file that ends too early.
func (n *netflowReader) cut(offset int, where string, err error) error {
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return n.fault(offset, "%w", err)
	}
	f := faultAt(n.name, n.packet, offset, kindError{damage{fmt.Errorf("the file ends %s: it is cut off", where)}, "the file ends within a datagram: it is cut off"})
	return f
}

func (n *netflowReader) datagram(version uint16) error {
	n.version = version
	switch version {
	case version5:
		n.note("NetFlow 5")
		return n.datagram5()
	case version9:
		n.note("NetFlow 9")
		return n.datagram9()
	case versionIPFIX:
		n.note("IPFIX")
		return n.datagramIPFIX()
	}
	return n.fault(n.offset, "a datagram of version %d: want 5, 9 or 10 (IPFIX)", version)
}

func (n *netflowReader) note(version string) {
	if !slices.Contains(n.versions, version) {
		n.versions = append(n.versions, version)
	}
}

// addFlow adds the flow of a record, if it is one.
func (n *netflowReader) addFlow(f *exportedFlow, offset int) error {
	if err := f.into(n.b); err != nil {
		return n.l.lose(faultAt(n.name, n.packet, offset, err), "")
	}
	if !f.source.IsValid() || !f.destination.IsValid() {
		n.l.skip("records without addresses", 1)
		return nil
	}
	if !f.counted() {
		n.l.skip("records without bytes or packets, as of events", 1)
		return nil
	}
	if !n.live && math.IsNaN(f.start) && !math.IsNaN(f.startUptime) {
		n.noteExport(f)
		n.timeless = append(n.timeless, timelessFlow{n.l.t.Report.Flows + n.b.out.Len, n.domain, f.startUptime})
	}
	return n.b.addTo(n.l, n.packet)
}

var errEndsBefore = errors.New("the flow ends before it begins")
