package labkit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
)

// oneWay is a log of nfdump with these lines: time in seconds, duration,
// protocol, source, its port, destination, its port, packets.
func oneWay(t *testing.T, lines ...string) dataframe.DataFrame {
	t.Helper()
	text := "firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n"
	for _, line := range lines {
		f := strings.Fields(line)
		text += fmt.Sprintf("2009-10-05 06:%s,%s,%s,%s,%s,%s,%s,%s,%s00,1\n", f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[7])
	}
	return Must(readText(text))
}

// merged returns how many pairs were merged, and a line a flow: source, its
// port and that of the destination, duration, packets each way and bytes received.
func merged(t *testing.T, flows dataframe.DataFrame) string {
	t.Helper()
	flows, pairs, err := MergeDirections(flows)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{fmt.Sprint(pairs)}
	for i := range flows.Nrow() {
		var values []string
		for _, name := range []string{"src_ip", "src_port", "dst_port", "duration", "packets_sent", "packets_recv", "ip_bytes_recv"} {
			text := "-"
			if e := flows.Col(name).Elem(i); !e.IsNA() {
				text = fmt.Sprint(e.Val())
			}
			values = append(values, text)
		}
		lines = append(lines, strings.Join(values, " "))
	}
	return strings.Join(lines, "\n")
}

func TestMergeDirections(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"answer later", []string{"01:00.5 1 TCP 1.1.1.1 4 2.2.2.2 9 3", "01:00.0 2 TCP 2.2.2.2 9 1.1.1.1 4 7"},
			"1\n2.2.2.2 9 4 2 7 3 300"},
		{"answer outlasts", []string{"01:00.0 1 TCP 1.1.1.1 4 2.2.2.2 9 3", "01:00.5 2 TCP 2.2.2.2 9 1.1.1.1 4 7"},
			"1\n1.1.1.1 4 9 2.5 3 7 700"},
		{"at once: the server has the lower port", []string{"01:00 1 TCP 2.2.2.2 443 1.1.1.1 6555 3", "01:00 1 TCP 1.1.1.1 6555 2.2.2.2 443 7"},
			"1\n1.1.1.1 6555 443 1 7 3 300"},
		{"unanswered", []string{"01:00 1 TCP 1.1.1.1 4 2.2.2.2 9 3", "01:00 1 TCP 1.1.1.1 4 2.2.2.2 9 3"},
			"0\n1.1.1.1 4 9 1 3 - -\n1.1.1.1 4 9 1 3 - -"},
		{"other port, other protocol", []string{"01:00 1 TCP 1.1.1.1 4 2.2.2.2 9 3", "01:00 1 TCP 2.2.2.2 9 1.1.1.1 5 3", "01:00 1 UDP 2.2.2.2 9 1.1.1.1 4 3"},
			"0\n1.1.1.1 4 9 1 3 - -\n2.2.2.2 9 5 1 3 - -\n2.2.2.2 9 4 1 3 - -"},
		{"within a minute of the end", []string{"01:00 5 UDP 1.1.1.1 4 2.2.2.2 9 3", "02:05 1 UDP 2.2.2.2 9 1.1.1.1 4 7"},
			"1\n1.1.1.1 4 9 66 3 7 700"},
		{"after a minute", []string{"01:00 5 UDP 1.1.1.1 4 2.2.2.2 9 3", "02:05.5 1 UDP 2.2.2.2 9 1.1.1.1 4 7"},
			"0\n1.1.1.1 4 9 5 3 - -\n2.2.2.2 9 4 1 7 - -"},
		{"in turn", []string{"01:00 1 UDP 1.1.1.1 4 2.2.2.2 9 1", "01:02 1 UDP 1.1.1.1 4 2.2.2.2 9 2", "01:00.5 1 UDP 2.2.2.2 9 1.1.1.1 4 3", "01:02.5 1 UDP 2.2.2.2 9 1.1.1.1 4 4"},
			"2\n1.1.1.1 4 9 1.5 1 3 300\n1.1.1.1 4 9 1.5 2 4 400"},
		{"echo", []string{"01:00 1 ICMP 1.1.1.1 0 2.2.2.2 8.0 1", "01:00.1 1 ICMP 2.2.2.2 0 1.1.1.1 0.0 2", "01:00 1 ICMP 2.2.2.2 0 1.1.1.1 3.1 9"},
			"1\n1.1.1.1 8 0 1.1 1 2 200\n2.2.2.2 3 1 1 9 - -"},
		{"echo in IPv6", []string{"01:00 1 58 ::1 0 ::2 128.0 1", "01:00.1 1 58 ::2 0 ::1 129.0 2"},
			"1\n::1 128 0 1.1 1 2 200"},
	} {
		if got := merged(t, oneWay(t, c.lines...)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Flows that have both directions stay as they are.
func TestMergeDirectionsLeavesZeekAlone(t *testing.T) {
	flows := Must(readText(zeekHeader + zeekRow + strings.NewReplacer("10.0.0.1\t1000", "10.0.0.2\t80", "10.0.0.2\t80", "10.0.0.1\t1000").Replace(zeekRow)))
	again, pairs, err := MergeDirections(flows)
	if err != nil || pairs != 0 {
		t.Fatal(pairs, err)
	}
	if err := sameFrame(again, flows); err != nil {
		t.Error(err)
	}
}

// Nothing that was counted is lost.
func TestMergeDirectionsKeepsTotals(t *testing.T) {
	flows := Must(ReadFlows("internal/flowlog/testdata/smtp.nfdump.csv"))
	together, pairs, err := MergeDirections(flows)
	if err != nil || pairs != 7 || together.Nrow() != 12 {
		t.Fatal(pairs, together.Nrow(), err)
	}
	total := func(name string) (sum float64) {
		for _, v := range together.Col(name).Float() {
			if v == v {
				sum += v
			}
		}
		return sum
	}
	if p, b := total("packets_sent")+total("packets_recv"), total("ip_bytes_sent")+total("ip_bytes_recv"); p != 125 || b != 37085 {
		t.Errorf("%v packets and %v bytes, want 125 and 37085", p, b)
	}
}

func TestWithIPBytes(t *testing.T) {
	flows := Must(WithIPBytes(oneWay(t, "01:00 1 TCP 1.1.1.1 4 2.2.2.2 9 3")))
	if sent, recv := flows.Col("bytes_sent").Elem(0), flows.Col("bytes_recv").Elem(0); sent.Float() != 300 || !recv.IsNA() {
		t.Errorf("%v and %v, want 300 and missing", sent, recv)
	}
	if _, err := WithIPBytes(GenerateFlows(1)); err == nil {
		t.Error("no error without ip_bytes_sent")
	}
	if _, _, err := MergeDirections(GenerateFlows(1)); err == nil {
		t.Error("no error without addresses")
	}
}

// An exporter wrote a question to a name server and its answer as two flows.
func ExampleMergeDirections() {
	flows := Must(readText("firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n" +
		"2009-10-05 06:06:07.492,0,UDP,10.10.1.4,56166,10.10.1.1,53,1,62,1\n" +
		"2009-10-05 06:06:07.526,0,UDP,10.10.1.1,53,10.10.1.4,56166,1,128,1\n"))
	flows, pairs, err := MergeDirections(flows)
	fmt.Println(pairs, "pair", err)
	fmt.Println(Must(Text(flows.Select([]string{"src_ip", "dst_ip", "dst_port", "duration", "packets_recv", "ip_bytes_recv"}))))
	// Output:
	// 1 pair <nil>
	//    src_ip    dst_ip  dst_port  duration  packets_recv  ip_bytes_recv
	// 10.10.1.4 10.10.1.1        53     0.034             1          128.0
}
