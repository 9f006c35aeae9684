package flowlog

import (
	"fmt"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// BenchmarkRead reads logs of 100,000 flows from memory.
func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	for _, c := range []struct {
		name, head string
		row        func(i int) string
	}{
		{"zeek", zeekHeader, zeekLine},
		{"csv", "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label\n", csvLine},
		{"json", "", jsonLine},
	} {
		var text strings.Builder
		text.WriteString(c.head)
		for i := range rows {
			text.WriteString(c.row(i))
		}
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				t, err := Read(strings.NewReader(text.String()), "bench", flow.ReadOptions{})
				if err != nil || t.Report.Flows != rows {
					b.Fatal(err)
				}
			}
		})
	}
}

const zeekHeader = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n" +
	"#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n"

func zeekLine(i int) string {
	return fmt.Sprintf("%.6f\tCoyZrY2g74UvMMgp%d\t192.168.33.%d\t%d\t54.230.%d.%d\t443\ttcp\tssl\t%.6f\t%d\t%d\tSF\t-\t0\tShADadFf\t%d\t%d\t%d\t%d\t(empty)\n",
		1379288667+float64(i)*0.01, i, i%250, 1024+i%60000, i%251, i%241, float64(i%1000)/777, i%5000, i%70000, i%50, i%7000, i%80, i%72000)
}

func csvLine(i int) string {
	return fmt.Sprintf("%v,%v,%d,%d,%v,443,TCP,%d\n", float64(i)*1.37/7, float64(i)*2.77/3, i%50, i%80, float64(i%1000)/777, i%2)
}

func jsonLine(i int) string {
	return fmt.Sprintf(`{"ts":%.6f,"uid":"CoyZrY2g74UvMMgp%d","id.orig_h":"192.168.33.%d","id.orig_p":%d,"id.resp_h":"54.230.%d.%d","id.resp_p":443,"proto":"tcp","service":"ssl","duration":%.6f,"orig_bytes":%d,"resp_bytes":%d,"conn_state":"SF","missed_bytes":0,"history":"ShADadFf","orig_pkts":%d,"orig_ip_bytes":%d,"resp_pkts":%d,"resp_ip_bytes":%d}`+"\n",
		1379288667+float64(i)*0.01, i, i%250, 1024+i%60000, i%251, i%241, float64(i%1000)/777, i%5000, i%70000, i%50, i%7000, i%80, i%72000)
}
