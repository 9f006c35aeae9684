package labkit_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
)

// Labels make a frame's truth fit for judging.
func ExampleLabels() {
	labels := labkit.Must(labkit.Labels(labkit.GenerateFlows(42)))
	fmt.Println(labkit.CountTrue(labels), "of", len(labels), "flows are anomalies")
	// Output:
	// 100 of 1000 flows are anomalies
}

// How many ports did each source try?
func ExampleDistinct() {
	flows := dataframe.ReadCSV(strings.NewReader(`src_ip,dst_port
10.0.0.1,443
10.0.0.2,22
10.0.0.2,23
10.0.0.2,80
10.0.0.1,443
`))
	ports := labkit.Must(labkit.Distinct(flows, "src_ip", "dst_port"))
	for _, source := range slices.Sorted(maps.Keys(ports)) {
		fmt.Println(source, ports[source])
	}
	// Output:
	// 10.0.0.1 1
	// 10.0.0.2 3
}

// Zeek counts both; features of payload and of bytes with headers are not to be
// compared, so all flows get the latter.
func ExampleWithIPBytes() {
	flows := dataframe.ReadCSV(strings.NewReader(`bytes_sent,bytes_recv,ip_bytes_sent,ip_bytes_recv
0,0,60,40
512,2048,772,2360
`))
	fmt.Println(labkit.Must(labkit.Text(labkit.Must(labkit.WithIPBytes(flows)))))
	// Output:
	// bytes_sent  bytes_recv  ip_bytes_sent  ip_bytes_recv
	//        60.0        40.0             60             40
	//       772.0      2360.0            772           2360
}

// The logarithm of one plus the value keeps 0 where it is.
func ExampleLog1p() {
	flows := dataframe.ReadCSV(strings.NewReader("bytes_sent\n0\n9\n99\n999\n"))
	fmt.Println(labkit.Must(labkit.Text(labkit.Must(labkit.Log1p(flows, "bytes_sent")))))
	// Output:
	// bytes_sent
	//    0.000000
	//    2.302585
	//    4.605170
	//    6.907755
}

// All rows, as pandas prints them without an index.
func ExampleText() {
	flows := dataframe.ReadCSV(strings.NewReader("protocol,duration\nTCP,0.5\nUDP,12.25\n"))
	fmt.Println(labkit.Must(labkit.Text(flows)))
	// Output:
	// protocol  duration
	//      TCP      0.50
	//      UDP     12.25
}
