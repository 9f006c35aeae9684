package notebook

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit/internal/checkout"
)

// What stands between these two lines of a code cell is a solution, and Stub is
// put in its place for learners.
const (
	beginSolution = "// BEGIN SOLUTION"
	endSolution   = "// END SOLUTION"
	stub          = "panic(check.NotAttempted) // replace this line by your own"
)

// solutionTag is the tag of cells that only the solved notebook has.
const solutionTag = "solution"

// Release makes of a solved notebook what a learner opens: it cuts the
// solutions and all that execution left, and writes the edition into the
// metadata, by which [Notebook.Edited] knows a learner's work.
func (n *Notebook) Release() error {
	n.Strip()
	n.setCells(slices.DeleteFunc(slices.Clone(n.cells), Cell.isSolution))
	for i, c := range n.cells {
		if !c.IsCode() {
			continue
		}
		source, err := cutSolutions(c.Source())
		if err != nil {
			return fmt.Errorf("releasing a notebook: cell %d: %w", i+1, err)
		}
		c.SetSource(source)
	}
	n.course()["edition"] = n.digest()
	return nil
}

// Released returns a notebook as the solution of that name gives it now.
func Released(repo checkout.Repo, name string) (*Notebook, error) {
	n, err := Read(repo.Path("solutions", name))
	if err != nil {
		return nil, err
	}
	if err := n.Release(); err != nil {
		return nil, fmt.Errorf("solutions/%s: %w", name, err)
	}
	return n, nil
}

// Edited reports whether somebody has changed, added or removed a cell since
// the notebook was released. Outputs do not count. A notebook that was never
// released is edited.
func (n *Notebook) Edited() bool { return n.course()["edition"] != n.digest() }

// Edition names the release that the notebook comes from, "" if none.
func (n *Notebook) Edition() string {
	edition, _ := n.course()["edition"].(string)
	return edition
}

// course returns the part of the metadata that belongs to the course.
func (n *Notebook) course() map[string]any {
	metadata, ok := n.fields["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		n.fields["metadata"] = metadata
	}
	course, ok := metadata["flowlab"].(map[string]any)
	if !ok {
		course = map[string]any{}
		metadata["flowlab"] = course
	}
	return course
}

// digest is the same for two notebooks with the same text in the same cells.
func (n *Notebook) digest() string {
	hash := sha256.New()
	for _, c := range n.cells {
		// A list of strings cannot fail to be encoded.
		line, _ := json.Marshal([]any{c.fields["cell_type"], c.ID(), c.Source()})
		hash.Write(line)
	}
	return fmt.Sprintf("%.8x", hash.Sum(nil))
}

// cutSolutions replaces each solution in a cell's source by the stub.
func cutSolutions(source string) (string, error) {
	var kept strings.Builder
	inside := false
	for line := range strings.Lines(source) {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == beginSolution:
			if inside {
				return "", fmt.Errorf("a second %q before %q", beginSolution, endSolution)
			}
			inside = true
			indent, _, _ := strings.Cut(line, beginSolution)
			kept.WriteString(indent + stub + "\n")
		case trimmed == endSolution:
			if !inside {
				return "", fmt.Errorf("%q without %q before it", endSolution, beginSolution)
			}
			inside = false
		case !inside:
			kept.WriteString(line)
		}
	}
	if inside {
		return "", fmt.Errorf("%q without %q after it", beginSolution, endSolution)
	}
	return kept.String(), nil
}

// Unmarked returns a solved cell's source without the lines that mark the
// solution.
func Unmarked(source string) string {
	var kept strings.Builder
	for line := range strings.Lines(source) {
		if trimmed := strings.TrimSpace(line); trimmed != beginSolution && trimmed != endSolution {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// isSolution tells whether the cell is for the solved notebook alone.
func (c Cell) isSolution() bool { return c.hasTag(solutionTag) }

func (c Cell) hasTag(tag string) bool {
	metadata, _ := c.fields["metadata"].(map[string]any)
	tags, _ := metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// Executed reports whether a cell has an output or was numbered by the kernel.
func (n *Notebook) Executed() bool {
	return slices.ContainsFunc(n.cells, func(c Cell) bool {
		return len(c.outputs()) > 0 || c.fields["execution_count"] != nil
	})
}

// TakeAnswers replaces each stub of a released notebook by the learner's own
// cell for the same exercise, and returns how many it found. The number that
// begins a cell's id, and is that of the notebook, may differ.
func (n *Notebook) TakeAnswers(learners *Notebook) int {
	answers := map[string]string{}
	for _, c := range learners.cells {
		if c.IsCode() && c.ID() != "" && !c.unanswered() {
			answers[c.exercise()] = c.Source()
		}
	}
	taken := 0
	for _, c := range n.cells {
		if answer, ok := answers[c.exercise()]; ok && c.unanswered() {
			c.SetSource(answer)
			taken++
		}
	}
	return taken
}

// unanswered tells whether a cell still holds the stub, other than in a comment.
func (c Cell) unanswered() bool {
	for line := range strings.Lines(c.Source()) {
		if strings.TrimSpace(line) == stub {
			return true
		}
	}
	return false
}

// exercise returns the cell's id without the number of the notebook.
func (c Cell) exercise() string { return strings.TrimLeft(c.ID(), "0123456789") }
