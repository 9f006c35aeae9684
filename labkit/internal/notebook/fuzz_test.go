package notebook

import (
	"slices"
	"testing"
)

// Whatever is read as a notebook can be made a program with the same cells, which
// is a notebook of the course's kernel.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"cells": [{"cell_type": "code", "source": ["%%\n", "x"]}, {"cell_type": "raw", "source": ""}], "nbformat": 4}`))
	f.Add([]byte(`{"cells": [{"cell_type": "code", "id": "a", "metadata": {"tags": []}, "source": "1\u2028\ud800", "outputs": [{}]}], "metadata": {"kernelspec": {"name": "python3"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Parse(data)
		if err != nil {
			if len(err.Error()) > 300 {
				t.Errorf("an error of %d bytes: %.300s", len(err.Error()), err)
			}
			return
		}
		program, err := n.Program().Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(program)
		if err != nil {
			t.Fatalf("the program is no notebook: %v", err)
		}
		source := func(c Cell) string { return c.Source() }
		if !slices.Equal(mapped(n.Cells(), source), mapped(again.Cells(), source)) || again.OtherKernel() != "" {
			t.Errorf("the program is another one than the notebook's:\n%s", program)
		}
	})
}

func mapped[T any](cells []Cell, f func(Cell) T) (all []T) {
	for _, c := range cells {
		all = append(all, f(c))
	}
	return all
}
