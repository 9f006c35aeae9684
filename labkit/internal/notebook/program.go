package notebook

import (
	"encoding/json"
	"fmt"
)

// Program returns a new notebook with the cells of this one and nothing else that
// could have a say in how it is executed: it names the course's kernel, and has
// neither outputs nor metadata.
func (n *Notebook) Program() *Notebook {
	p := &Notebook{fields: map[string]any{
		"nbformat": json.Number("4"), "nbformat_minor": json.Number("5"),
		"metadata": map[string]any{"kernelspec": map[string]any{"name": Kernel, "display_name": "Go (gonb)"}},
	}}
	cells := make([]Cell, len(n.cells))
	for i, c := range n.cells {
		fields := map[string]any{"cell_type": "markdown", "id": fmt.Sprintf("cell-%d", i+1), "metadata": map[string]any{}, "source": lines(c.Source())}
		if c.IsCode() {
			fields["cell_type"], fields["outputs"], fields["execution_count"] = "code", []any{}, nil
		}
		cells[i] = Cell{fields}
	}
	p.setCells(cells)
	return p
}

// Kernel is the name of the course's kernel.
const Kernel = "gonb"

// OtherKernel returns the name of the kernel that the notebook asks for if that
// is not for Go, otherwise "".
func (n *Notebook) OtherKernel() string {
	metadata, _ := n.fields["metadata"].(map[string]any)
	spec, _ := metadata["kernelspec"].(map[string]any)
	name, _ := spec["name"].(string)
	if name == Kernel || spec["language"] == "go" {
		return ""
	}
	return name
}
