package flowlog

import (
	"encoding/json"
	"errors"
	"strings"
)

// A jsonScanner takes JSON (RFC 8259) apart. Package encoding/json does not
// say in which line and column a value is, takes names in any case, and mends
// text that is not UTF-8; here all three matter.
type jsonScanner struct {
	text string
	pos  int
}

// A jsonValue is a value of an object. Text is that of a string, without
// quotes and escapes, or of a number.
type jsonValue struct {
	kind byte // " for a string, 0 for a number, and t, f, n, { and [ as they begin
	text string
	pos  int
}

// errMore tells that the text ends within a value.
var errMore = errors.New("the file ends in the middle of a JSON value")

// deepest is how far values may be nested.
const deepest = 100

func (s *jsonScanner) space() {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// peek returns the next byte that is not space.
func (s *jsonScanner) peek() (byte, error) {
	s.space()
	if s.pos == len(s.text) {
		return 0, errMore
	}
	return s.text[s.pos], nil
}

// expect takes a byte.
func (s *jsonScanner) expect(c byte, wanted string) error {
	got, err := s.peek()
	if err != nil {
		return err
	}
	if got != c {
		return errors.New("want " + wanted)
	}
	s.pos++
	return nil
}

// A taker takes a member of an object: its name, where that stands, and the
// value.
type taker func(name string, at int, v jsonValue)

// deepestMember is how far members of objects within objects are given out.
const deepestMember = 4

// object takes an object and gives each of its members to take. Those of an
// object within it are named by a path, as id.orig_h.
func (s *jsonScanner) object(depth int, path string, take taker) error {
	if err := s.expect('{', "an object in braces"); err != nil {
		return err
	}
	if c, err := s.peek(); err != nil || c == '}' {
		s.pos++
		return err
	}
	for {
		if c, err := s.peek(); err != nil || c != '"' {
			return firstOf(err, errors.New("want the name of a member, in double quotes"))
		}
		at := s.pos
		name, err := s.str()
		if err != nil {
			return err
		}
		if err := s.expect(':', "a colon between name and value"); err != nil {
			return err
		}
		v, err := s.member(depth+1, path+name, take)
		if err != nil {
			return err
		}
		if take != nil {
			take(path+name, at, v)
		}
		if more, err := s.comma('}'); err != nil || !more {
			return err
		}
	}
}

// member takes the value of a member, and gives out the members that it has
// itself.
func (s *jsonScanner) member(depth int, path string, take taker) (jsonValue, error) {
	if c, err := s.peek(); err != nil || c != '{' || take == nil || depth > deepestMember {
		return s.value(depth)
	}
	v := jsonValue{kind: '{', pos: s.pos}
	return v, s.object(depth, path+".", take)
}

// comma takes a comma or what closes a list, and tells which.
func (s *jsonScanner) comma(closing byte) (more bool, err error) {
	c, err := s.peek()
	if err != nil {
		return false, err
	}
	if c != ',' && c != closing {
		return false, errors.New("want a comma or " + string(closing))
	}
	s.pos++
	return c == ',', nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *jsonScanner) array(depth int) error {
	s.pos++
	if c, err := s.peek(); err != nil || c == ']' {
		s.pos++
		return err
	}
	for {
		if _, err := s.value(depth + 1); err != nil {
			return err
		}
		if more, err := s.comma(']'); err != nil || !more {
			return err
		}
	}
}

func (s *jsonScanner) value(depth int) (jsonValue, error) {
	c, err := s.peek()
	v := jsonValue{kind: c, pos: s.pos}
	switch {
	case err != nil:
	case depth > deepest:
		err = errors.New("values are nested too deep")
	case c == '"':
		v.text, err = s.str()
	case c == '{':
		err = s.object(depth, "", nil)
	case c == '[':
		err = s.array(depth)
	case c == '-' || c >= '0' && c <= '9':
		v.kind = '0'
		v.text, err = s.number()
	case c == 't':
		err = s.literal("true")
	case c == 'f':
		err = s.literal("false")
	case c == 'n':
		err = s.literal("null")
	default:
		err = errors.New("want a JSON value")
	}
	return v, err
}

func (s *jsonScanner) literal(word string) error {
	rest := s.text[s.pos:]
	if strings.HasPrefix(rest, word) {
		s.pos += len(word)
		return nil
	}
	if strings.HasPrefix(word, rest) {
		return errMore
	}
	return errors.New("want " + word)
}

// number takes a number; its grammar has no leading zeros or plus, and no bare
// point.
func (s *jsonScanner) number() (string, error) {
	start := s.pos
	s.accept("-")
	if s.accept("0") == 0 && s.digits() == 0 {
		return "", s.orMore("want a digit")
	}
	if s.accept(".") > 0 && s.digits() == 0 {
		return "", s.orMore("want a digit after the point")
	}
	if s.accept("eE") > 0 {
		s.accept("+-")
		if s.digits() == 0 {
			return "", s.orMore("want a digit in the exponent")
		}
	}
	if s.pos == len(s.text) {
		return "", errMore // it may go on
	}
	return s.text[start:s.pos], nil
}

func (s *jsonScanner) orMore(text string) error {
	if s.pos == len(s.text) {
		return errMore
	}
	return errors.New(text)
}

// accept takes one of the bytes if it is next, and returns how many it took.
func (s *jsonScanner) accept(bytes string) int {
	if s.pos < len(s.text) && strings.IndexByte(bytes, s.text[s.pos]) >= 0 {
		s.pos++
		return 1
	}
	return 0
}

func (s *jsonScanner) digits() int {
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos] >= '0' && s.text[s.pos] <= '9' {
		s.pos++
	}
	return s.pos - start
}

// str takes a string.
func (s *jsonScanner) str() (string, error) {
	start := s.pos
	escaped := false
	for i := start + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.pos = i + 1
			if !escaped {
				return s.text[start+1 : i], nil
			}
			var text string
			if err := json.Unmarshal([]byte(s.text[start:s.pos]), &text); err != nil {
				s.pos = start
				return "", errors.New("a string with an escape that JSON does not have")
			}
			return text, nil
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			s.pos = i
			return "", errors.New("a control character in a string: want it escaped")
		}
	}
	return "", errMore
}
