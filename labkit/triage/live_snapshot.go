package triage

import (
	stdbytes "bytes"
	"encoding/gob"
	"fmt"

	"flowlab/labkit/window"
)

const liveVersion = 2

// A liveImage is the state of a [Live], as it is written.
type liveImage struct {
	Version int
	Sizes   []liveSizeImage
	Pairs   livePairs
	Told    map[string]mention
	Flagged int
}

type liveSizeImage struct {
	Operator []byte
	State    liveSizeState
}

// Snapshot returns the state, of which [Live.Restore] makes one that goes on from
// here as this one does.
func (l *Live) Snapshot() ([]byte, error) {
	image := liveImage{Version: liveVersion, Pairs: l.pairs, Told: l.told, Flagged: l.flagged}
	for _, w := range l.sizes {
		operator, err := w.op.Snapshot()
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.Live: %w", err)
		}
		image.Sizes = append(image.Sizes, liveSizeImage{operator, w.liveSizeState})
	}
	var b stdbytes.Buffer
	if err := gob.NewEncoder(&b).Encode(image); err != nil {
		return nil, fmt.Errorf("labkit: triage.Live: %w", err)
	}
	return b.Bytes(), nil
}

// Restore puts a Live that is new, with the same options, into a state that
// [Live.Snapshot] has returned.
func (l *Live) Restore(state []byte) error {
	var image liveImage
	if err := gob.NewDecoder(stdbytes.NewReader(state)).Decode(&image); err != nil {
		return fmt.Errorf("labkit: triage.Live: %w", err)
	}
	if image.Version != liveVersion || len(image.Sizes) != len(l.sizes) {
		return fmt.Errorf("labkit: triage.Live: the state has version %d and %d sizes of windows: want %d and %d", image.Version, len(image.Sizes), liveVersion, len(l.sizes))
	}
	for i, w := range l.sizes {
		if err := w.restore(&image.Sizes[i]); err != nil {
			return fmt.Errorf("labkit: triage.Live: %w", err)
		}
	}
	l.pairs, l.flagged = image.Pairs, image.Flagged
	if image.Told != nil {
		l.told = image.Told
	}
	return nil
}

func (w *liveSize) restore(image *liveSizeImage) (err error) {
	w.op, err = window.Restore(image.Operator, liveWindows(w.size, w.options))
	if err != nil {
		return err
	}
	if w.options.Fixed {
		return nil // it is the model that says what it is judged by
	}
	w.liveSizeState = image.State
	w.observe()
	return nil
}
