package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// anomalyDashes sets the outline of anomalies apart without colour.
var anomalyDashes = []vg.Length{4, 1.5}

// classKey returns the key of a picture that shows so many flows of each class
// as areas.
func classKey(normal, anomalies int) []keyEntry {
	return []keyEntry{
		{"Normal, " + plural.Number(normal), areaThumb{normalColor}},
		{"Anomaly, " + plural.Number(anomalies) + " (dashed outline)", areaThumb{anomalyColor}},
	}
}

// classLineKey is classKey for a picture that shows them as lines.
func classLineKey(normal, anomalies int) []keyEntry {
	return []keyEntry{
		{"Normal, " + plural.Number(normal), lineThumb{color: normalColor}},
		{"Anomaly, " + plural.Number(anomalies), lineThumb{color: anomalyColor, dashes: anomalyDashes}},
	}
}

// flowsInWords counts flows, and the anomalies among them if they have labels.
func flowsInWords(n int, labels []bool) string {
	if labels == nil {
		return plural.Of(n, "flow")
	}
	return fmt.Sprintf("%s (%s)", plural.Of(n, "flow"), plural.Of(labkit.CountTrue(labels), "anomaly"))
}

// classMedians says on which side of normal flows the anomalies lie in a column.
func classMedians(name string, normal, anomaly []float64) string {
	n, errN := labkit.Percentile(normal, 50)
	a, errA := labkit.Percentile(anomaly, 50)
	if errN != nil || errA != nil { // one class is empty
		return fmt.Sprintf("the median of %s is %s", name, median(slices.Concat(normal, anomaly)))
	}
	side := "the same"
	switch {
	case a > n:
		side = "higher"
	case a < n:
		side = "lower"
	}
	return fmt.Sprintf("%s is %s for anomalies (median %s against %s)", name, side, inWords(a), inWords(n))
}

// median returns the middle of finite values in words: "none" if there are no
// values.
func median(values []float64) string {
	m, err := labkit.Percentile(values, 50)
	if err != nil {
		return "none"
	}
	return inWords(m)
}

// inWords writes v to three digits, without an exponent where a reader can do
// without: 930,000, not 9.3e+05.
func inWords(v float64) string {
	short := strconv.FormatFloat(v, 'g', 3, 64)
	rounded, err := strconv.ParseFloat(short, 64)
	if size := math.Abs(rounded); err != nil || size != 0 && (size < 1e-4 || size >= 1e9) {
		return short
	}
	return grouped(strconv.FormatFloat(rounded, 'f', -1, 64))
}

// units holds the unit of each column that the course draws.
var units = map[string]string{
	"bytes_sent":         "bytes",
	"bytes_recv":         "bytes",
	"packets_sent":       "packets",
	"packets_recv":       "packets",
	"total_bytes":        "bytes",
	"total_packets":      "packets",
	"duration":           "seconds",
	"bytes_ratio":        "bytes sent / total bytes",
	"packets_ratio":      "packets sent / total packets",
	"bytes_per_second":   "bytes per second",
	"packets_per_second": "packets per second",
	"bytes_per_packet":   "bytes per packet",
}

// axisLabel returns what to write along the axis of a column: its unit, or
// its name if the unit is unknown.
func axisLabel(column string) string {
	if u, ok := units[column]; ok {
		return u
	}
	return column
}
