package labkit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
)

// One source asks every five minutes; another comes when somebody clicks.
func ExamplePairs() {
	var text strings.Builder
	text.WriteString("ts,src_ip,dst_ip,dst_port\n")
	for i := range 100 {
		fmt.Fprintf(&text, "%d,10.0.0.5,198.51.100.7,443\n", 300*i+i%3)
		fmt.Fprintf(&text, "%d,10.0.0.6,198.51.100.7,443\n", 3*i*i)
	}
	pairs := Must(Pairs(dataframe.ReadCSV(strings.NewReader(text.String()))))
	fmt.Println(Must(Text(pairs.Select([]string{"src_ip", "dst_port", "flows", "hours", "median_gap", "regularity", "sources", "rita"}))))
	// Output:
	// src_ip  dst_port  flows  hours  median_gap  regularity  sources  rita
	// 10.0.0.5       443    100      9       301.0    1.000000        2 0.875
	// 10.0.0.6       443    100      9       297.0    0.494949        2 0.790
}

func TestPairsNeedsItsColumns(t *testing.T) {
	flows := readRows("ts src_ip dst_ip dst_port", "1 10.0.0.1 10.0.0.2 80")
	for _, name := range []string{"ts", "src_ip", "dst_ip"} {
		_, err := Pairs(flows.Drop(name))
		wantError(t, name, err, `labkit: Pairs: no column "`+name+`"`)
	}
	// Without ports a pair is what is between two hosts.
	pairs := Must(Pairs(flows.Drop("dst_port")))
	if pairs.Nrow() != 1 || !pairs.Elem(0, 2).IsNA() {
		t.Errorf("%v", pairs)
	}
}
