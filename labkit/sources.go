package labkit

import (
	"cmp"
	"maps"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// Sources returns a row for each source address of the flows, since a scan is in
// no single flow but in what one source does:
//
//   - src_ip
//   - flows: how many it began
//   - peers: to how many different dst_ip, its fan-out
//   - ports: to how many different dst_port
//   - failed_share: which fraction of them, in [0, 1], was attempted in vain, as
//     [flow.Flow.Failed] says: by the state, or without one because nothing came
//     back. What goes to a multicast or broadcast address has never failed
//
// The source with the most peers comes first; among equals the one with more
// flows, then by address. It needs these columns of [ReadFlows], and returns an
// error if one is not there. Flows without src_ip are left out.
func Sources(flows dataframe.DataFrame) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Sources")
	peers, err := Distinct(flows, "src_ip", "dst_ip")
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	ports, err := Distinct(flows, "src_ip", "dst_port")
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	if _, err := columnIndex(flows, "state"); err != nil {
		return dataframe.DataFrame{}, err
	}
	attempts, err := flowsOf(flows)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	began, failed := map[string]int{}, map[string]int{}
	for i := range attempts {
		began[attempts[i].SrcIP]++
		if attempts[i].Failed() {
			failed[attempts[i].SrcIP]++
		}
	}
	names := slices.SortedFunc(maps.Keys(peers), func(a, b string) int {
		return cmp.Or(peers[b]-peers[a], began[b]-began[a], cmp.Compare(a, b))
	})
	share := make([]float64, len(names))
	for i, name := range names {
		share[i] = float64(failed[name]) / float64(began[name])
	}
	return dataframe.New(
		series.New(names, series.String, "src_ip"),
		counted(names, began, "flows"),
		counted(names, peers, "peers"),
		counted(names, ports, "ports"),
		series.New(share, series.Float, "failed_share"),
	), nil
}

func counted(names []string, counts map[string]int, column string) series.Series {
	values := make([]int, len(names))
	for i, name := range names {
		values[i] = counts[name]
	}
	return series.New(values, series.Int, column)
}

// Distinct returns, for each value of the column key, with how many different
// values of the other column it stands in a row. Rows in which one of the two is
// missing do not count. It returns an error for a column that is not there.
func Distinct(frame dataframe.DataFrame, key, value string) (_ map[string]int, err error) {
	defer prefix(&err, "Distinct")
	keys, err := words(frame, key)
	if err != nil {
		return nil, err
	}
	values, err := words(frame, value)
	if err != nil {
		return nil, err
	}
	seen, counts := map[[2]string]bool{}, map[string]int{}
	for i := range keys {
		pair := [2]string{keys[i], values[i]}
		if keys[i] != missingWord && values[i] != missingWord && !seen[pair] {
			seen[pair] = true
			counts[keys[i]]++
		}
	}
	return counts, nil
}

// missingWord is how gota writes a missing value.
const missingWord = "NaN"

// words returns a column as text.
func words(frame dataframe.DataFrame, name string) ([]string, error) {
	s, err := column(frame, name)
	if err != nil {
		return nil, err
	}
	return s.Records(), nil
}
