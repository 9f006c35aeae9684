package flowlog

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// loseObject enters the object that begins at start as damaged. It goes on
// behind it, if end tells where that is, or else with the next line that
// begins as an object does.
func (j *jsonReader) loseObject(start, end int, err error) error {
	if errors.Is(err, errEnough) || errors.As(err, new(notLost)) {
		return err
	}
	text := ""
	if j.l.options.Reject != nil {
		stop := end
		if stop == 0 {
			stop = len(j.text)
			if n := strings.IndexByte(j.text[start:], '\n'); n >= 0 {
				stop = start + n
			}
		}
		text = j.text[start:stop]
	}
	if err := j.l.lose(j.fault(err), text); err != nil {
		return err
	}
	if end > 0 {
		j.pos = end
		return nil
	}
	j.pos = start // its line may have been cut, and sound ones follow
	return j.toNextObject()
}

// A notLost is an error of a record that may be sound: the reader cannot go on.
type notLost struct{ error }

func (e notLost) Unwrap() error { return e.error }

// toNextObject goes to the next line that begins with { or ends a list.
func (j *jsonReader) toNextObject() error {
	for {
		n := strings.IndexByte(j.text[j.pos:], '\n')
		if n < 0 {
			if j.ended {
				j.pos = len(j.text)
				return firstOf(j.err, io.EOF)
			}
			j.pos = len(j.text)
			if err := j.more(j.pos); err != nil {
				return err
			}
			continue
		}
		j.pos += n + 1
		c, err := j.next()
		if err == nil && c == ',' {
			j.pos++
			c, err = j.next()
		}
		if err != nil || c == '{' || c == ']' {
			j.resumed = true
			return err
		}
	}
}

// checkText returns an error for bytes of an object that are not text.
func (j *jsonReader) checkText(start, end int) error {
	if utf8.ValidString(j.text[start:end]) {
		return nil
	}
	j.pos = start + badByte(j.text[start:end], false)
	return errors.New("bytes that are not UTF-8: want text in UTF-8")
}
