package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// A reason names at most mostColumns columns, and none whose contribution is
// below leastShare of the largest.
const (
	mostColumns = 3
	leastShare  = 0.25
)

// explain returns the reason for each row of x; rows says where they are in
// the features.
func explain(cmd *cobra.Command, model labkit.Model, train, x *mat.Dense, features dataframe.DataFrame, rows []int) ([]string, error) {
	say, err := newSayer(features)
	if err != nil {
		return nil, err
	}
	explainer, err := labkit.NewExplainer(model, train)
	if err != nil {
		return nil, err
	}
	bar := newProgress(cmd, "explaining", int64(len(rows)))
	defer bar.Finish()
	reasons := make([]string, len(rows))
	for k, i := range rows {
		explanation, err := explainer.Explain(x.Slice(k, k+1, 0, x.RawMatrix().Cols).(*mat.Dense))
		if err != nil {
			return nil, err
		}
		reasons[k] = say.reason(explanation[0], i)
		bar.Add(1)
	}
	return reasons, nil
}

// A sayer puts features into words. The features of the course add one to what
// they divide by; said is the plain quotient.
type sayer struct {
	port    []float64
	values  map[string][]float64
	medians map[string]float64
}

func newSayer(features dataframe.DataFrame) (*sayer, error) {
	column := func(name string) []float64 { return features.Col(name).Float() }
	s := &sayer{port: column("dst_port"), values: map[string][]float64{}, medians: map[string]float64{}}
	for _, name := range labkit.FeatureColumns {
		s.values[name] = column(name)
	}
	s.values["bytes_ratio"] = quotients(column("bytes_sent"), column("total_bytes"))
	s.values["packets_ratio"] = quotients(column("packets_sent"), column("total_packets"))
	s.values["bytes_per_packet"] = quotients(column("total_bytes"), column("total_packets"))
	for name, values := range s.values {
		var err error
		if s.medians[name], err = labkit.Percentile(values, 50); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// quotients divides row by row; nothing of nothing is 0.
func quotients(parts, totals []float64) []float64 {
	out := make([]float64, len(parts))
	for i, total := range totals {
		if total > 0 {
			out[i] = parts[i] / total
		}
	}
	return out
}

// reason names the columns that contribute most to the score of row i.
func (s *sayer) reason(e labkit.Explanation, i int) string {
	ranking := e.Ranking()
	largest := e.Contributions[ranking[0]]
	var parts []string
	for _, j := range ranking[:mostColumns] {
		if c := e.Contributions[j]; c > 0 && c >= leastShare*largest {
			parts = append(parts, s.inWords(labkit.FeatureColumns[j], i))
		}
	}
	if len(parts) == 0 {
		return "no value by itself"
	}
	return strings.Join(parts, "; ")
}

// inWords says what is notable about a feature of row i.
func (s *sayer) inWords(feature string, i int) string {
	value, median := s.values[feature][i], s.medians[feature]
	switch feature {
	case "is_well_known_port":
		return fmt.Sprintf("port %.0f is %s", s.port[i], map[bool]string{true: "well-known", false: "not well-known"}[value == 1])
	case "is_suspicious_port":
		return fmt.Sprintf("port %.0f is %s of malware", s.port[i], map[bool]string{true: "a default", false: "no default"}[value == 1])
	}
	number := short
	if strings.HasSuffix(feature, "_ratio") {
		number = func(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }
	}
	return fmt.Sprintf("%s%s (median %s)", number(value), units[feature], number(median))
}

var units = map[string]string{
	"bytes_per_second":   " bytes/s",
	"packets_per_second": " packets/s",
	"bytes_ratio":        " of bytes sent",
	"packets_ratio":      " of packets sent",
	"bytes_per_packet":   " bytes/packet",
	"duration":           " s",
}

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
