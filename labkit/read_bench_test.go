package labkit

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkReadToFeatures reads 200,000 flows from memory and makes the matrix
// that detectors see, each step apart.
func BenchmarkReadToFeatures(b *testing.B) {
	const rows = 200_000
	var text bytes.Buffer
	text.WriteString(zeekHeader)
	for i := range rows {
		fmt.Fprintf(&text, "%.6f\tCoyZrY2g74UvMMgp%d\t192.168.33.%d\t%d\t54.230.%d.%d\t443\ttcp\t%.6f\t%d\t%d\tSF\t%d\t%d\t%d\t%d\n",
			1379288667+float64(i)*0.01, i, i%250, 1024+i%60000, i%251, i%241, float64(i%1000)/777, i%5000, i%70000, i%50, i%7000, i%80, i%72000)
	}
	read := func() {
		if _, _, err := ReadFlowsFrom(bytes.NewReader(text.Bytes()), "bench", ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	flows := Must(readText(text.String()))
	featured := Must(AddFeatures(flows))
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"ReadFlows", read},
		{"AddFeatures", func() { Must(AddFeatures(flows)) }},
		{"Complete", func() {
			if _, dropped, err := Complete(featured); dropped != 0 || err != nil {
				b.Fatal(dropped, err)
			}
		}},
		{"Features", func() { Must(Features(featured)) }},
	} {
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				step.do()
			}
		})
	}
}
