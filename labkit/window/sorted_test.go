package window

import (
	"math/rand/v2"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

func TestRowsOfAllFlowsAreNeverLate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for at := range Start + 1 {
		flows := random(rng, 200, 0, at)
		flows[3].TS, flows[7].TS = 1e9, 3e9 // years before and after the others
		want, _ := oracle(flows, 60e6, 10e6, 1<<60, SrcIP, at)
		rng.Shuffle(len(flows), func(i, j int) { flows[i], flows[j] = flows[j], flows[i] })
		handed := 0
		o := Options{Size: time.Minute, Slide: 10 * time.Second, Time: at, MaxJump: time.Second, Late: func(flow.Flow, int) { handed++ }}
		got, err := Rows(flows, o)
		if err != nil || handed > 0 {
			t.Fatalf("%v, %d flows are late", err, handed)
		}
		sameRows(t, "", got, want)
	}
	if _, err := Rows(nil, Options{Size: -1}); err == nil {
		t.Error("no error for a size below 0")
	}
}
