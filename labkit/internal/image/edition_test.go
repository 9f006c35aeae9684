package image

import (
	"path/filepath"
	"testing"

	"flowlab/labkit/internal/coursetest"
)

func TestEdition(t *testing.T) {
	dir := t.TempDir()
	edition := func() string {
		t.Helper()
		name, err := Edition(dir)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	coursetest.Write(t, filepath.Join(dir, "go.mod"), "module flowlab\n")
	coursetest.Write(t, filepath.Join(dir, "solutions", "01.ipynb"), "{}")
	first := edition()
	coursetest.Write(t, filepath.Join(dir, "notebooks", "01.ipynb"), "mine")
	coursetest.Write(t, filepath.Join(dir, "solutions", ".ipynb_checkpoints", "01.ipynb"), "mine")
	if got := edition(); got != first {
		t.Errorf("a learner's work makes another edition: %s, not %s", got, first)
	}
	coursetest.Write(t, filepath.Join(dir, "solutions", "01.ipynb"), "{ }")
	if got := edition(); got == first {
		t.Error("another solution makes no other edition")
	}
}
