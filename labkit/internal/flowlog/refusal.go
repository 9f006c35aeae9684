package flowlog

import (
	"bytes"
	"errors"

	"flowlab/labkit/internal/magic"
)

// ErrCapture tells that a file holds packets, not flows.
var ErrCapture = errors.New("this is a packet capture: read it with capture.Read of flowlab/labkit/capture")

// foreign are formats that learners come with, and what to do about them.
var foreign = []struct{ magic, advice string }{
	{"\xff\xfe", "this is text in UTF-16: save it as UTF-8"},
	{"\xfe\xff", "this is text in UTF-16: save it as UTF-8"},
	{"\x1f\x8b", "this is gzip within gzip: unpack it once"},
	{"PK\x03\x04", "this is a zip archive (or a spreadsheet): unpack it, or save it as CSV"},
	{"7z\xbc\xaf\x27\x1c", "this is a 7z archive: unpack it"},
	{"Rar!\x1a\x07", "this is a RAR archive: unpack it"},
	{"\x00\x00\x00\x05", "these are datagrams of sFlow, which has packets that were sampled and no flows: turn them into NetFlow with sflowtool"},
	{"PAR1", "this is Parquet: save it as CSV"},
	{"\x0c\xa5", "this is a file of nfdump: write its flows with nfdump -r FILE -o csv"},
	{"\xa5\x0c", "this is a file of nfdump: write its flows with nfdump -r FILE -o csv"},
}

// tarMagic is where POSIX puts the magic of a tar archive, behind the name of the
// first file and what is known of it.
const tarMagic = 257

// refusal returns why a file that begins so is not read, or nil.
func refusal(head []byte) error {
	if magic.IsCapture(head) {
		return ErrCapture
	}
	if advice := magic.Packed(head); advice != "" {
		return errors.New(advice)
	}
	if len(head) >= tarMagic+5 && string(head[tarMagic:tarMagic+5]) == "ustar" {
		return errors.New("this is a tar archive: unpack it")
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return errors.New(f.advice)
		}
	}
	if i := bytes.IndexByte(head, 0); i >= 0 {
		if i <= 1 && len(head) > 3 && head[i+2] == 0 && head[1-i] >= '\t' {
			return errors.New("this looks like text in UTF-16: save it as UTF-8")
		}
		isStrange := func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0xfffd }
		strange, line := bytes.IndexFunc(head, isStrange), bytes.IndexByte(head, '\n')
		if i > 0 && i == strange || line > 0 && line < strange {
			return nil // text with a NUL, which is reported where it is
		}
		return errors.New("neither text nor NetFlow datagrams: " + wanted())
	}
	return nil
}
