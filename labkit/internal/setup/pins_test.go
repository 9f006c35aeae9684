package setup

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"flowlab/labkit/internal/coursetest"
)

var (
	// pinned matches a requirement at an exact version, and the hashes below it.
	pinned      = regexp.MustCompile(`(?m)^[\w.-]+==[\w.]+( ; [^\n\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+$`)
	requirement = regexp.MustCompile(`(?m)^[^\s#]`)
)

// What pip installs, on whatever system, is known to the byte.
func TestRequirementsHaveHashes(t *testing.T) {
	repo := coursetest.Repo(t)
	for _, name := range []string{"requirements.txt", "labkit/internal/image/requirements.txt", "labkit/internal/e2e/requirements.txt", "labkit/internal/bench/requirements.txt"} {
		data, err := os.ReadFile(repo.Path(filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		all, good := len(requirement.FindAll(data, -1)), len(pinned.FindAll(data, -1))
		if all == 0 || good != all {
			t.Errorf("%s: %d of %d requirements have an exact version and hashes", name, good, all)
		}
	}
}
