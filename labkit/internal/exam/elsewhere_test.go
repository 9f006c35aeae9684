package exam

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestMissing(t *testing.T) {
	const (
		call   = "\n%%\ncheck.Count(count)"
		gone   = "`count` is not in this cell: what was checked is the function of that name that was declared before. It lives on until `%rm count`, or until the kernel restarts."
		meant  = gone + " If `countAll` is your answer, give it the name count again."
		all    = "func countAll(m int) (int, error) { return 999, nil }\n"
		square = "func square(x float64) float64 { return x * x }\n"
	)
	kind := reflect.TypeOf(func(n int) (int, error) { return n, nil }).String()
	for _, test := range []struct{ what, cell, want string }{
		{"it stands there", "func count(n int) (int, error) { return n, nil }\n" + call, ""},
		{"as a variable", "var (\n\tx = 1\n\tcount = func(n int) (int, error) { return n, nil }\n)\n" + call, ""},
		{"behind lines for the kernel", "%rm x\n!ls\nfunc count(n int) (int, error) { return n, nil }\n" + call + "\n%with the rest", ""},
		{"the check alone is left", "%%\ncheck.Count(count)", gone},
		{"renamed", all + call, meant},
		{"renamed and made a variable", "var countAll = func(int) (int, error) { return 999, nil }" + call, meant},
		{"two may be meant", all + strings.Replace(all, "countAll", "countSome", 1) + call, gone},
		{"one of another type", square + call, gone},
		{"its name stands in a comment", "// func count(n int) (int, error)\n" + square + call, gone},
		{"a method has its name", "type t struct{}\nfunc (t) count(n int) (int, error) { return n, nil }\n" + call, gone},
		{"declared below %%", "%%\ncount := 1\ncheck.Count(count)", gone},
		{"what is no Go", "func count(" + call, ""},
	} {
		if got := missing(test.cell, "count", kind); got != test.want {
			t.Errorf("%s: %q: want %q", test.what, got, test.want)
		}
	}
	if got := missing(call, "your function", kind); got != "" {
		t.Errorf("a function without a name is missed: %q", got)
	}
}

func identity(n int) int { return n }

// The cell is looked for in the kernel's folder, and without it nothing is said.
func TestElsewhere(t *testing.T) {
	folder := t.TempDir()
	for _, test := range []struct {
		folder, cell string
		answer       any
		missed       bool
	}{
		{"", "", identity, false},
		{folder, "", identity, false},
		{folder, "%%\ncheck.Count(identity)", identity, true},
		{folder, "%%\ncheck.Count(identity)", 3, false},
		{folder, "%%\ncheck.Count(func(n int) int { return n })", func(n int) int { return n }, false},
		{folder, "func identity(n int) int { return n }\n%%\ncheck.Count(identity)", identity, false},
	} {
		t.Setenv(kernelFolder, test.folder)
		if test.cell != "" {
			if err := os.WriteFile(filepath.Join(folder, CellName), []byte(test.cell), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if says := elsewhere(test.answer); (says != "") != test.missed {
			t.Errorf("cell %q: it says %q", test.cell, says)
		}
	}
}

// The types of functions are written as package reflect writes them.
func TestTypeOf(t *testing.T) {
	declared, err := declarations("func a(x, y []int, s string) (n int, err error) { return 0, nil }\nfunc b(map[string]float64, func(int) bool) {}\nfunc c(v ...int) *int { return nil }")
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]any{
		"a": func([]int, []int, string) (int, error) { return 0, nil },
		"b": func(map[string]float64, func(int) bool) {},
		"c": func(...int) *int { return nil },
	} {
		if want := reflect.TypeOf(f).String(); declared[name] != want {
			t.Errorf("%s is %q: want %q", name, declared[name], want)
		}
	}
}
