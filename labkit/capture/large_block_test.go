package capture

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"
)

// largeBlock returns a block of no known kind with these bytes in front of zeros;
// its two lengths are right, or off by some bytes.
func largeBlock(begin []byte, off int) []byte {
	const length = maxBlock + 1<<20
	b := make([]byte, length)
	binary.LittleEndian.PutUint32(b, 0xbad)
	binary.LittleEndian.PutUint32(b[4:], uint32(length))
	copy(b[8:], begin)
	binary.LittleEndian.PutUint32(b[length-4:], uint32(length+off))
	return b
}

// A block that is larger than any that is read is skipped with what is in it, and
// the packets behind it are read.
func TestLargeBlocks(t *testing.T) {
	all := calls(6)
	r := asRecords("pcapng", all)
	far := make([]byte, 1<<17) // so far behind the head of a block nobody looks for another
	inside := append(far, slices.Concat(r[1:]...)...)
	for _, test := range []struct {
		name    string
		file    [][]byte
		packets int
		lost    bool
		says    string
	}{
		{"skipped", [][]byte{r[0], r[1], largeBlock(nil, 0), r[2], r[3]}, 3, false, "1 block of more than 16 MB skipped"},
		{"before the first packet", [][]byte{r[0], largeBlock(nil, 0), r[2]}, 1, false, "1 block of more than 16 MB skipped"},
		{"packets within it are none of the file's", [][]byte{r[0], r[1], largeBlock(inside, 0), r[2]}, 2, false, "1 block of more than 16 MB skipped"},
		{"its end is damaged", [][]byte{r[0], r[1], largeBlock(nil, 4), r[2], r[3]}, 3, true, "does not end as it begins"},
		{"its length is damaged, as a block begins soon", [][]byte{r[0], r[1], {0xad, 0xb, 0, 0, 0, 0, 0, 0x70}, r[2], r[3]}, 3, true, "a block of an impossible length"},
		{"it is cut", [][]byte{r[0], r[1], largeBlock(nil, 0)[:maxBlock]}, 1, true, "it was cut"},
	} {
		table, err := ReadTable(bytes.NewReader(slices.Concat(test.file...)), "a.pcapng", lenient)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if r := table.Report; r.Packets != test.packets || r.Incomplete() != test.lost || !strings.Contains(r.String(), test.says) {
			t.Errorf("%s: %v: want %d packets, and %q", test.name, r, test.packets, test.says)
		}
	}
}

// A file of which more blocks are damaged than it has packets is not judged by
// packets that it does not have.
func TestDamageWithoutPackets(t *testing.T) {
	file := append(pcapngFile(layers.LinkTypeRaw, binary.LittleEndian, nil), 6, 0, 0, 0, 0, 0, 0, 0x70, 0, 0, 0, 0)
	interfaces := pcapngWriter{order: binary.LittleEndian} // whose descriptions are too short
	interfaces.section()
	for range 3 {
		interfaces.block(blockInterface, uint32(0))
	}
	for _, file := range [][]byte{file, append(asRecords("pcapng", nil)[0], largeBlock(nil, 4)...), append(interfaces.Bytes(), asRecords("pcapng", calls(1))[1]...)} {
		_, err := ReadTable(bytes.NewReader(file), "a.pcapng", lenient)
		if err == nil || strings.Contains(err.Error(), "first 0 packets") || strings.Contains(err.Error(), "3 of the first") {
			t.Errorf("error is %v: want what is damaged, without a count of no packets", err)
		}
	}
}
