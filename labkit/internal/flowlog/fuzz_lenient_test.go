package flowlog

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// flowsOf returns the flows of a file as text, whatever share of it is damaged.
func flowsOf(text string, o flow.ReadOptions) (rows []string, err error) {
	in := &input{r: bufio.NewReader(strings.NewReader(text)), name: "flows", ledger: newLedger(o)}
	in.ledger.emit = func(c *flow.Columns) error {
		for i := range c.Len {
			f := c.Flow(i)
			f.Origin = flow.Origin{}
			rows = append(rows, fmt.Sprint(f))
		}
		return nil
	}
	return rows, in.read()
}

// textFormats returns, of each format of lines, a sound file: how many of its
// lines are the header, and the lines.
func textFormats(tb testing.TB) map[string][]string {
	formats := map[string][]string{
		"flow CSV":   strings.SplitAfter(csvHead+csvRow+csvRow, "\n"),
		"nfdump CSV": strings.SplitAfter(nfdump172+nfRow+nfRow, "\n"),
		"CIC":        strings.SplitAfter(cicHead+"80,1,1,1,1,1,03/07/2017 08:55:58,6\n80,-1,1,1,1,1,,6\n", "\n"),
		"UGR":        {"2016-07-27 13:43:25,0.5,10.0.0.1,10.0.0.2,53,1024,UDP,.A....,0,0,2,209,background\n"},
		"Zeek JSON":  strings.SplitAfter(zJSON+zJSON, "\n"),
	}
	for _, name := range []string{"c01_cicflowmeter_python.csv", "c06_unsw_nb15.csv", "c07_nf_uq_nids_v2.csv", "c08_ctu13.binetflow", "c10_aws_vpc_flow.log", "c11_suricata_eve.json", "c14_nfstream.csv", "d13_cidds001.csv", "z10_filebeat_zeek_ecs.json", "z12_zeek_ip_proto.log"} {
		data, err := os.ReadFile(filepath.Join("testdata", "handed", name))
		if err != nil {
			tb.Fatal(err)
		}
		formats[name] = strings.SplitAfter(string(data), "\n")
	}
	return formats
}

// headOf returns the lines by which a format is told: a header, or as JSON has
// none, a record.
func headOf(lines []string) string {
	head := 1
	for strings.HasPrefix(lines[head-1], "#") && strings.HasPrefix(lines[head], "#") {
		head++
	}
	return strings.Join(lines[:head], "")
}

// A lenient reader never panics, and what it reads from a damaged file is what a
// reader finds in each of its lines by itself: no line costs another one. Where a
// strict reader finds no fault, it reads the same.
func FuzzLenient(f *testing.F) {
	formats := textFormats(f)
	for name, lines := range formats {
		rows := strings.Join(lines[strings.Count(headOf(lines), "\n"):], "")
		f.Add(name, rows)
		f.Add(name, "x\n"+rows+rows[:len(rows)/2]+"\n"+rows)
		f.Add(name, strings.Replace(rows, ",", ",,", 1)+"\x00\n\xff\n\n"+rows)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		lines, ok := formats[name]
		if !ok || strings.Contains(text, `"`) && !strings.HasPrefix(lines[0], "{") || strings.HasPrefix(text, "#") || strings.Contains(text, "\n#") {
			return // values over several lines, and other headers, are for other tests
		}
		for _, summary := range []string{"Summary", "No matched"} {
			if strings.Contains(text, summary) {
				return
			}
		}
		head := headOf(lines)
		begun, err := flowsOf(head, lenient)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := flowsOf(head+text+"\n", lenient)
		if err != nil {
			t.Fatalf("%s: %q: %v", name, text, err)
		}
		want := begun
		for line := range strings.SplitSeq(text, "\n") {
			alone, err := flowsOf(head+line+"\n", lenient)
			if err != nil {
				t.Fatalf("%s: %q: %v", name, line, err)
			}
			want = append(want, alone[len(begun):]...)
		}
		isJSON := strings.HasPrefix(head, "{") // an object may go over several lines
		if fmt.Sprint(whole) != fmt.Sprint(want) && !isJSON {
			t.Fatalf("%s: %q gives\n%s\nwant\n%s", name, text, strings.Join(whole, "\n"), strings.Join(want, "\n"))
		}
		if strict, err := flowsOf(head+text+"\n", flow.ReadOptions{}); err == nil && fmt.Sprint(strict) != fmt.Sprint(whole) {
			t.Fatalf("%s: %q gives\n%s\na strict reader\n%s", name, text, strings.Join(whole, "\n"), strings.Join(strict, "\n"))
		}
	})
}

// Where a strict reader finds no fault in datagrams, a lenient one reads the same;
// and of a file that is cut, the flows before the cut.
func FuzzLenientNetFlow(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("testdata", "handed", "n*.bin"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(names, filepath.Join("testdata", "netflow5.bin")) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), uint16(len(data)/2))
	}
	f.Fuzz(func(t *testing.T, data string, cut uint16) {
		if !isNetFlow([]byte(data)) {
			return
		}
		whole, lenientErr := flowsOf(data, lenient)
		if lenientErr != nil {
			t.Fatalf("%q: %v", data, lenientErr)
		}
		strict, err := flowsOf(data, flow.ReadOptions{})
		if err != nil {
			return
		}
		if fmt.Sprint(strict) != fmt.Sprint(whole) {
			t.Fatalf("%q gives\n%s\na strict reader\n%s", data, strings.Join(whole, "\n"), strings.Join(strict, "\n"))
		}
		part, err := flowsOf(data[:min(int(cut), len(data))], lenient)
		if cut < 2 || err != nil {
			return
		}
		if len(part) > len(whole) || fmt.Sprint(part) != fmt.Sprint(whole[:len(part)]) {
			t.Fatalf("%q cut at %d gives\n%s\nof\n%s", data, cut, strings.Join(part, "\n"), strings.Join(whole, "\n"))
		}
	})
}

// FuzzMemory has a bound on what reading allocates: a multiple of the input's
// size, whatever the input is.
func FuzzMemory(f *testing.F) {
	for _, lines := range textFormats(f) {
		f.Add(strings.Join(lines, ""))
	}
	f.Add(string(testdata(f, "netflow5.bin")))
	f.Add("\x00\x0a\x00\x20\x5f\x5e\x10\x00\x00\x00\x00\x07\x00\x00\x00\x01\x00\x02\x00\x10\x01\x00\x00\x02\x00\x05\x00\x01\x00\x60\x00\x00")
	f.Fuzz(func(t *testing.T, data string) {
		const fixed, each = 4 << 20, 4000
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		flowsOf(data, lenient)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > fixed+each*uint64(len(data)) {
			t.Errorf("%d bytes took %d bytes of memory", len(data), used)
		}
	})
}
