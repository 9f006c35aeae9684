package isolation

import (
	"reflect"
	"testing"

	"flowlab/labkit/internal/state"
)

func TestReadTreeReturnsWhatWasWritten(t *testing.T) {
	for _, tree := range grow(normalRows(1, 500, 3), 20, 256, 5) {
		var w state.Writer
		tree.Write(&w)
		r := state.NewReader(w.Bytes)
		if got := ReadTree(r, 3, 256); r.End() != nil || !reflect.DeepEqual(got, tree) {
			t.Fatalf("error %v, tree %+v\nwant %+v", r.End(), got, tree)
		}
	}
}

// Each of these would send a walk out of bounds, or round for ever.
func TestReadTreeRefuses(t *testing.T) {
	for name, nodes := range map[string][]int{
		"no node":                {},
		"a column too many":      {-4, 1, 3},
		"a leaf without rows":    {-1, 0, 4},
		"rows beyond the sample": {-1, 3, 5},
		"fewer rows":             {-1, 1, 1},
		"more rows than sampled": {-1, 3, 3},
		"a child is missing":     {-1, 1},
		"deeper than two levels": {-1, -1, -1, 1, 1, 1, 1},
		"a leaf of all and more": {4, 4},
	} {
		var w state.Writer
		for _, n := range nodes {
			w.Int(n)
			w.Float(0.5)
		}
		r := state.NewReader(w.Bytes)
		ReadTree(r, 3, 4)
		if r.End() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	var w state.Writer
	w.Int(4)
	w.Float(-1)
	r := state.NewReader(w.Bytes)
	if ReadTree(r, 3, 4); r.End() == nil {
		t.Error("a path length of -1: no error")
	}
}
