package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
)

var lenient = flow.ReadOptions{Lenient: true}

// calls returns packets of different flows, one each, a second apart.
func calls(n int) []frame {
	var all []frame
	for i := range n {
		all = append(all, talk(fmt.Sprintf("10.0.0.1:%d", 4000+i), "10.0.0.2:9").udp(float64(i), true, bytes.Repeat([]byte{byte(i)}, 30+i)).frames...)
	}
	return all
}

// A capture as records, of which the first is the header.
type records [][]byte

func (r records) file() []byte { return slices.Concat(r...) }

// asRecords writes each packet apart.
func asRecords(format string, all []frame) records {
	write := func(some []frame) []byte {
		switch format {
		case "pcap":
			return pcapFile(layers.LinkTypeRaw, binary.BigEndian, false, some)
		}
		return pcapngFile(layers.LinkTypeRaw, binary.LittleEndian, some)
	}
	r := records{write(nil)}
	for i := range all {
		r = append(r, write(all[i : i+1])[len(r[0]):])
	}
	return r
}

// Wherever a capture is damaged, the packets before and behind are read: it gives
// the flows of the file without the records that were damaged, and says where
// they were.
func TestDamage(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	garbage := func(n int) []byte {
		b := make([]byte, n)
		random.Read(b)
		return b
	}
	const n = 12
	all := calls(n)
	for _, format := range []string{"pcap", "pcapng"} {
		sound := asRecords(format, all)
		for at := 1; at <= n; at++ {
			for name, damage := range map[string]func([]byte) []byte{
				"cut in the head":  func(r []byte) []byte { return r[:7] },
				"cut in the body":  func(r []byte) []byte { return r[:len(r)-11] },
				"a length of 2^31": func(r []byte) []byte { return withAll(r, format, 1<<31) },
				"a length of 0":    func(r []byte) []byte { return append(make([]byte, 16), r[16:]...) },
				"garbage":          func(r []byte) []byte { return garbage(len(r)) },
				"much garbage":     func([]byte) []byte { return garbage(3 << 20) },
				"zeros":            func(r []byte) []byte { return make([]byte, 5000) },
			} {
				if name == "much garbage" && at%5 != 1 { // which takes long
					continue
				}
				damaged := slices.Clone(sound)
				damaged[at] = damage(bytes.Clone(sound[at]))
				want := tableOf(t, slices.Delete(slices.Clone(sound), at, at+1).file(), flow.ReadOptions{})
				got := tableOf(t, damaged.file(), lenient)
				// A record that is cut may take the next one with it.
				if missing := lacking(want, got); missing > 1 || len(portsOf(got)) > n {
					t.Errorf("%s, packet %d, %s: %v, want %v: %v", format, at, name, portsOf(got), portsOf(want), got.Report)
				}
				places := fmt.Sprintf(`\(test:(%d|%d|%d):`, at-1, at, at+1) // what follows a record that is cut is read as its end
				if !regexp.MustCompile(places).MatchString(got.Report.String()) {
					t.Errorf("%s, packet %d, %s: said %v", format, at, name, got.Report)
				}
				if _, err := ReadTable(bytes.NewReader(damaged.file()), "test", flow.ReadOptions{}); err == nil {
					t.Errorf("%s, packet %d, %s: a strict reader takes it", format, at, name)
				}
			}
		}
	}
}

// withAll writes a number into the lengths of a record.
func withAll(r []byte, format string, v uint32) []byte {
	if format == "pcap" {
		binary.BigEndian.PutUint32(r[8:], v)
		binary.BigEndian.PutUint32(r[12:], v)
	} else {
		binary.LittleEndian.PutUint32(r[4:], v)
	}
	return r
}

func portsOf(table *flow.Table) []int {
	var all []int
	for _, f := range table.All() {
		all = append(all, f.SrcPort)
	}
	return all
}

// lacking returns how many of the wanted flows are not there.
func lacking(want, got *flow.Table) int {
	have, n := portsOf(got), 0
	for _, p := range portsOf(want) {
		if !slices.Contains(have, p) {
			n++
		}
	}
	return n
}

// A capture that ends anywhere, packed or not, gives the flows of its whole part.
func TestCut(t *testing.T) {
	all := calls(8)
	for _, format := range []string{"pcap", "pcapng"} {
		sound := asRecords(format, all)
		file, whole := sound.file(), 0
		for n := range len(file) {
			for whole < len(all) && n >= len(records(sound[:whole+2]).file()) {
				whole++
			}
			table, err := ReadTable(bytes.NewReader(file[:n]), "test", lenient)
			if whole == 0 {
				if err == nil {
					t.Errorf("%s of %d bytes: %v", format, n, table.Report)
				}
				continue
			}
			if err != nil || table.Len() != whole {
				t.Fatalf("%s of %d bytes: %v, error %v, want %d flows", format, n, table, err, whole)
			}
			if atEnd := n == len(records(sound[:whole+1]).file()); table.Report.Incomplete() == atEnd {
				t.Errorf("%s of %d bytes: %v", format, n, table.Report)
			}
		}
		z := packed(slices.Concat(file, pcapngFile(layers.LinkTypeRaw, binary.LittleEndian, nil)))
		for n := 20; n < len(z); n++ {
			if table, err := ReadTable(bytes.NewReader(z[:n]), "test", lenient); err == nil && !table.Report.Incomplete() {
				t.Errorf("%s, %d of %d bytes packed: %v", format, n, len(z), table.Report)
			}
		}
	}
}

// More than half of the packets damaged: the file is misread, and refused.
func TestMostlyDamaged(t *testing.T) {
	sound := asRecords("pcap", calls(9))
	for at := 1; at < len(sound); at++ {
		binary.BigEndian.PutUint32(sound[at][4:], 2_000_000) // microseconds
		table, err := ReadTable(bytes.NewReader(sound.file()), "test", lenient)
		if refused := at > 4; (err != nil) != refused {
			t.Errorf("%d of 9 damaged: error %v", at, err)
		} else if !refused && table.Report.Lost[0].N != at {
			t.Errorf("%d of 9 damaged: %v", at, table.Report)
		}
	}
}

// A disk that breaks is no damage of the file.
func TestLenientPassesFaultsOn(t *testing.T) {
	sound := asRecords("pcap", calls(9))
	copy(sound[5], "garbage, no packet")
	for _, n := range []int{300, 450, len(sound.file())} {
		_, err := ReadTable(io.MultiReader(bytes.NewReader(sound.file()[:n]), brokenReader{}), "test", lenient)
		if err == nil || !strings.Contains(err.Error(), "the disk is broken") {
			t.Errorf("after %d bytes: error %v", n, err)
		}
	}
}

// What is skipped is handed over.
func TestReject(t *testing.T) {
	sound := asRecords("pcap", calls(9))
	binary.BigEndian.PutUint32(sound[3][4:], 2_000_000)
	var rejected []string
	o := flow.ReadOptions{Lenient: true, Reject: func(f *flow.Fault, _ string) { rejected = append(rejected, f.Error()) }}
	tableOf(t, sound.file(), o)
	if got, want := fmt.Sprint(rejected), "[test:3:177: 2000000 in a second that has 1000000: want no more]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Packets that have no time give flows without: not such of 1970.
func TestWithoutTime(t *testing.T) {
	w := &pcapngWriter{order: binary.LittleEndian}
	w.section()
	w.describe(layers.LinkTypeRaw)
	for _, f := range calls(3) {
		w.block(blockSimple, uint32(f.wire), f.data)
	}
	table := tableOf(t, w.Bytes(), flow.ReadOptions{})
	for _, f := range table.All() {
		if f.TS == f.TS || f.Duration == f.Duration || f.PacketsSent != 1 {
			t.Errorf("%+v", f)
		}
	}
	if !strings.Contains(table.Report.String(), "3 packets without a time") {
		t.Error(table.Report)
	}
}

// Garbage in which each byte seems to begin a record takes no more work than its
// size: what is looked at again is bounded.
func TestResumeIsLinear(t *testing.T) {
	head := binary.BigEndian.AppendUint32(nil, uint32(at(0).Unix()))
	head = append(head, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 4, 1, 2, 3, 4)
	bad := bytes.Repeat([]byte{0xff}, 20)
	file := slices.Concat(asRecords("pcap", calls(100)).file(), bytes.Repeat(slices.Concat(head, head, bad), 30_000))
	in := &countingReader{r: bytes.NewReader(file)}
	if n := allocated(func() {
		_, err := ReadTable(in, "test", lenient)
		if err != nil {
			t.Error(err)
		}
	}); n > atMost(len(file)) {
		t.Errorf("%d bytes allocated for %d", n, len(file))
	}
	if in.calls > len(file)/1000+100 {
		t.Errorf("%d reads of %d bytes", in.calls, len(file))
	}
}

type countingReader struct {
	r     *bytes.Reader
	calls int
}

func (c *countingReader) Read(p []byte) (int, error) {
	c.calls++
	return c.r.Read(p)
}

// A lenient reader breaks on nothing, counts each packet once, and reads of a
// sound file what a strict one does.
func FuzzLenient(f *testing.F) {
	for _, format := range []string{"pcap", "pcapng"} {
		sound := asRecords(format, calls(5))
		f.Add(sound.file())
		f.Add(slices.Concat(sound.file(), []byte("garbage"), records(sound[1:]).file()))
		f.Add(slices.Concat(sound.file(), sound.file()))
	}
	files, _ := filepath.Glob("testdata/*.pcap*")
	for _, path := range files {
		f.Add(testFile(f, filepath.Base(path)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got *flow.Table
		var err error
		n := allocated(func() { got, err = ReadTable(bytes.NewReader(data), "test", lenient) })
		if size := unpackedSize(data); n > atMost(size)+3<<20 { // and the window in which it looks for records
			t.Fatalf("%d bytes allocated for %d", n, size)
		}
		want, strictErr := ReadTable(bytes.NewReader(data), "test", flow.ReadOptions{})
		switch {
		case strictErr == nil && (err != nil || got.Report.String() != want.Report.String()):
			t.Fatalf("%v, error %v, want %v", got, err, want.Report)
		case err == nil:
			countOnce(t, got.Report)
		}
	})
}
