package labkit

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

func calls(rows ...string) dataframe.DataFrame {
	records := [][]string{{"src_ip", "dst_ip", "dst_port", "state"}}
	for _, row := range rows {
		records = append(records, strings.Fields(row))
	}
	return dataframe.LoadRecords(records)
}

func ExampleSources() {
	flows := calls("a x 80 S0", "a y 80 REJ", "a z 443 SF", "a x 443 S0", "b x 80 SF", "c x 80 SF", "c x 81 RSTO")
	fmt.Println(Must(Text(Must(Sources(flows)))))
	// Output:
	// src_ip  flows  peers  ports  failed_share
	//      a      4      3      2          0.75
	//      c      2      1      2          0.00
	//      b      1      1      1          0.00
}

// What failed is said by flow.Flow.Failed, whose own test has every state.
func TestSourcesCountsWhatFailed(t *testing.T) {
	flows := calls("a x 80 SH", "a x 80 SHR", "a x 80 RSTRH", "a x 80 RSTO", "b 239.255.255.250 1900 S0", "b x 80 S0", "b 10.0.0.255 137 S0", "b x 80 SF")
	got := Must(Sources(flows))
	for i, want := range map[string]float64{"a": 0.75, "b": 0.25} {
		row := got.Filter(dataframe.F{Colname: "src_ip", Comparator: series.Eq, Comparando: i})
		if share := row.Col("failed_share").Float()[0]; share != want {
			t.Errorf("source %s: failed_share is %v, want %v", i, share, want)
		}
	}
}

func TestDistinct(t *testing.T) {
	flows := calls("a x 80 S0", "a x 81 S0", "NaN y 80 SF", "b NaN 80 SF", "b y 80 SF")
	for _, c := range []struct {
		key, value string
		want       map[string]int
	}{
		{"src_ip", "dst_ip", map[string]int{"a": 1, "b": 1}},
		{"src_ip", "dst_port", map[string]int{"a": 2, "b": 1}},
		{"dst_port", "src_ip", map[string]int{"80": 2, "81": 1}},
	} {
		if got, err := Distinct(flows, c.key, c.value); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s, %s: %v and error %v, want %v", c.key, c.value, got, err, c.want)
		}
	}
}

func TestSourcesNeedsItsColumns(t *testing.T) {
	for _, column := range []string{"src_ip", "dst_ip", "dst_port", "state"} {
		_, err := Sources(calls("a x 80 SF").Drop(column))
		if err == nil || !strings.Contains(err.Error(), `no column "`+column+`"`) {
			t.Errorf("without %s: error %v", column, err)
		}
	}
	if _, err := Sources(dataframe.LoadRecords(nil)); err == nil {
		t.Error("no error for a frame that is not usable")
	}
}
