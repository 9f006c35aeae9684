package capture

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/unpack"
)

// What is wrong with a record: it alone is damaged, or where the next one begins
// is not known either.
var (
	errDamaged  = errors.New("a damaged record")
	errUnframed = errors.New("no record")
	errCut      = errors.New("a file that was cut")
)

// A recordError says what is wrong with a record; in reports it is counted by a
// reason that leaves out the values.
type recordError struct {
	kind   error // one of those above
	reason string
	text   string
}

func (e *recordError) Error() string  { return e.text }
func (e *recordError) Reason() string { return e.reason }
func (e *recordError) Unwrap() error  { return e.kind }

// damagedRecord returns an error of a record, with where its fault lies, behind
// the next byte.
func (s *source) damagedRecord(behind int, reason, format string, args ...any) error {
	return s.fault(behind, &recordError{errDamaged, reason, fmt.Sprintf(format, args...)})
}

// unframed returns an error of what is no record.
func (s *source) unframed(behind int, reason, format string, args ...any) error {
	return s.fault(behind, &recordError{errUnframed, reason, fmt.Sprintf(format, args...)})
}

// cut returns the error of a record that could not be read to its end.
func (s *source) cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		text := "the file ends here, within a record: it was cut"
		return s.fault(0, &recordError{errCut, text, text})
	}
	return s.fault(0, readFault(err))
}

// next returns the next packet that is sound, and io.EOF after the last.
func (s *source) next() (capturedPacket, error) {
	for {
		p, err := s.format.next()
		if err == nil {
			p.number = s.number
			return p, nil
		}
		if err == io.EOF {
			return p, s.end()
		}
		if head, _ := s.peek(pcapHeaderSize); errors.Is(err, errUnframed) && beginsCapture(head) {
			if err = s.join(); err == nil {
				continue
			}
		}
		if fault := s.lose(err); fault != nil {
			return p, fault
		}
		switch {
		case errors.Is(err, errDamaged):
			continue
		case errors.Is(err, errUnframed):
			found, err := s.resume()
			if found {
				continue
			} else if err != nil {
				return p, err
			}
		}
		return p, s.end()
	}
}

// lose counts what is skipped because of a fault. A source that is not lenient
// returns it, and so does one of a file that could not be read.
func (s *source) lose(err error) error {
	fault, ok := errors.AsType[*flow.Fault](err)
	if !s.options.Lenient || !ok || !isDamage(err) {
		return err
	}
	if s.first == nil {
		s.first = fault
	}
	s.report.Lose(fault)
	if s.options.Reject != nil {
		s.options.Reject(fault, "")
	}
	if errors.Is(err, errDamaged) || errors.Is(err, errUnframed) { // and not the end of what was cut
		s.damaged++
	}
	if s.number >= firstRecords && !s.judged {
		s.judged = true
		return s.misread()
	}
	return nil
}

// firstRecords are those of which more than half must be sound.
const firstRecords = 10_000

// misread returns the first fault if more than half of the records are damaged.
func (s *source) misread() error {
	if 2*s.damaged <= s.number {
		return nil
	}
	f := *s.first
	if s.damaged > s.number { // blocks that are no packets, too
		return &f
	}
	f.Err = fmt.Errorf("%w (%d of the first %d packets are damaged)", f.Err, s.damaged, s.number)
	return &f
}

// end judges a file that is too short to have been judged before.
func (s *source) end() error {
	if !s.judged {
		if err := s.misread(); err != nil {
			return err
		}
	}
	return io.EOF
}

// note says what was taken as it was, and what was not looked at.
func (s *source) note() {
	if s.large > 0 {
		s.report.Notes = append(s.report.Notes, fmt.Sprintf("%s of more than %d MB skipped: of a kind that holds no packet", plural.Of(s.large, "block"), maxBlock>>20))
	}
	if s.joints > 0 {
		s.report.Notes = append(s.report.Notes, plural.Of(s.joints, "further capture")+" in the same file: mergecap puts captures together, cat does not")
	}
	if s.excess > 0 {
		s.report.Notes = append(s.report.Notes, plural.Of(s.excess, "packet")+" of which more was captured than there was: all of that is taken")
	}
}

// isDamage tells whether a fault lies in the file, and not in reading it.
func isDamage(err error) bool {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, errDamaged), errors.Is(err, errUnframed), errors.Is(err, errCut):
		return true
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.Is(err, unpack.ErrLimit), errors.As(err, &corrupt):
		return true
	}
	return false
}

// isJoint tells whether another capture begins where a record should, as it does
// where files were put together with cat.
func (s *source) isJoint(head []byte) bool {
	if !magic.IsPcap(head) && !magic.IsPcapng(head) {
		return false
	}
	head, _ = s.peek(pcapHeaderSize)
	return beginsCapture(head)
}

// beginsCapture tells whether a capture begins here: more surely than by its
// first four bytes, which may be a time.
func beginsCapture(head []byte) bool {
	if len(head) < pcapHeaderSize {
		return false
	}
	if magic.IsPcapng(head) {
		order := [4]byte(head[8:12])
		return order == [4]byte{0x1a, 0x2b, 0x3c, 0x4d} || order == [4]byte{0x4d, 0x3c, 0x2b, 0x1a}
	}
	version := [4]byte(head[4:8])
	return magic.IsPcap(head) && (version == [4]byte{2, 0, 4, 0} || version == [4]byte{0, 2, 0, 4})
}

// join goes on with the capture that begins here, if the source is lenient.
func (s *source) join() error {
	if !s.options.Lenient {
		return s.fault(0, errors.New("another capture begins here: mergecap -w NEW.pcap FILE … puts captures together, cat does not"))
	}
	s.joints++
	head, _ := s.peek(pcapHeaderSize)
	return s.begin(head)
}

// resume looks for the next sound record or capture, and tells whether the file
// has one. An error is one of reading.
func (s *source) resume() (found bool, err error) {
	const (
		window = 1 << 20
		kept   = maxPacket + 2*maxHead // what may be needed to judge the record at its beginning
	)
	if s.in.Size() < window {
		s.in = bufio.NewReaderSize(s.in, window)
	}
	s.skip(1)
	data, err := s.peek(s.in.Buffered())
	for {
		for at := range max(0, len(data)-maxHead) {
			if s.format.begins(data, at) || beginsCapture(data[at:]) {
				s.skip(at)
				return true, nil
			}
		}
		if err != nil {
			s.skip(len(data))
			if fault := s.cut(err); !isDamage(fault) {
				return false, fault
			}
			return false, nil
		}
		s.skip(max(0, len(data)-kept))
		data, err = s.peek(window)
	}
}

// maxHead is how many bytes the head of a record has at most.
const maxHead = 32
