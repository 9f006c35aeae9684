package exam

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// meantIn writes the program of a cell as the kernel makes it, and returns the
// function that may be meant when old is checked.
func meantIn(t *testing.T, folder, source string, e *Exercise, old string) string {
	t.Helper()
	program := filepath.Join(folder, "main.go")
	if err := os.WriteFile(program, []byte("package main\n\n"+source), 0o644); err != nil {
		t.Fatal(err)
	}
	now, types := functionsOf(program)
	s := loadSeen(filepath.Join(folder, seenName))
	meant := s.meant(e, old, now, types)
	s.Functions, s.Checked[old], s.Renamed[e.ID] = now, e.ID, meant
	remember(filepath.Join(folder, seenName), s)
	return meant
}

func TestRenamedFunctionIsNoticed(t *testing.T) {
	const (
		right   = "func count(n int) int { return n }\n"
		other   = "func twice(a, b float64) (x, y float64) { return a, b }\n"
		renamed = "func countAll(m int) int { return 999 }\n"
	)
	e, next := &Exercise{ID: "count"}, &Exercise{ID: "twice"}
	folder := t.TempDir()
	for _, step := range []struct {
		what, source string
		exercise     *Exercise
		old, want    string
	}{
		{"the first check", right, e, "count", ""},
		{"the same again", right, e, "count", ""},
		{"another exercise", right + other, next, "twice", ""},
		{"another exercise in between", right + other, e, "count", ""},
		{"renamed", right + other + renamed, e, "count", "countAll"},
		{"run again", right + other + renamed, e, "count", "countAll"},
		{"the old one written anew", strings.Replace(right, "return n", "return n + 1", 1) + renamed, e, "count", ""},
		{"and as it is", strings.Replace(right, "return n", "return n + 1", 1) + renamed, e, "count", ""},
		{"handed over by its new name", right + renamed, e, "countAll", ""},
	} {
		if got := meantIn(t, folder, step.source, step.exercise, step.old); got != step.want {
			t.Errorf("%s: %q may be meant: want %q", step.what, got, step.want)
		}
	}
}

func TestTypeOf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "main.go")
	source := "package main\nfunc a(x, y []int, s string) (n int, err error)\nfunc b([]int, []int, string) (int, error)\nfunc c(x []int, s string) (int, error)\n"
	if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, types := functionsOf(path); types["a"] != types["b"] || types["a"] == types["c"] {
		t.Errorf("types %q: want those of a and b equal, and that of c another", types)
	}
}
