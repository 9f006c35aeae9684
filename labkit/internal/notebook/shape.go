package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// decodeJSON decodes JSON, and says where it is none.
func decodeJSON(data []byte) (value any, err error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // 1.0 and 1e3 are written back as they were read
	if err = dec.Decode(&value); err == nil {
		if _, behind := dec.Token(); behind != io.EOF {
			return nil, fmt.Errorf("notebook is not JSON: there is something behind its end, in line %d", lineAt(data, dec.InputOffset()))
		}
		return value, nil
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return nil, fmt.Errorf("notebook is not JSON: line %d: %w", lineAt(data, syntax.Offset), err)
	}
	return nil, fmt.Errorf("notebook is not JSON: %w", err)
}

// lineAt returns the number of the line, from 1, in which a byte lies.
func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(0, offset), int64(len(data)))], []byte("\n"))
}

// newCell returns a cell of a type that there is, with text for its source.
func newCell(value any) (Cell, error) {
	fields, ok := value.(map[string]any)
	if !ok {
		return Cell{}, fmt.Errorf("is %s: want an object", kindOf(value))
	}
	switch t := fields["cell_type"]; t {
	case "code", "markdown", "raw":
	default:
		return Cell{}, fmt.Errorf("is of type %.40q: want code, markdown or raw", fmt.Sprint(t))
	}
	if err := checkText(fields["source"]); err != nil {
		return Cell{}, fmt.Errorf("has a source that is %w", err)
	}
	return Cell{fields}, nil
}

// checkText returns an error for what is no multi-line string of nbformat.
func checkText(value any) error {
	switch v := value.(type) {
	case string:
		return nil
	case []any:
		for i, line := range v {
			if _, ok := line.(string); !ok {
				return fmt.Errorf("a list with %s, at place %d: want strings", kindOf(line), i+1)
			}
		}
		return nil
	}
	return fmt.Errorf("%s: want a string or a list of strings", kindOf(value))
}

// kindOf names what a value is in JSON.
func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "nothing"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	}
	return "an object"
}
