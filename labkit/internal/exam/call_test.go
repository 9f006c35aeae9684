package exam

import (
	"testing"
	"time"
)

// A function has its seconds of the processor, however long these take where
// others have it, up to ten times the limit; one that waits has those of the clock.
func TestStarved(t *testing.T) {
	const limit = 3 * time.Second
	for _, c := range []struct {
		passed, used time.Duration
		want         bool
	}{
		{3 * time.Second, 3 * time.Second, false},       // an endless loop
		{3 * time.Second, 6 * time.Second, false},       // on two processors
		{3 * time.Second, 600 * time.Millisecond, true}, // with a fifth of one
		{14 * time.Second, 2800 * time.Millisecond, true},
		{15 * time.Second, 3 * time.Second, false},
		{30 * time.Second, 2 * time.Second, false},      // whatever the machine does
		{3 * time.Second, 20 * time.Millisecond, false}, // a channel that nobody closes
		{3 * time.Second, 0, false},                     // not known
	} {
		if got := starved(c.passed, c.used, limit); got != c.want {
			t.Errorf("after %v with %v of the processor: starved is %v", c.passed, c.used, got)
		}
	}
}

// What a program has had of the processor grows while it works.
func TestProcessorTime(t *testing.T) {
	before := processorTime()
	for sum := 0; processorTime() == before; sum++ {
		if sum < 0 {
			return
		}
	}
	if got := processorTime(); got <= before || before < 0 {
		t.Errorf("it had %v, then %v", before, got)
	}
}
