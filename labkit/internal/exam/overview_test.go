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

// A notebook's own rows do not repeat its name, and the next one is a link.
func TestFolded(t *testing.T) {
	exercises := []*Exercise{{ID: "a", Notebook: "01_first", Title: "A"}, {ID: "b", Notebook: "02_second", Title: "B"}}
	entries := map[string]progress.Entry{"a": {Best: progress.Passed}}
	b := folded(exercises, "01_first", entries, overview(exercises, entries, nil))
	here, all, _ := strings.Cut(b.HTML, "<details>")
	if strings.Contains(here, ">Notebook<") || !strings.Contains(all, ">Notebook<") {
		t.Errorf("%s: want the column of notebooks in the folded table alone", b.HTML)
	}
	if want := `<p>Next: B (b), in <a href="02_second.ipynb">02_second</a>.</p>`; !strings.Contains(here, want) {
		t.Errorf("%s: want %s", here, want)
	}
}
