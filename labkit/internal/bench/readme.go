package bench

import (
	"fmt"
	"os"
	"strings"

	"flowlab/labkit/internal/checkout"
)

// The README of the bench holds the report between these lines.
const beginBench, endBench = "<!-- BEGIN BENCH: written by make bench ARGS=--readme -->\n", "<!-- END BENCH -->"

// WriteReadme puts the report and the picture into the README of the bench.
func WriteReadme(repo checkout.Repo, report string, measured []Result) error {
	path := repo.Path("labkit", "internal", "bench", "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(readme), beginBench)
	_, after, ended := strings.Cut(rest, endBench)
	if !begun || !ended {
		return fmt.Errorf("labkit/internal/bench/README.md: no lines %q and %q to put the report between", beginBench, endBench)
	}
	picture, err := Picture(measured)
	if err != nil {
		return err
	}
	if err := os.WriteFile(repo.Path("labkit", "internal", "bench", "bench.png"), picture, 0o644); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(before+beginBench+report+endBench+after), 0o644)
}
