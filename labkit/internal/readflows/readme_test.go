package readflows

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The README lists the formats that are read.
func TestREADMEListsTheFormats(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "<!-- BEGIN FORMATS -->\n")
	got, _, _ := strings.Cut(rest, "<!-- END FORMATS -->")
	if want := "```\n" + Formats() + "```\n"; got != want {
		t.Errorf("README.md has between BEGIN FORMATS and END FORMATS\n%s\nwant\n%s", got, want)
	}
}
