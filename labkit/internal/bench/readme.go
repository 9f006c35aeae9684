package bench

import (
	"fmt"
	"os"
	"strings"

	"flowlab/labkit/internal/checkout"
)

// The README holds the report between these lines.
const beginBench, endBench = "<!-- BEGIN BENCH: written by make bench ARGS=--readme -->\n", "<!-- END BENCH -->"

// WriteReadme puts the report and the picture where the README shows them.
func WriteReadme(repo checkout.Repo, report string, measured []Result) error {
	readme, err := os.ReadFile(repo.Path("README.md"))
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(readme), beginBench)
	_, after, ended := strings.Cut(rest, endBench)
	if !begun || !ended {
		return fmt.Errorf("README.md: no lines %q and %q to put the report between", beginBench, endBench)
	}
	picture, err := Picture(measured)
	if err != nil {
		return err
	}
	if err := os.WriteFile(repo.Path("labkit", "internal", "bench", "bench.png"), picture, 0o644); err != nil {
		return err
	}
	return os.WriteFile(repo.Path("README.md"), []byte(before+beginBench+report+endBench+after), 0o644)
}
