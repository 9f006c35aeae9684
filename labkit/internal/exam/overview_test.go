package exam

import (
	"strings"
	"testing"

	"flowlab/labkit/internal/progress"
)

func TestNext(t *testing.T) {
	exercises := []*Exercise{
		{ID: "a", Notebook: "01_first", Title: "A"}, {ID: "b", Notebook: "01_first", Title: "B"},
		{ID: "c", Notebook: "02_second", Title: "C"},
	}
	for _, test := range []struct{ passed, notebook, want string }{
		{"", "01_first", "Next: A (a)."},
		{"a", "01_first", "Next: B (b)."},
		{"ab", "01_first", "Next: C (c), in 02_second."},
		{"c", "02_second", "Next: A (a), in 01_first."}, // from the beginning again
		{"a", "", "Next: B (b), in 01_first."},
		{"abc", "02_second", "All exercises are passed."},
	} {
		entries := map[string]progress.Entry{}
		for _, id := range strings.Split(test.passed, "") {
			entries[id] = progress.Entry{Best: progress.Passed}
		}
		if got := next(exercises, test.notebook, entries); got != test.want {
			t.Errorf("passed %q, in %q: %q: want %q", test.passed, test.notebook, got, test.want)
		}
	}
}
