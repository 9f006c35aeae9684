package repair

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asked is a program whose check asks how many elements are as high as the first
// parameter says, and wants it as a share of all.
const asked = `package main

import "fmt"
import "os"
import "strconv"

var skip, _ = strconv.Atoi(os.Getenv("FLOWLAB_REPAIR"))

func check(f func(limit int, values []int) float64) {
	if skip--; skip >= 0 {
		return
	}
	right := f(3, []int{1, 3, 5, 2}) == 0.5 && f(1, []int{1}) == 1 && f(9, []int{1, 2}) == 0 && f(2, []int{3, 1, 1, 1, 1}) == 0.2 && f(2, nil) == 0
	fmt.Println(map[bool]string{true: "flowlab-repair: right", false: "flowlab-repair: wrong"}[right])
}

func main() {
	check(share)
}

`

const rightShare = `func share(limit int, values []int) float64 {
	if len(values) == 0 {
		return 0
	}
	n := 0
	for _, v := range values {
		if reaches(v, limit) {
			n++
		}
	}
	return float64(n) / float64(len(values))
}

func reaches(v, limit int) bool { return v >= limit }
`

// write writes the program with a function, and returns the path of its file.
func write(t *testing.T, function string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module p\n\ngo 1.26\n", "main.go": asked + function} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "main.go")
}

func found(t *testing.T, function string) string {
	t.Helper()
	says, err := Find(context.Background(), write(t, function), "share")
	if err != nil {
		t.Fatal(err)
	}
	return says
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ right, wrong, says string }{
		{"v >= limit", "v > limit", "`v > limit` is true where both sides are equal, too"},
		{"n := 0", "n := 1", "another number in place of `1`"},
		{"n++", "n++\n\t\t\tbreak", "without `break`"},
		{"range values", "range values[1:]", "all of `values` in place of `values[1:]`"},
		{"_, v := range values", "v := range values", "the elements of `values`, not their numbers, in `for v := range values …`"},
		{"float64(len(values))", "float64(limit)", "something else in place of `limit`, such as how many elements `values` has"},
		{"float64(n) / float64(len(values))", "float64(n / len(values))", "`float64` around each side of `n / len(values)`, not around the whole"},
		{"if len(values) == 0 {\n\t\treturn 0\n\t}", "", "0 where `float64(n) / float64(len(values))` is not a number"},
	} {
		wrong := strings.Replace(rightShare, test.right, test.wrong, 1)
		if wrong == rightShare {
			t.Fatalf("%q is not in the right function", test.right)
		}
		if got, want := found(t, wrong), "One change makes every case right: "+test.says+"."; got != want {
			t.Errorf("%q for %q: %s\nwant %s", test.wrong, test.right, got, want)
		}
	}
}

func TestFindParameter(t *testing.T) {
	wrong := strings.Replace(rightShare, "limit) {\n\t\t\tn++", "3) {\n\t\t\tn++", 1)
	if got, want := found(t, wrong), "The function does not look at its parameter `limit`."; got != want {
		t.Errorf("%s: want %s", got, want)
	}
}

// What touches files is not tried in other ways.
func TestFindNoHarm(t *testing.T) {
	wrong := strings.Replace(rightShare, "v >= limit", "v > limit && os.Getpid() > 0", 1)
	path := write(t, wrong)
	if says, err := Find(context.Background(), path, "share"); err == nil || !strings.Contains(err.Error(), "share uses os") {
		t.Errorf("%q, %v: want an error that names package os", says, err)
	}
}

// Two mistakes have no one change, and nothing is said of them.
func TestFindNothing(t *testing.T) {
	wrong := strings.NewReplacer("v >= limit", "v < limit", "n := 0", "n := 7").Replace(rightShare)
	if says := found(t, wrong); says != "" {
		t.Error(says)
	}
}
