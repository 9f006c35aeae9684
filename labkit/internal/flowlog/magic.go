package flowlog

import (
	"bytes"
	"encoding/binary"
)

// IsGzip tells whether a file begins as one does that is compressed with gzip.
func IsGzip(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1f\x8b")) }

// IsPcap tells whether a file begins as a pcap capture does that package capture
// reads: with micro- or nanoseconds, in either byte order
// (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html).
func IsPcap(head []byte) bool {
	switch magic(head) {
	case 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1:
		return true
	}
	return false
}

// IsPcapng tells whether a file begins as a pcapng capture does, whatever its
// byte order.
func IsPcapng(head []byte) bool { return magic(head) == 0x0a0d0d0a }

// isCapture tells whether a file begins as any capture does. Package capture
// refuses those of Kuznetzov's variant of pcap.
func isCapture(head []byte) bool {
	const kuznetzov, swapped = 0xa1b2cd34, 0x34cdb2a1
	return IsPcap(head) || IsPcapng(head) || magic(head) == kuznetzov || magic(head) == swapped
}

// magic returns the first four bytes; 0 if there are fewer.
func magic(head []byte) uint32 {
	if len(head) < 4 {
		return 0
	}
	return binary.BigEndian.Uint32(head)
}
