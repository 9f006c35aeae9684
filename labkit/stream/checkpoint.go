package stream

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// A checkpoint is how far the worker has come.
type checkpoint struct {
	Version  int
	Block    uint64   // sequence number of the last block in the state
	Findings uint64   // how many findings there were until then
	At       Position // of the block's last flow
	Ended    bool     // the block ends the source

	// The state of the stage is in messages of STATE before this one: they would
	// not fit into one.
	First, Pieces uint64
	Digest        [sha256.Size]byte

	sequence uint64 // of the checkpoint's own message
}

const (
	checkpointVersion = 1
	pieceBytes        = 512 << 10 // NATS takes messages up to 1 MiB
	keptCheckpoints   = 3
)

// The first byte of a message of STATE.
const (
	isPiece      = 'p'
	isCheckpoint = 'c'
)

// save writes a checkpoint behind the state that it has.
func (c *checkpoint) save(ctx context.Context, w *writer, state []byte) error {
	c.Version, c.First, c.Pieces, c.Digest = checkpointVersion, w.last+1, 0, sha256.Sum256(state)
	id := fmt.Sprintf("%d|%d", c.Block, c.First)
	for len(state) > 0 {
		piece := state[:min(len(state), pieceBytes)]
		state = state[len(piece):]
		c.Pieces++
		if err := w.send(ctx, fmt.Sprintf("%s|%d", id, c.Pieces), append([]byte{isPiece}, piece...)); err != nil {
			return err
		}
		failpoint("piece")
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	failpoint("pieces")
	data := bytes.NewBuffer([]byte{isCheckpoint})
	if err := gob.NewEncoder(data).Encode(c); err != nil {
		return err
	}
	if err := w.send(ctx, id, data.Bytes()); err != nil {
		return err
	}
	c.sequence = w.last
	return w.flush(ctx)
}

// checkpoints returns those of STATE that are whole, the newest first.
func checkpoints(ctx context.Context, s jetstream.Stream) ([]checkpoint, error) {
	info, err := s.Info(ctx)
	if err != nil {
		return nil, err
	}
	var found []checkpoint
	for n := info.State.LastSeq; n >= max(info.State.FirstSeq, 1); n-- {
		message, err := s.GetMsg(ctx, n)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue // damaged, or dropped
		}
		if err != nil {
			return nil, err
		}
		var c checkpoint
		if len(message.Data) == 0 || message.Data[0] != isCheckpoint ||
			gob.NewDecoder(bytes.NewReader(message.Data[1:])).Decode(&c) != nil || c.Version != checkpointVersion {
			continue
		}
		if _, err := c.state(ctx, s); err == nil {
			c.sequence = n
			found = append(found, c)
			n = c.First
		}
	}
	return found, nil
}

// state reads the state of the stage at a checkpoint.
func (c *checkpoint) state(ctx context.Context, s jetstream.Stream) ([]byte, error) {
	var state []byte
	for n := c.First; n < c.First+c.Pieces; n++ {
		message, err := s.GetMsg(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("piece %d of checkpoint: %w", n, err)
		}
		if len(message.Data) == 0 || message.Data[0] != isPiece {
			return nil, fmt.Errorf("piece %d of checkpoint is none", n)
		}
		state = append(state, message.Data[1:]...)
	}
	if sha256.Sum256(state) != c.Digest {
		return nil, errors.New("checkpoint is damaged")
	}
	return state, nil
}
