package flow

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Flows that come in any order stand in that of their numbers, with their own
// words: more of them than there is room for.
func TestSequenceBuilder(t *testing.T) {
	const n = 3*sequencePart + 17
	b := NewSequenceBuilder(TS, SrcIP, SrcPort, State)
	of := func(i int) Flow {
		f := Unknown()
		f.TS, f.SrcIP, f.SrcPort = float64(i), fmt.Sprintf("10.%d.%d.1", i%7, i/3), i%3-1 // of which -1 is unknown
		if i%2 == 0 {
			f.State = "S0"
		}
		f.Origin = Origin{"test", i + 1}
		return f
	}
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
		f := of(i)
		b.Put(i, &f)
	}
	table := b.Table()
	if table.Len() != n || table.Report.Flows != n || len(table.Parts) != 4 {
		t.Fatalf("%d flows in %d parts, %d reported", table.Len(), len(table.Parts), table.Report.Flows)
	}
	for i, f := range table.All() {
		if got, want := fmt.Sprint(f), fmt.Sprint(of(i)); got != want {
			t.Fatalf("flow %d is %s, want %s", i, got, want)
		}
	}
	if got, want := fmt.Sprint(table.Report.Unset), fmt.Sprint([]Count{{"src_port", (n + 2) / 3}, {"state", n / 2}}); got != want {
		t.Errorf("unset %s, want %s", got, want)
	}
}
