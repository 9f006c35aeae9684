package notebook

import (
	"fmt"
	"strings"
	"testing"
)

// parse returns a notebook of cells, each given as JSON.
func parse(t *testing.T, cells ...string) *Notebook {
	t.Helper()
	n, err := Parse([]byte(`{"cells": [` + strings.Join(cells, ", ") + `], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func codeCell(id, source string) string {
	return fmt.Sprintf(`{"cell_type": "code", "id": %q, "metadata": {}, "outputs": [{"output_type": "stream"}], "execution_count": 3, "source": %q}`, id, source)
}

func markdownCell(id, source, tags string) string {
	return fmt.Sprintf(`{"cell_type": "markdown", "id": %q, "metadata": {"tags": [%s]}, "source": %q}`, id, tags, source)
}

const solvedCell = "func f() int {\n\tn := 6\n\t// BEGIN SOLUTION\n\tn *= 7\n\treturn n\n\t// END SOLUTION\n}\n\n%%\ncheck.F(f)"

func releasedNotebook(t *testing.T, prose string) *Notebook {
	t.Helper()
	n := parse(t, markdownCell("task", prose, ""), codeCell("f", solvedCell), markdownCell("why", "Because.", `"solution"`))
	if err := n.Release(); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRelease(t *testing.T) {
	n := releasedNotebook(t, "Write f.")
	if len(n.Cells()) != 2 {
		t.Fatalf("%d cells: want 2, without the one tagged as a solution", len(n.Cells()))
	}
	want := "func f() int {\n\tn := 6\n\tpanic(check.NotAttempted) // replace this line by your own\n}\n\n%%\ncheck.F(f)"
	if got := n.Cells()[1].Source(); got != want {
		t.Errorf("released the cell\n%s\nwant\n%s", got, want)
	}
	if outputs := n.Cells()[1].outputs(); len(outputs) > 0 {
		t.Errorf("released with the outputs %v", outputs)
	}
}

func TestReleaseRefusesUnbalancedMarks(t *testing.T) {
	for _, source := range []string{
		"// BEGIN SOLUTION\nx",
		"x\n// END SOLUTION",
		"// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION",
	} {
		if err := parse(t, codeCell("a", "1"), codeCell("b", source)).Release(); err == nil || !strings.Contains(err.Error(), "cell 2") {
			t.Errorf("%q: error is %v: want one that names cell 2", source, err)
		}
	}
}

func TestEdited(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(n *Notebook)
		want   bool
	}{
		{"nothing", func(*Notebook) {}, false},
		{"executed", func(n *Notebook) { n.Cells()[1].fields["execution_count"] = 5 }, false},
		{"an answer", func(n *Notebook) { n.Cells()[1].SetSource("func f() int { return 42 }") }, true},
		{"a note in the prose", func(n *Notebook) { n.Cells()[0].SetSource("Write f. I did.") }, true},
		{"a cell removed", func(n *Notebook) { n.setCells(n.cells[:1]) }, true},
		{"no edition", func(n *Notebook) { n.fields["metadata"] = map[string]any{} }, true},
	} {
		n := releasedNotebook(t, "Write f.")
		test.change(n)
		if got := n.Edited(); got != test.want {
			t.Errorf("%s: edited is %t: want %t", test.name, got, test.want)
		}
	}
	if first, second := releasedNotebook(t, "Write f.").Edition(), releasedNotebook(t, "Write f, please.").Edition(); first == second || first == "" {
		t.Errorf("two editions are named %q and %q", first, second)
	}
}

func TestTakeAnswers(t *testing.T) {
	learners := releasedNotebook(t, "Write f.")
	n := releasedNotebook(t, "Write f, please.")
	if got := n.TakeAnswers(learners); got != 0 {
		t.Errorf("took %d answers from stubs", got)
	}
	const own = "func f() int { return 42 }\n\n%%\ncheck.F(f)"
	learners.Cells()[1].SetSource(own)
	learners.Cells()[0].SetSource("My notes.")
	if got := n.TakeAnswers(learners); got != 1 || n.Cells()[1].Source() != own {
		t.Errorf("took %d answers, and the cell is\n%s", got, n.Cells()[1].Source())
	}
	if got := n.Cells()[0].Source(); got != "Write f, please." {
		t.Errorf("the prose is %q: want the new edition's", got)
	}
}
