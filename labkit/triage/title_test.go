package triage

import (
	"os"
	"regexp"
	"testing"
)

// Every kind has a title, and every technique in the source a name.
func TestTitles(t *testing.T) {
	for _, k := range Kinds() {
		if k.Title() == "" {
			t.Errorf("%s has no title", k)
		}
	}
	source, err := os.ReadFile("technique.go")
	if err != nil {
		t.Fatal(err)
	}
	ids := regexp.MustCompile(`"(T[0-9.]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(ids) < 10 {
		t.Fatalf("%d techniques in technique.go: want all", len(ids))
	}
	for _, id := range ids {
		if TechniqueName(id[1]) == "" {
			t.Errorf("%s has no name", id[1])
		}
	}
}
