package stream

import (
	"bytes"
	"encoding/gob"
	"fmt"

	"flowlab/labkit/flow"
)

// A block is a message of FLOWS: some flows that follow each other.
type block struct {
	From  Position // behind which it begins: where the block before has ended
	At    Position // of its last flow
	End   bool     // the source has ended here
	Flows []flow.Flow
}

// blockFlows is how many flows a block holds at most. Larger ones are not
// faster, and a worker stops between two.
const blockFlows = 256

func (b *block) encode() ([]byte, error) {
	var buffer bytes.Buffer
	if err := gob.NewEncoder(&buffer).Encode(b); err != nil {
		return nil, fmt.Errorf("block at %v: %w", b.At, err)
	}
	return buffer.Bytes(), nil
}

func decodeBlock(data []byte) (*block, error) {
	b := new(block)
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(b); err != nil {
		return nil, fmt.Errorf("no block of flows: %w", err)
	}
	return b, nil
}
