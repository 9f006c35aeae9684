package coursetest

import (
	"testing"

	"flowlab/labkit/internal/show"
)

// Shown returns the one thing that a cell shows while run is called.
func Shown(t *testing.T, run func()) show.Bundle {
	t.Helper()
	var got []show.Bundle
	show.Sink = func(b show.Bundle) { got = append(got, b) }
	defer func() { show.Sink = nil }()
	run()
	if len(got) != 1 {
		t.Fatalf("%d outputs: want 1", len(got))
	}
	return got[0]
}
