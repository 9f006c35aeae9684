package capture

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
)

// emptyPcap is that of an empty capture, little-endian.
func emptyPcap(link layers.LinkType) []byte {
	return pcapFile(link, binary.LittleEndian, false, nil)
}

// words are 32-bit numbers, little-endian.
func words(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestReadRefuses(t *testing.T) {
	one := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, []byte("one"))
	pcap, ng := one.raw(), pcapngFile(layers.LinkTypeRaw, binary.LittleEndian, one.frames)
	section := func(blocks ...func(*pcapngWriter)) []byte {
		w := &pcapngWriter{order: binary.LittleEndian}
		w.section()
		for _, b := range blocks {
			b(w)
		}
		return w.Bytes()
	}
	iface := func(w *pcapngWriter) { w.describe(layers.LinkTypeRaw) }
	option := func(parts ...any) func(*pcapngWriter) {
		return func(w *pcapngWriter) {
			w.block(blockInterface, append([]any{[2]uint16{uint16(layers.LinkTypeRaw), 0}, uint32(0)}, parts...)...)
		}
	}
	block := func(kind uint32, parts ...any) func(*pcapngWriter) {
		return func(w *pcapngWriter) { w.block(kind, parts...) }
	}
	gz := packed(pcap)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "test:0:0: the file is empty: want a capture"},
		{"text", []byte("ts,src_ip\n1,2\n"), `test:0:0: it begins with "ts,s": want a capture`},
		{"two bytes", pcap[:2], "test:0:0: it begins with"},
		{"old magic", words(0xa1b2cd34, 0), "test:0:0: this is pcap as Alexey Kuznetzov's libpcap wrote it"},
		{"Network Monitor", []byte("GMBU\x00\x02\x01\x00"), "test:0:0: this is a capture of Microsoft Network Monitor: editcap"},
		{"zstd", []byte("\x28\xb5\x2f\xfd\x00\x00\x00\x00"), "test:0:0: this is zstd: unpack it with zstd -d FILE"},
		{"header cut", pcap[:20], "test:0:0: the file ends here, within a record"},
		{"version", join(words(0xa1b2c3d4), []byte{9, 0, 4, 0}, make([]byte, 16)), "want pcap 2.4"},
		{"link type", emptyPcap(layers.LinkTypeLinuxUSB), "test:0:20: the packets are of link type 220 (USB), which is not read: want Ethernet"},
		{"unknown link type", emptyPcap(147), "link type 147 (no name known here), which is not read"},
		{"no packets", emptyPcap(layers.LinkTypeRaw), "test:0:0: the capture has no packets"},
		{"record cut", pcap[:30], "test:1:24: the file ends here"},
		{"record without data", pcap[:40], "test:1:24: the file ends here"},
		{"packet cut", pcap[:len(pcap)-1], "test:1:24: the file ends here"},
		{"second packet cut", append(bytes.Clone(pcap), pcap[24:60]...), "test:2:"},
		{"absurd length", join(emptyPcap(layers.LinkTypeRaw), words(0, 0, 0xffffffff, 0xffffffff)), "test:1:32: 4294967295 bytes captured: want at most 262144"},
		{"more than there was", join(emptyPcap(layers.LinkTypeRaw), words(0, 0, 20, 10), make([]byte, 20)), "test:1:32: 20 bytes captured of a packet of 10"},
		{"fraction of a second", join(emptyPcap(layers.LinkTypeRaw), words(0, 1_000_001, 20, 20), make([]byte, 20)), "test:1:28: 1000001 in a second that has 1000000: want no more"},
		{"no flows", pcapFile(layers.LinkTypeEthernet, binary.LittleEndian, false, []frame{{at(0), 20, append(make([]byte, 12), 8, 6, 0, 0, 0, 0, 0, 0)}}), "test:1:0: no flows in 1 packet, 1 ARP: want"},
		{"gzip header", []byte("\x1f\x8bnot packed"), "test:0:0: the file begins as gzip does, but is not: "},
		{"gzip header cut", gz[:8], "test:0:0: the file begins as gzip does, but is not: the compressed file ends in the middle"},
		{"gzip cut", gz[:len(gz)-9], "the file ends here, within a record"},
		{"gzip checksum cut", gz[:len(gz)-3], "the file ends here, within a record"},
		{"gzip checksum", append(bytes.Clone(gz[:len(gz)-8]), 1, 2, 3, 4, 5, 6, 7, 8), "the compressed file is damaged"},
		{"gzip, more behind", append(bytes.Clone(gz), "more"...), "test:2:"},

		{"section cut", ng[:11], "test:0:0: the file ends here"},
		{"section body cut", ng[:20], "test:0:0: the file ends here"},
		{"byte order", join(words(0x0a0d0d0a, 28, 0x01020304), make([]byte, 16)), "test:0:8: the byte-order magic is 04030201: want 1a2b3c4d"},
		{"short section", join(words(0x0a0d0d0a, 16, 0x1a2b3c4d, 16)), "test:0:8: a section header of 4 bytes: want at least 16"},
		{"section version", section(block(blockSection, uint32(0x1a2b3c4d), [2]uint16{2, 1}, int64(-1))), "test:0:40: pcapng version 2.1: want 1.0"},
		{"block length 0", join(section(), words(6, 0, 0, 0)), "test:1:32: a block of 0 bytes: want a multiple of 4, 12 to 16777216"},
		{"block length 13", join(section(), words(6, 13, 0, 0)), "a block of 13 bytes"},
		{"block length absurd", join(section(), words(6, 0xfffffff0, 0, 0)), "a block of 4294967280 bytes"},
		{"block lengths differ", join(section(), words(9, 16, 0, 20)), "test:0:40: the block ends with length 20: want 16"},
		{"block cut", ng[:len(ng)-1], "test:1:"},
		{"interfaces", section(func(w *pcapngWriter) {
			for range maxInterfaces + 1 {
				w.block(blockInterface, [2]uint16{1, 0}, uint32(0))
			}
		}), "interface 65537 of a section: want at most 65536"},
		{"short interface", section(block(blockInterface, uint32(1))), "an interface block of 4 bytes"},
		{"interface link type", section(block(blockInterface, [2]uint16{220, 0}, uint32(0)), block(blockSimple, uint32(4), uint32(0))), "test:1:0: no flows in 1 packet, 1 of link type 220 (USB), which is not read: want"},
		{"option too long", section(option([2]uint16{9, 40}, uint32(0))), "an option of 40 bytes: want at most the 4"},
		{"resolution", section(option([2]uint16{9, 1}, [4]byte{20})), "time resolution is 0x14: want up to"},
		{"binary resolution", section(option([2]uint16{9, 1}, [4]byte{0xc0})), "time resolution is 0xc0: want up to"},
		{"resolution size", section(option([2]uint16{9, 2}, [4]byte{6})), "option 9 has 2 bytes: want 1"},
		{"offset size", section(option([2]uint16{14, 4}, [4]byte{6})), "option 14 has 4 bytes: want 1 for the time resolution, 8"},
		{"no interface", section(block(blockEnhanced, uint32(0), uint64(0), uint64(0))), "test:1:36: a packet of an interface that no block before it describes: 0, of 0"},
		{"interface number", section(iface, block(blockEnhanced, uint32(0xffffffff), uint64(0), uint64(0))), "4294967295, of 1"},
		{"short packet block", section(iface, block(blockEnhanced, uint32(0))), "a packet block of 4 bytes: want at least 20"},
		{"captured beyond block", section(iface, block(blockEnhanced, uint32(0), uint64(0), uint32(21), uint32(21), [20]byte{})), "21 bytes captured: want at most 20"},
		{"captured beyond packet", section(iface, block(blockEnhanced, uint32(0), uint64(0), uint32(20), uint32(19), [20]byte{})), "20 bytes captured of a packet of 19"},
		{"simple beyond block", section(iface, block(blockSimple, uint32(50), [20]byte{})), "50 bytes captured: want at most 20"},
		{"time", section(iface, block(blockEnhanced, uint32(0), uint32(0xffffffff), uint32(0), uint32(4), uint32(4), uint32(0))), "the time is not between 1970 and 2242"},
		{"time offset", section(option([2]uint16{14, 8}, int64(-5)), block(blockEnhanced, uint32(0), uint64(0), uint32(4), uint32(4), uint32(0))), "the time is not between"},
	} {
		flows, _, err := ReadFrom(bytes.NewReader(c.data), "test", flow.ReadOptions{})
		if err == nil || !strings.HasPrefix(err.Error(), "capture: Read: test:") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %q, want %q in it", c.name, err, c.want)
		}
		if flows.Ncol() != 0 {
			t.Errorf("%s: %d columns with an error: want none", c.name, flows.Ncol())
		}
	}
}

func TestReadOfNoFile(t *testing.T) {
	folder := t.TempDir()
	for _, path := range []string{folder, folder + "/nothing.pcap"} {
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one that names it", path, err)
		}
	}
}

// A fault in reading is passed on, with where it happened.
func TestReadPassesFaultsOn(t *testing.T) {
	data := sampleBytes(t, "irc.pcap")
	_, _, err := ReadFrom(io.MultiReader(bytes.NewReader(data[:3000]), brokenReader{}), "disk", flow.ReadOptions{})
	if err == nil || !strings.Contains(err.Error(), "the disk is broken") || !strings.HasPrefix(err.Error(), "capture: Read: disk:") {
		t.Errorf("error %v", err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

var errBroken = &flow.Fault{File: "the disk is broken"}

// Whatever the bytes are, they are refused with one error or read such that
// each packet is counted once; and what is allocated follows their number: no
// length in them reserves memory that is not filled.
func FuzzRead(f *testing.F) {
	call := talk("10.0.0.1:4000", "10.0.0.2:80")
	call.tcp(0, true, "S", 1, 0, 0).tcp(0.1, false, "SA", 9, 2, 0).tcp(0.2, true, "A", 2, 10, 5).tcp(0.3, false, "FA", 10, 7, 0).tcp(0.4, true, "R", 7, 0, 0)
	f.Add(call.raw())
	f.Add(pcapngFile(layers.LinkTypeRaw, binary.BigEndian, call.frames))
	f.Add(packed(call.raw()))
	f.Add(emptyPcap(layers.LinkTypeIEEE80211Radio))
	for _, name := range []string{"irc.pcap", "smtp.pcap"} {
		f.Add(sampleBytes(f, name)[:3000])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var flows dataframe.DataFrame
		var report flow.Report
		var err error
		n := allocated(func() { flows, report, err = ReadFrom(bytes.NewReader(data), "test", flow.ReadOptions{}) })
		if size := unpackedSize(data); n > atMost(size) {
			t.Fatalf("%d bytes allocated for %d", n, size)
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "capture: Read: test:") || flows.Ncol() != 0 {
				t.Fatalf("%d columns with error %q", flows.Ncol(), err)
			}
			return
		}
		checkReport(t, flows, report)
	})
}

// unpackedSize returns how many bytes a capture has when it is unpacked, as far as
// that goes.
func unpackedSize(data []byte) int {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return len(data)
	}
	n, _ := io.Copy(io.Discard, z)
	return len(data) + int(n)
}

// A packet of any link type and content is counted once and breaks nothing.
func FuzzPacket(f *testing.F) {
	for _, name := range []string{"smtp.pcap", "dhcp-flood.pcap"} {
		for _, p := range frames(f, name)[:5] {
			f.Add(uint16(layers.LinkTypeEthernet), p.data)
		}
	}
	for _, c := range tunnels() {
		f.Add(uint16(c.link), c.wrap(ipPacket("10.0.0.1", "10.0.0.2", layers.IPProtocolUDP, &layers.UDP{SrcPort: 5, DstPort: 9})))
	}
	f.Fuzz(func(t *testing.T, link uint16, data []byte) {
		if linkDecoder(layers.LinkType(link)) == nil || len(data) > maxPacket {
			return
		}
		d, n := testDecoder(), 0
		d.over = func(*liveFlow) { n++ }
		size := allocated(func() {
			for i := range 3 {
				d.packet(capturedPacket{link: layers.LinkType(link), ts: int64(i) * 1e9, wire: len(data), data: data})
			}
		})
		if size > atMost(3*len(data)) {
			t.Errorf("%d bytes allocated for a packet of %d", size, len(data))
		}
		d.finish()
		if n != d.begun {
			t.Errorf("%d of %d flows ended", n, d.begun)
		}
		countOnce(t, d.report)
	})
}
