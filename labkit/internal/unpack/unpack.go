// Package unpack opens what may be packed with gzip, and says in words why a file
// could not be read on.
package unpack

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"syscall"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
)

// ratioFrom is from which size on the ratio of unpacked to packed bytes counts.
const ratioFrom = 16 << 20

// ErrLimit tells that a file becomes larger than [flow.Limits] allow.
var ErrLimit = errors.New("the compressed file becomes too large when it is unpacked")

// Reader returns what r holds, unpacked if it begins as gzip does, and whether it
// was packed. Reading it ends with ErrLimit where a limit is passed.
func Reader(r *bufio.Reader, limits flow.Limits) (unpacked *bufio.Reader, packed bool, err error) {
	if head, _ := r.Peek(2); !magic.IsGzip(head) {
		return r, false, nil
	}
	in := &counter{r: r}
	z, err := gzip.NewReader(in)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, true, err
	}
	return bufio.NewReaderSize(&limited{z: z, in: in, limits: limits.Resolved()}, 1<<16), true, nil
}

// A counter counts the bytes that are taken from a reader. It is an
// io.ByteReader, so that gzip takes no more of them than it needs.
type counter struct {
	r *bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// A limited reader unpacks until a limit is passed.
type limited struct {
	z      *gzip.Reader
	in     *counter
	limits flow.Limits
	n      int64 // bytes unpacked
}

func (l *limited) Read(p []byte) (int, error) {
	most, ratio := l.limits.Unpacked, int64(l.limits.Ratio)
	switch {
	case most > 0 && l.n > most:
		return 0, fmt.Errorf("%w: more than %d bytes", ErrLimit, most)
	case ratio > 0 && l.n > ratioFrom && l.n/ratio > l.in.n:
		return 0, fmt.Errorf("%w: more than %d times its size", ErrLimit, ratio)
	}
	n, err := l.z.Read(p)
	l.n += int64(n)
	return n, err
}

// Explain says what it means that a file could not be read on; want says what
// should be read instead of a directory.
func Explain(err error, want string) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the compressed file ends in the middle: it is cut off")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return fmt.Errorf("%w: the compressed file is damaged", err)
	case errors.Is(err, syscall.EISDIR):
		return errors.New("this is a directory: " + want)
	}
	return err
}
