package triage

import (
	stdbytes "bytes"
	"encoding/gob"
	"fmt"

	"flowlab/labkit/internal/packed"
	"flowlab/labkit/window"
)

const liveVersion = 2

// A liveImage is the state of a [Live], as it is written.
type liveImage struct {
	Version int
	Sizes   []liveSizeState
	Told    map[string]mention
	Flagged int
}

// Snapshot returns the state, of which [Live.Restore] makes one that goes on from
// here as this one does.
func (l *Live) Snapshot() ([]byte, error) {
	image := liveImage{Version: liveVersion, Told: l.told, Flagged: l.flagged}
	room := l.pairs.room()
	var operators [][]byte
	for _, w := range l.sizes {
		operator, err := w.op.Snapshot()
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.Live: %w", err)
		}
		operators, image.Sizes = append(operators, operator), append(image.Sizes, w.liveSizeState)
		room += len(operator)
	}
	var b stdbytes.Buffer
	if err := gob.NewEncoder(&b).Encode(image); err != nil {
		return nil, fmt.Errorf("labkit: triage.Live: %w", err)
	}
	w := packed.Writer{Bytes: make([]byte, 0, room+b.Len())}
	w.Blob(b.Bytes())
	for _, operator := range operators {
		w.Blob(operator)
	}
	l.pairs.write(&w)
	return w.Bytes, nil
}

// Restore puts a Live that is new, with the same options, into a state that
// [Live.Snapshot] has returned.
func (l *Live) Restore(state []byte) error {
	in := packed.Reader{Rest: state}
	var image liveImage
	if err := gob.NewDecoder(stdbytes.NewReader(in.Blob())).Decode(&image); err != nil {
		return fmt.Errorf("labkit: triage.Live: no state, or one of another version: %w", err)
	}
	if image.Version != liveVersion || len(image.Sizes) != len(l.sizes) {
		return fmt.Errorf("labkit: triage.Live: the state has version %d and %d sizes of windows: want %d and %d", image.Version, len(image.Sizes), liveVersion, len(l.sizes))
	}
	for i, w := range l.sizes {
		if err := w.restore(in.Blob(), &image.Sizes[i]); err != nil {
			return fmt.Errorf("labkit: triage.Live: %w", err)
		}
	}
	pairs, err := readLivePairs(&in)
	if err != nil {
		return fmt.Errorf("labkit: triage.Live: %w", err)
	}
	l.pairs, l.flagged = pairs, image.Flagged
	if image.Told != nil {
		l.told = image.Told
	}
	return nil
}

func (w *liveSize) restore(operator []byte, state *liveSizeState) (err error) {
	w.op, err = window.Restore(operator, liveWindows(w.size, w.options))
	if err != nil {
		return err
	}
	if w.options.Fixed {
		return nil // it is the model that says what it is judged by
	}
	w.liveSizeState = *state
	w.observe()
	return nil
}
