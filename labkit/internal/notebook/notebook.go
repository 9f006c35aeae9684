package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"flowlab/labkit/internal/durable"
)

// A Notebook is an .ipynb file in memory.
type Notebook struct {
	fields map[string]any
	cells  []Cell
}

// A Cell is one cell of a [Notebook], and shares its memory.
type Cell struct {
	fields map[string]any
}

// An output is one entry of a code cell's outputs.
type output = map[string]any

// MaxSize is how many bytes a notebook may have. Those of the course, with all
// their outputs, have 2 MB at most.
const MaxSize = 64 << 20

// Read reads the notebook at path, a regular file of at most [MaxSize] bytes.
func Read(path string) (*Notebook, error) {
	data, err := durable.Read(path, MaxSize)
	if err != nil {
		return nil, fmt.Errorf("reading a notebook: %w", err)
	}
	n, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%w (in %s)", err, path)
	}
	return n, nil
}

// Parse decodes the bytes of an .ipynb file of nbformat 4. What is not there
// besides the cells, and their types and sources, is left to who needs it.
func Parse(data []byte) (*Notebook, error) {
	value, err := decodeJSON(data)
	if err != nil {
		return nil, err
	}
	n := &Notebook{}
	var ok bool
	if n.fields, ok = value.(map[string]any); !ok {
		return nil, fmt.Errorf("notebook is %s: want an object", kindOf(value))
	}
	if format, ok := n.fields["nbformat"]; ok && fmt.Sprint(format) != "4" {
		return nil, fmt.Errorf("notebook has nbformat %.20v: want 4", format)
	}
	cells, ok := n.fields["cells"].([]any)
	if !ok {
		return nil, fmt.Errorf("notebook has no list of cells, but %s: want nbformat 4", kindOf(n.fields["cells"]))
	}
	for i, c := range cells {
		cell, err := newCell(c)
		if err != nil {
			return nil, fmt.Errorf("notebook cell %d %w", i+1, err)
		}
		n.cells = append(n.cells, cell)
	}
	return n, nil
}

// Cells returns the notebook's cells in order.
func (n *Notebook) Cells() []Cell { return n.cells }

// Cell returns the cell with this id.
func (n *Notebook) Cell(id string) (Cell, error) {
	for _, c := range n.cells {
		if c.ID() == id {
			return c, nil
		}
	}
	return Cell{}, fmt.Errorf("the notebook has no cell %q", id)
}

// setCells replaces the notebook's cells.
func (n *Notebook) setCells(cells []Cell) {
	list := make([]any, len(cells))
	for i, c := range cells {
		list[i] = c.fields
	}
	n.cells, n.fields["cells"] = cells, list
}

// Bytes encodes the notebook byte for byte as Jupyter does: keys sorted, an
// indent of one space, text outside ASCII as it is, a newline at the end.
func (n *Notebook) Bytes() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(n.fields); err != nil {
		return nil, fmt.Errorf("encoding a notebook: %w", err)
	}
	return []byte(lineSeparators.Replace(buf.String())), nil
}

// lineSeparators undoes the two escapes that encoding/json insists on and
// Python does not write. Its first pair skips an escaped backslash, so that
// the text `\u2028` stays what it is.
var lineSeparators = strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029")

// Write writes the notebook to path at once, so that whoever reads the file sees
// the old content or the new. It leaves a file alone that already has these
// bytes, and reports whether it wrote.
func (n *Notebook) Write(path string) (bool, error) {
	data, err := n.Bytes()
	if err != nil {
		return false, err
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return false, nil
	}
	return true, durable.Write(path, data)
}

// IsCode reports whether the cell is a code cell.
func (c Cell) IsCode() bool { return c.fields["cell_type"] == "code" }

// IsMarkdown reports whether the cell is a Markdown cell.
func (c Cell) IsMarkdown() bool { return c.fields["cell_type"] == "markdown" }

// Source returns the text of the cell.
func (c Cell) Source() string { return text(c.fields["source"]) }

// SetSource replaces the text of the cell.
func (c Cell) SetSource(source string) { c.fields["source"] = lines(source) }

// ID returns the id of the cell, "" if it has none.
func (c Cell) ID() string {
	id, _ := c.fields["id"].(string)
	return id
}

// HTML returns what the cell shows as HTML, one display after the other.
func (c Cell) HTML() string {
	var b strings.Builder
	for _, o := range c.outputs() {
		data, _ := o["data"].(map[string]any)
		b.WriteString(text(data["text/html"]))
	}
	return b.String()
}

// Text returns what the cell displays as plain text, one display after the other.
func (c Cell) Text() string {
	var all []string
	for _, o := range c.outputs() {
		data, _ := o["data"].(map[string]any)
		if said := text(data["text/plain"]); said != "" {
			all = append(all, said)
		}
	}
	return strings.Join(all, "\n")
}

// outputs returns the outputs of a code cell.
func (c Cell) outputs() []output {
	list, _ := c.fields["outputs"].([]any)
	outputs := make([]output, 0, len(list))
	for _, o := range list {
		if o, ok := o.(map[string]any); ok {
			outputs = append(outputs, o)
		}
	}
	return outputs
}

// text returns a multi-line string of nbformat, which is a string or a list
// of strings to be joined. Anything else is not text and gives "".
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var b strings.Builder
		for _, s := range v {
			b.WriteString(text(s))
		}
		return b.String()
	}
	return ""
}
