package where

import (
	"fmt"
	"testing"

	"flowlab/labkit/flow"
)

func BenchmarkMatch(b *testing.B) {
	build := flow.NewBuilder(flow.TS, flow.Duration, flow.SrcIP, flow.DstIP, flow.DstPort, flow.State)
	for i := range 10_000 {
		f := flow.Unknown()
		f.TS, f.SrcIP, f.DstIP, f.DstPort, f.State = float64(i), fmt.Sprintf("10.0.0.%d", i%250), "192.0.2.7", i%1024, "SF"
		build.Add(&f)
	}
	flows := build.Table().Parts[0]
	for name, condition := range map[string]string{
		"NetworkAndPort": `src_ip in "10.0.0.0/25" && dst_port == 443`,
		"Finding":        `src_ip == "10.0.0.5" && end >= "1970-01-01 01:00" && end < "1970-01-01 02:00" && failed`,
	} {
		c, err := Parse(condition)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Match(flows)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*flows.Len), "ns/flow")
		})
	}
}
