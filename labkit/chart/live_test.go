package chart

import (
	"testing"

	"flowlab/labkit/internal/show"
)

// A figure that changes is shown each time, with its own words.
func TestLive(t *testing.T) {
	var said []string
	show.Sink = func(b show.Bundle) { said = append(said, b.Alt) }
	defer func() { show.Sink = nil }()
	var l Live
	for _, n := range []int{1, 2} {
		l.Show(HostTimeline([]float64{1, 2, 3}[:n+1], nil, ""))
	}
	if len(said) != 2 || said[0] == said[1] {
		t.Errorf("shown: %q", said)
	}
	defer func() {
		if recover() == nil {
			t.Error("a figure that is none was shown")
		}
	}()
	l.Show(HostTimeline(nil, nil, ""))
}
