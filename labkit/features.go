package labkit

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
)

// FeatureColumns are the eight columns that the lab's detectors see, and the
// default of [Features] and [Complete].
var FeatureColumns = []string{
	"bytes_per_second", "packets_per_second",
	"bytes_ratio", "packets_ratio",
	"bytes_per_packet", "duration",
	"is_well_known_port", "is_suspicious_port",
}

// suspiciousPorts are defaults of well-known malware: Metasploit (4444),
// Back Orifice (31337), IRC botnets (6667) and others.
var suspiciousPorts = []float64{4444, 8888, 31337, 6667, 1337}

// MinDuration is the shortest duration, in seconds, that AddFeatures divides
// by: the Python lab's.
const MinDuration = 0.001

// AddFeatures returns the flows with what can be computed from each flow
// alone:
//
//   - duration, raised to [MinDuration] where it is shorter (seconds)
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
func AddFeatures(flows dataframe.DataFrame) (dataframe.DataFrame, error) {
	var in [6][]float64
	for i, name := range []string{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port"} {
		var err error
		if in[i], err = numbers("AddFeatures", flows, name); err != nil {
			return dataframe.DataFrame{}, err
		}
		if k := slices.IndexFunc(in[i], func(v float64) bool { return v < 0 }); k >= 0 {
			return dataframe.DataFrame{}, fmt.Errorf("labkit: AddFeatures: column %q, row %d is %v: want 0 or above", name, k, in[i][k])
		}
	}
	bytesSent, bytesRecv, packetsSent, packetsRecv, port := in[0], in[1], in[2], in[3], in[5]
	duration := in[4]
	for i, d := range duration {
		duration[i] = max(d, MinDuration)
	}
	bytes := combine(bytesSent, bytesRecv, func(sent, recv float64) float64 { return sent + recv })
	packets := combine(packetsSent, packetsRecv, func(sent, recv float64) float64 { return sent + recv })
	rate := func(total, seconds float64) float64 { return total / seconds }
	share := func(part, total float64) float64 { return part / (total + 1) }

	return withColumns(flows,
		numberColumn{"duration", series.Float, duration},
		numberColumn{"total_bytes", series.Float, bytes},
		numberColumn{"total_packets", countType(flows, "packets_sent", "packets_recv"), packets},
		numberColumn{"bytes_per_second", series.Float, combine(bytes, duration, rate)},
		numberColumn{"packets_per_second", series.Float, combine(packets, duration, rate)},
		numberColumn{"bytes_ratio", series.Float, combine(bytesSent, bytes, share)},
		numberColumn{"packets_ratio", series.Float, combine(packetsSent, packets, share)},
		numberColumn{"bytes_per_packet", series.Float, combine(bytes, packets, share)},
		flagColumn("is_well_known_port", port, func(p float64) bool { return p < 1024 }),
		flagColumn("is_suspicious_port", port, func(p float64) bool { return slices.Contains(suspiciousPorts, p) }),
	), nil
}

// countType returns the type for a sum of columns: whole if all of them are.
func countType(flows dataframe.DataFrame, columns ...string) series.Type {
	for _, name := range columns {
		if flows.Col(name).Type() != series.Int {
			return series.Float
		}
	}
	return series.Int
}

// combine returns f of a and b, row by row.
func combine(a, b []float64, f func(a, b float64) float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = f(a[i], b[i])
	}
	return out
}

// flagColumn returns 1 where the value is so, 0 where not, missing where missing.
func flagColumn(name string, values []float64, is func(float64) bool) numberColumn {
	flags := make([]float64, len(values))
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			flags[i] = v
		case is(v):
			flags[i] = 1
		}
	}
	return numberColumn{name, series.Int, flags}
}

// Features returns columns of a frame as a matrix, a row a flow and a column
// for each name, in their order and units; without columns, [FeatureColumns].
// Detectors need a number in every place, so it
// returns an error that names row (from 0) and column if a value is missing or
// infinite, besides an error for a column that is not there or is text, or for
// a frame without rows. [Complete] leaves out the rows with missing values.
func Features(flows dataframe.DataFrame, columns ...string) (*mat.Dense, error) {
	if len(columns) == 0 {
		columns = FeatureColumns
	}
	if len(columns) == 0 {
		return nil, errors.New("labkit: Features: no column named, and FeatureColumns is empty: want at least one")
	}
	var x *mat.Dense
	for j, name := range columns {
		values, err := numbers("Features", flows, name)
		if err != nil {
			return nil, err
		}
		if len(values) == 0 {
			return nil, fmt.Errorf("labkit: Features: the frame has no rows: want at least one")
		}
		if i := slices.IndexFunc(values, isNotFinite); i >= 0 {
			return nil, fmt.Errorf("labkit: Features: column %q is missing or not finite in %d of %d rows, first in row %d: Complete leaves such rows out", name, count(values, isNotFinite), len(values), i)
		}
		if x == nil {
			x = mat.NewDense(len(values), len(columns), nil)
		}
		x.SetCol(j, values)
	}
	return x, nil
}

func isNotFinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

func count(values []float64, is func(float64) bool) int {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

// Complete returns the rows in which each of the columns has a finite value,
// and how many rows it left out; without columns, [FeatureColumns]. It returns
// an error for a column that is not there or is text.
func Complete(flows dataframe.DataFrame, columns ...string) (dataframe.DataFrame, int, error) {
	if len(columns) == 0 {
		columns = FeatureColumns
	}
	usable := make([]bool, flows.Nrow())
	for i := range usable {
		usable[i] = true
	}
	for _, name := range columns {
		values, err := numbers("Complete", flows, name)
		if err != nil {
			return dataframe.DataFrame{}, 0, err
		}
		for i, v := range values {
			usable[i] = usable[i] && !isNotFinite(v)
		}
	}
	var kept []int
	for i, ok := range usable {
		if ok {
			kept = append(kept, i)
		}
	}
	return flows.Subset(kept), len(usable) - len(kept), nil
}

// Labels returns the column label: true for 1, anomaly, and false for 0. It
// returns an error if there is no such column or a label is anything else.
func Labels(flows dataframe.DataFrame) ([]bool, error) {
	values, err := numbers("Labels", flows, "label")
	if err != nil {
		return nil, err
	}
	labels := make([]bool, len(values))
	for i, v := range values {
		if v != 0 && v != 1 {
			return nil, fmt.Errorf("labkit: Labels: label in row %d is %v: want 0 (normal) or 1 (anomaly)", i, v)
		}
		labels[i] = v == 1
	}
	return labels, nil
}

// Top returns the n rows with the highest scores, the highest first, with the
// score in the last column, anomaly_score, in the place of one that is there.
// Among equal scores the earlier row
// comes first. It returns an error if there is not one score for each row, a
// score is NaN, or n is not in [1, rows].
func Top(flows dataframe.DataFrame, scores []float64, n int) (dataframe.DataFrame, error) {
	if flows.Err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: Top: the data frame is not usable: %v", flows.Err)
	}
	if len(scores) != flows.Nrow() {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: Top: %d scores for %d rows: want one score per row", len(scores), flows.Nrow())
	}
	if n < 1 || n > len(scores) {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: Top: n is %d: want 1 to the number of rows, %d", n, len(scores))
	}
	if err := checkNumbers("Top", scores); err != nil {
		return dataframe.DataFrame{}, err
	}
	if slices.Contains(flows.Names(), "anomaly_score") {
		flows = flows.Drop("anomaly_score")
	}
	scored := withColumns(flows, numberColumn{"anomaly_score", series.Float, scores})
	return scored.Subset(byScore(scores)[:n]), nil
}
