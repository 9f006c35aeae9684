package scorer

import (
	"bytes"
	"strings"
	"testing"
)

// put writes records as a compacted topic keeps them: the latest of each key.
func put(topic map[string][]byte, s state) {
	for _, r := range s.records("state", "flows", 3) {
		topic[string(r.Key)] = r.Value
	}
}

func snapshot(size int, of byte) []byte { return bytes.Repeat([]byte{of}, size) }

// A state is read as it was written, in as many pieces as it takes, also after one
// that had more.
func TestStateInPieces(t *testing.T) {
	topic := map[string][]byte{}
	for i, size := range []int{1, pieceMost, pieceMost + 1, 5*pieceMost - 1, 7} {
		want := state{int64(100 + i), snapshot(size, byte(i))}
		put(topic, want)
		got, ok, err := assemble(topic, "flows")
		if err != nil || !ok || got.Next != want.Next || !bytes.Equal(got.Snapshot, want.Snapshot) {
			t.Errorf("%d bytes: %d bytes of offset %d, %v, %v", size, len(got.Snapshot), got.Next, ok, err)
		}
	}
	if _, ok, err := assemble(topic, "windows"); ok || err != nil {
		t.Errorf("the state of another topic: %v, %v", ok, err)
	}
}

// Pieces of two states are none.
func TestStateThatIsDamaged(t *testing.T) {
	for what, damage := range map[string]func(map[string][]byte){
		"a piece is missing": func(m map[string][]byte) { delete(m, "flows/1") },
		"a piece of another time": func(m map[string][]byte) {
			m["flows/1"] = (state{9, snapshot(2*pieceMost, 1)}).records("", "flows", 0)[1].Value
		},
		"a short piece":   func(m map[string][]byte) { m["flows/0"] = m["flows/0"][:pieceHead-1] },
		"another version": func(m map[string][]byte) { m["flows/0"][7]++ },
	} {
		topic := map[string][]byte{}
		put(topic, state{8, snapshot(2*pieceMost, 0)})
		damage(topic)
		if _, ok, err := assemble(topic, "flows"); ok || err == nil || strings.Contains(err.Error(), "%!") {
			t.Errorf("%s: %v, %v", what, ok, err)
		}
	}
}
