// Package magic tells what a file is by its first bytes.
package magic

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// IsGzip tells whether a file begins as one does that is compressed with gzip.
func IsGzip(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1f\x8b")) }

// IsPcap tells whether a file begins as a pcap capture, with micro- or
// nanoseconds, in either byte order
// (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html).
func IsPcap(head []byte) bool {
	switch number(head) {
	case 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1:
		return true
	}
	return false
}

// IsPcapng tells whether a file begins as a pcapng capture, whatever its byte
// order.
func IsPcapng(head []byte) bool { return number(head) == 0x0a0d0d0a }

// IsCapture tells whether a file begins as a capture of packets, in a format that
// package capture reads or that it knows by name.
func IsCapture(head []byte) bool {
	return IsPcap(head) || IsPcapng(head) || ForeignCapture(head) != ""
}

// ForeignCapture says of a file that begins as a capture in another format which
// that is, and how to turn it into pcap; otherwise it returns "". The first bytes
// are those by which file(1) and the readers of Wireshark's wiretap know them.
func ForeignCapture(head []byte) string {
	const mend = ": editcap -F pcap FILE NEW.pcap turns it into pcap"
	switch number(head) {
	case 0xa1b2cd34, 0x34cdb2a1:
		return "this is pcap as Alexey Kuznetzov's libpcap wrote it, with longer packet headers" + mend
	}
	switch {
	case bytes.HasPrefix(head, []byte("snoop\x00\x00\x00")):
		return "this is a capture of snoop, as Solaris writes it" + mend
	case bytes.HasPrefix(head, []byte("RTSS")), bytes.HasPrefix(head, []byte("GMBU")):
		return "this is a capture of Microsoft Network Monitor" + mend
	case bytes.HasPrefix(head, []byte("TRSNIFF data")), bytes.HasPrefix(head, []byte("XCP\x00")):
		return "this is a capture of the Sniffer of Network General" + mend
	}
	return ""
}

// packers are programs whose files are not unpacked here.
var packers = []struct{ magic, name, command string }{
	{"BZh", "bzip2", "bzcat"},
	{"\xfd7zXZ\x00", "xz", "xzcat"},
	{"\x28\xb5\x2f\xfd", "zstd", "zstdcat"},
	{"\x04\x22\x4d\x18", "lz4", "lz4cat"},
}

// Packed says of a file that is packed, but not with gzip, by which program that
// is and how to unpack it; otherwise it returns "".
func Packed(head []byte) string {
	for _, p := range packers {
		if bytes.HasPrefix(head, []byte(p.magic)) {
			return fmt.Sprintf("this is %s: unpack it with %s -d FILE, or hand on what it holds: %s FILE | lab flows -", p.name, p.name, p.command)
		}
	}
	return ""
}

// number returns the first four bytes; 0 if there are fewer.
func number(head []byte) uint32 {
	if len(head) < 4 {
		return 0
	}
	return binary.BigEndian.Uint32(head)
}
