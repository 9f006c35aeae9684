package triage

import (
	"fmt"
	"math"
	"strings"

	"flowlab/labkit"
	"flowlab/labkit/flow"

	"gonum.org/v1/gonum/mat"
)

// A reason names at most mostColumns columns, and none whose contribution is
// below leastShare of the largest.
const (
	mostColumns = 3
	leastShare  = 0.25
)

// medians are those of the columns that have any values: what is usual.
type medians map[int]float64

func (j *JudgedFlows) medians() (medians, error) {
	flows, err := describe(j.traffic.inputs(j.some()))
	if err != nil {
		return nil, err
	}
	m := medians{}
	for column := range labkit.FeatureColumns {
		values := make([]float64, 0, flows.inputs.Len)
		for i := range flows.inputs.Len {
			if v := flows.value(column, i); !math.IsNaN(v) {
				values = append(values, v)
			}
		}
		if len(values) == 0 {
			continue
		}
		if m[column], err = labkit.Percentile(values, 50); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// described are flows with their features. The features of the course add one to
// what they divide by; described is the plain quotient, NaN of nothing by nothing.
type described struct {
	inputs   *flow.Columns
	features *mat.Dense
}

func describe(inputs *flow.Columns) (described, error) {
	features, err := featuresOf(inputs)
	return described{inputs, features}, err
}

// value returns a feature of flow i.
func (d described) value(column, i int) float64 {
	number := func(f flow.Field) float64 { return d.inputs.Number[f][i] }
	sent, packets := number(flow.BytesSent), number(flow.PacketsSent)
	allBytes, allPackets := sent+number(flow.BytesRecv), packets+number(flow.PacketsRecv)
	switch labkit.FeatureColumns[column] {
	case "bytes_ratio":
		return sent / allBytes
	case "packets_ratio":
		return packets / allPackets
	case "bytes_per_packet":
		return allBytes / allPackets
	}
	return d.features.At(i, column)
}

// reason names the columns that contribute most to the score of a flow, and of
// them those that differ from the median.
func (m medians) reason(e labkit.Explanation, one described) string {
	ranking := e.Ranking()
	largest := e.Contributions[ranking[0]]
	var parts []string
	for _, j := range ranking {
		c := e.Contributions[j]
		if c <= 0 || c < leastShare*largest || len(parts) == mostColumns {
			break
		}
		if words := m.inWords(one, j); words != "" {
			parts = append(parts, words)
		}
	}
	if len(parts) == 0 {
		return "no value by itself"
	}
	return strings.Join(parts, "; ")
}

// inWords says what is notable about a feature of one flow, "" if nothing is.
func (m medians) inWords(one described, column int) string {
	feature, value := labkit.FeatureColumns[column], one.value(column, 0)
	port := one.inputs.Number[flow.DstPort][0]
	switch feature {
	case "is_well_known_port":
		if port < 1024 {
			return fmt.Sprintf("port %.0f is below 1024", port)
		}
		return fmt.Sprintf("port %.0f is above 1023", port)
	case "is_suspicious_port":
		if value == 1 {
			return fmt.Sprintf("port %.0f is a default of malware", port)
		}
		return ""
	}
	number := short
	if strings.HasSuffix(feature, "_ratio") {
		number = func(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }
	}
	median := number(m[column])
	switch {
	case math.IsNaN(value):
		return "no" + nothing[feature]
	case number(value) == median:
		return ""
	}
	return fmt.Sprintf("%s%s (median %s)", number(value), units[feature], median)
}

var units = map[string]string{
	"bytes_per_second":   " bytes/s",
	"packets_per_second": " packets/s",
	"bytes_ratio":        " of bytes sent",
	"packets_ratio":      " of packets sent",
	"bytes_per_packet":   " bytes/packet",
	"duration":           " s",
}

// nothing is what a flow lacks whose quotient is not defined.
var nothing = map[string]string{"bytes_ratio": " bytes", "packets_ratio": " packets", "bytes_per_packet": " packets"}

// short writes a number with three digits and a prefix of the SI.
func short(v float64) string {
	prefixes := []string{"", " k", " M", " G", " T", " P"}
	k := 0
	for k < len(prefixes)-1 && math.Abs(v) >= 999.5 {
		v /= 1000
		k++
	}
	return fmt.Sprintf("%.3g", v) + prefixes[k]
}
