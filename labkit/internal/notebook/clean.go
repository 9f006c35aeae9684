package notebook

import "strings"

// Strip removes all that execution leaves in a notebook: outputs, execution
// counts, and what [Notebook.Clean] removes. Cell ids and sources stay.
func (n *Notebook) Strip() {
	n.Clean()
	for _, c := range n.cells {
		if c.IsCode() {
			c.fields["outputs"] = []any{}
			c.fields["execution_count"] = nil
		}
	}
}

// Clean removes what differs from one execution to the next though the course
// is the same: the times at which cells ran, and the portions in which printed
// text arrived. What the kernel says of itself stays: JupyterLab would write it
// again on opening, and call the notebook changed.
func (n *Notebook) Clean() {
	for _, c := range n.cells {
		if metadata, ok := c.fields["metadata"].(map[string]any); ok {
			delete(metadata, "execution")
		}
		c.joinStreams()
	}
}

// joinStreams makes one output of printed text that arrived in portions.
func (c Cell) joinStreams() {
	outputs, _ := c.fields["outputs"].([]any)
	var joined []any
	var last output
	for _, o := range outputs {
		next, _ := o.(map[string]any)
		if next["output_type"] == "stream" && last["output_type"] == "stream" && next["name"] == last["name"] {
			last["text"] = lines(text(last["text"]) + text(next["text"]))
			continue
		}
		joined = append(joined, o)
		last = next
	}
	if len(joined) < len(outputs) {
		c.fields["outputs"] = joined
	}
}

// lines returns text as nbformat writes it, a string a line.
func lines(text string) []any {
	list := []any{}
	for line := range strings.Lines(text) {
		list = append(list, line)
	}
	return list
}

// KeepOutputs gives each code cell the outputs that it has in old, if they are
// equal as [Diff] sees it. So a picture whose bytes changed and whose pixels
// did not makes no difference in version control.
func (n *Notebook) KeepOutputs(old *Notebook) {
	if len(n.cells) != len(old.cells) {
		return
	}
	for i, c := range n.cells {
		before := old.cells[i]
		if c.IsCode() && before.IsCode() && diffOutputs(before.outputs(), c.outputs()) == nil {
			c.fields["outputs"] = before.fields["outputs"]
		}
	}
}
