package progress

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// newFile returns the path of a progress file with this content, or of none.
func newFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), Name)
	if content != "" {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func record(t *testing.T, path, id string, state State) Entry {
	t.Helper()
	entry, notes, err := Record(path, id, state)
	if err != nil || len(notes) > 0 {
		t.Fatalf("notes %q, error %v: want none", notes, err)
	}
	return entry
}

func load(t *testing.T, path string) map[string]Entry {
	t.Helper()
	entries, notes, err := Load(path)
	if err != nil || len(notes) > 0 {
		t.Fatalf("notes %q, error %v: want none", notes, err)
	}
	return entries
}

func TestRecord(t *testing.T) {
	path := newFile(t, "")
	for i, step := range []struct {
		state State
		want  Entry
	}{
		{NotAttempted, Entry{NotAttempted, NotAttempted, 0}},
		{Crashed, Entry{Crashed, Crashed, 1}},
		{WrongSignature, Entry{Crashed, WrongSignature, 2}},
		{Passed, Entry{Passed, Passed, 3}},
		{Wrong, Entry{Passed, Wrong, 4}},
		{NotAttempted, Entry{Passed, NotAttempted, 4}},
	} {
		if got := record(t, path, "average-path", step.state); got != step.want {
			t.Errorf("step %d: entry is %+v: want %+v", i+1, got, step.want)
		}
	}
	if got, want := load(t, path)["average-path"], (Entry{Passed, NotAttempted, 4}); got != want {
		t.Errorf("the file has %+v: want %+v", got, want)
	}
}

func TestReset(t *testing.T) {
	path := newFile(t, "")
	for _, id := range []string{"a", "b", "c"} {
		record(t, path, id, Passed)
	}
	if notes, err := Reset(path, "b", "unknown"); err != nil || len(notes) > 0 {
		t.Errorf("notes %q, error %v: want none", notes, err)
	}
	if got := load(t, path); len(got) != 2 || got["b"].Attempts != 0 {
		t.Errorf("after a reset of b there are %v: want a and c", got)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := Reset(path)
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0], Name+".kept-1") {
		t.Fatalf("notes %q, error %v: want one that names the file kept", notes, err)
	}
	if got := load(t, path); len(got) != 0 {
		t.Errorf("after a reset of all there are %v: want none", got)
	}
	if kept, err := os.ReadFile(path + ".kept-1"); err != nil || string(kept) != string(before) {
		t.Errorf("kept %q, error %v: want the file as it was", kept, err)
	}
	if notes, err := Reset(path); err != nil || notes != nil {
		t.Errorf("without a file: notes %q, error %v: want none", notes, err)
	}
}

// What cannot be understood is kept aside to the byte, what can is taken over,
// and the new file goes on from there.
func TestFaultyFileIsKept(t *testing.T) {
	const good = `"good": {"best": "passed", "last": "wrong", "attempts": 7}`
	for _, test := range []struct {
		name, content, note string
		takenOver           int
	}{
		{"not JSON", `{"version": 1, "exerc`, "is damaged", 0},
		{"not an object", `[1, 2]`, "is damaged", 0},
		{"blank", "\n", "is damaged", 0},
		{"null", "null", "version 0", 0},
		{"without exercises", `{"version": 1}`, "no list of exercises", 0},
		{"text for an entry", `{"version": 1, "exercises": {"x": "passed", ` + good + `}}`, `the entry of "x"`, 1},
		{"unknown state", `{"version": 1, "exercises": {"x": {"best": "mastered", "last": "wrong"}, ` + good + `}}`, "mastered", 1},
		{"attempts below 0", `{"version": 1, "exercises": {"x": {"best": "wrong", "last": "wrong", "attempts": -1}, ` + good + `}}`, `the entry of "x"`, 1},
		{"older", `{"exercises": {` + good + `}}`, "version 0", 1},
		{"older, of another shape", `{"version": 0, "done": ["good"]}`, "version 0", 0},
		{"newer", `{"version": 2, "exercises": {` + good + `}}`, "version 2", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := newFile(t, test.content)
			if err := os.WriteFile(path+".kept-1", []byte("an earlier one"), 0o644); err != nil {
				t.Fatal(err)
			}
			_, notes, err := Record(path, "new", Wrong)
			if err != nil {
				t.Fatal(err)
			}
			wants := []string{test.note, Name + ".kept-2", fmt.Sprintf("%d of its exercises", test.takenOver)}
			for _, want := range wants {
				if len(notes) != 1 || !strings.Contains(notes[0], want) {
					t.Errorf("notes are %q: want one with %q", notes, want)
				}
			}
			for name, want := range map[string]string{".kept-1": "an earlier one", ".kept-2": test.content} {
				if kept, err := os.ReadFile(path + name); err != nil || string(kept) != want {
					t.Errorf("%s has %q, error %v: want %q", name, kept, err, want)
				}
			}
			entries := load(t, path)
			if entries["new"] != (Entry{Wrong, Wrong, 1}) || len(entries) != test.takenOver+1 {
				t.Errorf("the new file has %v", entries)
			}
			if test.takenOver == 1 && entries["good"] != (Entry{Passed, Wrong, 7}) {
				t.Errorf("taken over: %+v", entries["good"])
			}
		})
	}
}

// Two notebooks have two kernels, and both write.
func TestConcurrentRecordsAreAllKept(t *testing.T) {
	path := newFile(t, "")
	var wg sync.WaitGroup
	for kernel := range 4 {
		wg.Go(func() {
			for i := range 10 {
				if _, _, err := Record(path, fmt.Sprintf("%d-%d", kernel, i), Passed); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(load(t, path)); got != 40 {
		t.Errorf("%d entries: want 40", got)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, error %v: want the progress file alone", files, err)
	}
}

func TestErrors(t *testing.T) {
	folder := t.TempDir()
	if _, _, err := Record(folder, "x", Passed); err == nil {
		t.Error("a folder in the place of the file is no error")
	}
	if _, _, err := Record(filepath.Join(folder, "gone", Name), "x", Passed); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("error is %v: want one that names the missing folder", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "gone")); err == nil {
		t.Error("the missing folder was made")
	}
}

func TestPath(t *testing.T) {
	t.Setenv(Variable, "")
	t.Setenv("GONB_DIR", "")
	if got := Path(); got != "" {
		t.Errorf("outside a notebook the path is %q: want none", got)
	}
	t.Setenv("GONB_DIR", "/course/notebooks")
	if got, want := Path(), "/course/notebooks/progress.json"; got != want {
		t.Errorf("path is %q: want %q", got, want)
	}
	t.Setenv(Variable, "/elsewhere/p.json")
	if got, want := Path(), "/elsewhere/p.json"; got != want {
		t.Errorf("path is %q: want %q", got, want)
	}
}

func TestStateNames(t *testing.T) {
	if got := State("").String(); got != "not attempted" {
		t.Errorf("the zero State is %q: want not attempted", got)
	}
	seen := map[string]bool{}
	for _, s := range States {
		seen[s.Symbol()] = true
	}
	if len(seen) != len(States) {
		t.Errorf("%d symbols for %d States: want one each", len(seen), len(States))
	}
}
