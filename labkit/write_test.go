package labkit

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

func TestWriteFlows(t *testing.T) {
	first := Must(readText("label,dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,state\n1,80,1e-9,0.1,3e25,1,2,\"a,\"\"b\"\"\"\n"))
	second := Must(AddFeatures(Must(readText(csvHeader + ",,,,,,,\n10,20,1,2,0.5,443,tcp,0\n"))))
	var out bytes.Buffer
	if err := WriteFlows(&out, first, second); err != nil {
		t.Fatal(err)
	}
	want := `dst_port,protocol,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,state,label
80,,1e-09,0.1,3e+25,1,2,"a,""b""",1
,,,,,,,,
443,TCP,0.5,10,20,1,2,,0
`
	if out.String() != want {
		t.Errorf("got\n%s, want\n%s", out.String(), want)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteFlowsFaults(t *testing.T) {
	good := GenerateFlows(1)
	with := func(name string, value any, kind series.Type) dataframe.DataFrame {
		values := make([]any, good.Nrow())
		for i := range values {
			values[i] = 1
		}
		values[3] = value
		return good.Mutate(series.New(values, kind, name))
	}
	for _, c := range []struct {
		frames []dataframe.DataFrame
		want   string
	}{
		{nil, "no flows: want at least one"},
		{[]dataframe.DataFrame{good.Subset([]int{})}, "no flows"},
		{[]dataframe.DataFrame{{Err: errors.New("odd")}}, "the data frame is not usable: odd"},
		{[]dataframe.DataFrame{good, good.Drop("duration").Drop("label").Subset([]int{0}).Mutate(series.New([]string{"x"}, series.String, "duration"))}, `column "duration" holds text`},
		{[]dataframe.DataFrame{good.Drop("duration")}, "no column duration: ReadFlows could not read the file again"},
		{[]dataframe.DataFrame{with("duration", -1.0, series.Float)}, `column "duration", row 3 is -1: want a decimal number, 0 or above`},
		{[]dataframe.DataFrame{with("bytes_sent", math.Inf(1), series.Float)}, `column "bytes_sent", row 3 is +Inf`},
		{[]dataframe.DataFrame{with("dst_port", 65536, series.Int)}, `column "dst_port", row 3 is 65536: want a port`},
		{[]dataframe.DataFrame{with("protocol", "T\nP", series.String)}, `column "protocol", row 3`},
	} {
		var out bytes.Buffer
		err := WriteFlows(&out, c.frames...)
		if err == nil || !strings.HasPrefix(err.Error(), "labkit: WriteFlows: ") || !strings.Contains(err.Error(), c.want) || out.Len() > 0 {
			t.Errorf("error %v after %d bytes, want %q", err, out.Len(), c.want)
		}
	}
	if err := WriteFlows(brokenWriter{}, good); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Error(err)
	}
}

func ExampleWriteFlows() {
	flows := Must(readText("firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n" +
		"2009-10-05 06:06:07.492,0.034,UDP,10.10.1.4,56166,10.10.1.1,53,1,62,1\n"))
	var out strings.Builder
	err := WriteFlows(&out, flows)
	fmt.Print(out.String(), err)
	// Output:
	// ts,src_ip,src_port,dst_ip,dst_port,protocol,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,ip_bytes_sent,ip_bytes_recv
	// 1254722767.492,10.10.1.4,56166,10.10.1.1,53,UDP,0.034,,,1,,62,
	// <nil>
}
