package labkit

import (
	"slices"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"
)

// flowNumbers are the columns of GenerateFlows but for the protocol.
var flowNumbers = []string{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port", "label"}

func TestGenerateFlowsColumns(t *testing.T) {
	want := []string{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port", "protocol", "label"}
	if got := GenerateFlows(0).Names(); !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
}

// The reference is what the Python lab draws with numpy 2.4.6 and pandas 3.1.1.
// Its logarithms and exponentials are another library's, hence the tolerance.
func TestGenerateFlowsAreThePythonLabs(t *testing.T) {
	flows := GenerateFlows(42)
	wantMatrix(t, "seed 42", Must(Features(flows, flowNumbers...)), readMatrix(t, "seed42_flows.csv", flowNumbers...), 1e-12)

	records := readRecords(t, "seed42_flows.csv")
	column := slices.Index(records[0], "protocol")
	for i, got := range flows.Col("protocol").Records() {
		if want := records[i+1][column]; got != want {
			t.Errorf("seed 42: protocol of row %d is %s, want %s", i, got, want)
		}
	}
}

func TestGenerateFlowsAtOtherSeeds(t *testing.T) {
	columns := append([]string{"udp"}, flowNumbers...)
	where := readMatrix(t, "other_flows.csv", "seed", "row")
	want := readMatrix(t, "other_flows.csv", columns...)
	for k := range want.RawMatrix().Rows {
		seed, row := uint32(where.At(k, 0)), int(where.At(k, 1))
		flows := withUDP(GenerateFlows(seed))
		x := Must(Features(flows, columns...))
		got := checksums(x)
		if row >= 0 {
			got = x.RawRowView(row)
		}
		for j, v := range got {
			if w := want.At(k, j); v-w > 1e-12*w || w-v > 1e-12*w {
				t.Errorf("seed %d, row %d: %s is %v, want %v", seed, row, columns[j], v, w)
			}
		}
	}
}

// withUDP returns the flows with a column of numbers for the protocol.
func withUDP(flows dataframe.DataFrame) dataframe.DataFrame {
	udp := make([]float64, flows.Nrow())
	for i, protocol := range flows.Col("protocol").Records() {
		if protocol == "UDP" {
			udp[i] = 1
		}
	}
	return withColumns(flows, flagColumn("udp", udp, func(v float64) bool { return v == 1 }))
}

// checksums returns the sum of each column, row i counting i+1 times, so that
// a row in another place shows.
func checksums(x *mat.Dense) []float64 {
	rows, cols := x.Dims()
	sums := make([]float64, cols)
	for i := range rows {
		for j, v := range x.RawRowView(i) {
			sums[j] += float64(i+1) * v
		}
	}
	return sums
}
