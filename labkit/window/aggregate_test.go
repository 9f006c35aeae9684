package window

import (
	"math"
	"testing"

	"flowlab/labkit/flow"
)

// aggregateOf works an aggregate out from flows of one host by what Aggregate says
// alone. It leaves out what compares hosts or needs gaps.
func aggregateOf(a Aggregate, flows []flow.Flow) float64 {
	type door struct {
		peer string
		port int
	}
	n, sum := 0., 0.
	values, doors := map[any]bool{}, map[door]float64{}
	most := 0.
	for _, f := range flows {
		if a.Only == OnlyFailed && !f.Failed() || a.Only == OnlyBroken && !f.Broken() {
			continue
		}
		n++
		if v := f.Number(a.Of); !a.Of.IsWord() && !math.IsNaN(v) {
			sum += v
			values[v] = true
		}
		if w := f.Word(a.Of); w != "" {
			values[w] = true
		}
		if f.DstIP != "" && f.DstPort >= 0 {
			at := door{f.DstIP, f.DstPort}
			doors[at]++
			most = max(most, doors[at])
		}
	}
	return map[Function]float64{Count: n, Sum: sum, Distinct: float64(len(values)), MostAtOneDoor: most}[a.Function]
}

// What a column says of how it is counted is how it is counted.
func TestColumnsAreTheAggregatesTheySay(t *testing.T) {
	var ofA []flow.Flow
	for _, f := range scene() {
		if f.SrcIP == "a" {
			ofA = append(ofA, f)
		}
	}
	rows, _ := run(t, tenSeconds, scene())
	compared := 0
	for _, c := range Columns(SrcIP) {
		if c.Aggregate.Function > MostAtOneDoor {
			continue
		}
		compared++
		if got, want := c.Value(&rows[0]), aggregateOf(c.Aggregate, ofA); got != want {
			t.Errorf("%s is %v: want %v, %+v", c.Name, got, want, c.Aggregate)
		}
	}
	if compared != 13 {
		t.Errorf("%d columns were compared: want 13", compared)
	}
}
