package labkit

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/flow"
)

// FeatureColumns are the eight columns that the lab's detectors see, and the
// default of [Features] and [Complete]. Changing this slice does not change that
// default.
var FeatureColumns = slices.Clone(defaultFeatures)

var defaultFeatures = []string{
	"bytes_per_second", "packets_per_second",
	"bytes_ratio", "packets_ratio",
	"bytes_per_packet", "duration",
	"is_well_known_port", "is_suspicious_port",
}

// suspiciousPorts are defaults of well-known malware: Metasploit (4444),
// Back Orifice (31337), IRC botnets (6667) and others.
var suspiciousPorts = []float64{4444, 8888, 31337, 6667, 1337}

// minDuration is the shortest duration, in seconds, that AddFeatures divides
// by: the Python lab's.
const minDuration = 0.001

// AddFeatures returns the flows with what can be computed from each flow
// alone:
//
//   - duration, raised to 0.001 where it is shorter (seconds)
//   - total_bytes, total_packets: both directions together
//   - bytes_per_second, packets_per_second: totals by duration, per second
//   - bytes_ratio, packets_ratio: the share that was sent, in [0, 1)
//   - bytes_per_packet: total_bytes by total_packets
//   - is_well_known_port: 1 if dst_port is below 1024 (RFC 6335), otherwise 0
//   - is_suspicious_port: 1 if dst_port is a default of well-known malware
//
// The ratios and bytes_per_packet divide by the total plus one, so that an
// empty flow has a value too. Where an input is missing, so are the features
// made of it.
//
// It needs the columns bytes_sent, bytes_recv, packets_sent, packets_recv,
// duration and dst_port, and returns an error if one is not there, is text, or
// has a value below 0.
func AddFeatures(flows dataframe.DataFrame) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "AddFeatures")
	names := make([]string, len(featureInputs))
	for k, f := range featureInputs {
		names[k] = f.String()
	}
	all, err := manyNumbers(flows, names)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	var in fieldNumbers
	for k, values := range all {
		if i := slices.IndexFunc(values, func(v float64) bool { return v < 0 }); i >= 0 {
			return dataframe.DataFrame{}, fmt.Errorf("column %q, row %d is %v: want 0 or above", names[k], i, values[i])
		}
		in[featureInputs[k]] = values
	}
	return withColumns(flows, in.features(countType(flows, "packets_sent", "packets_recv"))...), nil
}

// featureInputs are the columns that features are made of.
var featureInputs = []flow.Field{flow.BytesSent, flow.BytesRecv, flow.PacketsSent, flow.PacketsRecv, flow.Duration, flow.DstPort}

// fieldNumbers are the numbers of flows, field by field.
type fieldNumbers [flow.NumFields][]float64

// features returns what [AddFeatures] computes of the featureInputs.
func (n *fieldNumbers) features(packetsType series.Type) []numberColumn {
	sent, packetsSent, port := n[flow.BytesSent], n[flow.PacketsSent], n[flow.DstPort]
	return []numberColumn{
		{"duration", series.Float, n.duration},
		{"total_bytes", series.Float, n.bytes},
		{"total_packets", packetsType, n.packets},
		{"bytes_per_second", series.Float, func(i int) float64 { return n.bytes(i) / n.duration(i) }},
		{"packets_per_second", series.Float, func(i int) float64 { return n.packets(i) / n.duration(i) }},
		{"bytes_ratio", series.Float, func(i int) float64 { return sent[i] / (n.bytes(i) + 1) }},
		{"packets_ratio", series.Float, func(i int) float64 { return packetsSent[i] / (n.packets(i) + 1) }},
		{"bytes_per_packet", series.Float, func(i int) float64 { return n.bytes(i) / (n.packets(i) + 1) }},
		flagColumn("is_well_known_port", port, func(p float64) bool { return p < 1024 }),
		flagColumn("is_suspicious_port", port, func(p float64) bool { return slices.Contains(suspiciousPorts, p) }),
	}
}

func (n *fieldNumbers) duration(i int) float64 { return max(n[flow.Duration][i], minDuration) }
func (n *fieldNumbers) bytes(i int) float64    { return n[flow.BytesSent][i] + n[flow.BytesRecv][i] }
func (n *fieldNumbers) packets(i int) float64  { return n[flow.PacketsSent][i] + n[flow.PacketsRecv][i] }

// countType returns the type for a sum of columns: whole if all of them are.
func countType(flows dataframe.DataFrame, columns ...string) series.Type {
	for _, name := range columns {
		if flows.Col(name).Type() != series.Int {
			return series.Float
		}
	}
	return series.Int
}

// flagColumn returns a column that is 1 where a condition holds for the value, 0
// where it does not, and missing where the value is.
func flagColumn(name string, values []float64, is func(float64) bool) numberColumn {
	return numberColumn{name, series.Int, func(i int) float64 {
		switch v := values[i]; {
		case math.IsNaN(v):
			return v
		case is(v):
			return 1
		}
		return 0
	}}
}

// Features returns columns of a frame as a matrix, a row a flow and a column
// for each name, in their order and units; without columns, [FeatureColumns].
//
// Detectors need a number in every place: it returns an error that names row
// (from 0) and column if a value is missing or infinite, and one for a column
// that is not there or is text, or for a frame without rows. [Complete] leaves
// out the rows with missing values.
func Features(flows dataframe.DataFrame, columns ...string) (_ *mat.Dense, err error) {
	defer prefix(&err, "Features")
	if len(columns) == 0 {
		columns = defaultFeatures
	}
	all, err := manyNumbers(flows, columns)
	if err != nil {
		return nil, err
	}
	if flows.Nrow() == 0 {
		return nil, errors.New("the frame has no rows: want at least one")
	}
	x := mat.NewDense(flows.Nrow(), len(columns), nil)
	for j, values := range all {
		if i := slices.IndexFunc(values, isNotFinite); i >= 0 {
			return nil, fmt.Errorf("column %q is missing or not finite in %d of %d rows, first in row %d: Complete leaves such rows out", columns[j], count(values, isNotFinite), len(values), i)
		}
		x.SetCol(j, values)
	}
	return x, nil
}

// Complete returns the rows in which each of the columns has a finite value,
// and how many rows it left out; without columns, [FeatureColumns]. If it left
// out none, they are the same frame. It returns an error for a column that is
// not there or is text.
func Complete(flows dataframe.DataFrame, columns ...string) (_ dataframe.DataFrame, _ int, err error) {
	defer prefix(&err, "Complete")
	if len(columns) == 0 {
		columns = defaultFeatures
	}
	all, err := manyNumbers(flows, columns)
	if err != nil {
		return dataframe.DataFrame{}, 0, err
	}
	var kept []int
	for i := range flows.Nrow() {
		if !slices.ContainsFunc(all, func(values []float64) bool { return isNotFinite(values[i]) }) {
			kept = append(kept, i)
		}
	}
	if len(kept) == flows.Nrow() {
		return flows, 0, nil // a copy of a million rows takes as long as reading them
	}
	return flows.Subset(kept), flows.Nrow() - len(kept), nil
}

// Labels returns the column label: true for 1, anomaly, and false for 0. It
// returns an error if there is no such column or a label is anything else.
func Labels(flows dataframe.DataFrame) (_ []bool, err error) {
	defer prefix(&err, "Labels")
	values, err := numbers(flows, "label")
	if err != nil {
		return nil, err
	}
	labels := make([]bool, len(values))
	for i, v := range values {
		if v != 0 && v != 1 {
			return nil, fmt.Errorf("label in row %d is %v: want 0 (normal) or 1 (anomaly)", i, v)
		}
		labels[i] = v == 1
	}
	return labels, nil
}

// Top returns the n rows with the highest scores, the highest first, with the
// score in the last column, anomaly_score, in the place of one that is there.
// Among equal scores the earlier row comes first. It returns an error if there is
// not one score for each row, a score is NaN, or n is not in [1, rows].
func Top(flows dataframe.DataFrame, scores []float64, n int) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Top")
	if flows.Err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("the data frame is not usable: %v", flows.Err)
	}
	if len(scores) != flows.Nrow() {
		return dataframe.DataFrame{}, fmt.Errorf("%d scores for %d rows: want one score per row", len(scores), flows.Nrow())
	}
	if n < 1 || n > len(scores) {
		return dataframe.DataFrame{}, fmt.Errorf("n is %d: want 1 to the number of rows, %d", n, len(scores))
	}
	if err := checkNumbers(scores); err != nil {
		return dataframe.DataFrame{}, err
	}
	if slices.Contains(flows.Names(), "anomaly_score") {
		flows = flows.Drop("anomaly_score")
	}
	scored := withColumns(flows, numberColumn{"anomaly_score", series.Float, inSlice(scores)})
	return scored.Subset(byScore(scores)[:n]), nil
}
