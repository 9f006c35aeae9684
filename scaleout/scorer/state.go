package scorer

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/twmb/franz-go/pkg/kgo"

	"flowlab/scaleout/kafka"
)

// A state is a snapshot with the offset of the record that comes next. It is
// written to a compacted topic in pieces, since Kafka takes messages of up to
// 1 MB. All pieces, the findings and the offsets are in one transaction.
type state struct {
	Next     int64
	Snapshot []byte
}

const (
	pieceMost    = 800 << 10
	pieceVersion = 1
	pieceHead    = 8 + 8 + 4 // version, next, number of pieces
)

// records returns the state of a partition of a topic as records.
func (s state) records(to string, topic string, partition int32) []*kgo.Record {
	n := (len(s.Snapshot) + pieceMost - 1) / pieceMost
	var records []*kgo.Record
	for i := range n {
		value := binary.BigEndian.AppendUint64(nil, pieceVersion)
		value = binary.BigEndian.AppendUint64(value, uint64(s.Next))
		value = binary.BigEndian.AppendUint32(value, uint32(n))
		value = append(value, s.Snapshot[i*pieceMost:min((i+1)*pieceMost, len(s.Snapshot))]...)
		records = append(records, &kgo.Record{Topic: to, Partition: partition, Key: pieceKey(topic, i), Value: value})
	}
	return records
}

func pieceKey(topic string, i int) []byte { return fmt.Appendf(nil, "%s/%d", topic, i) }

// loadState returns the state of a partition, ok if there is one.
func loadState(ctx context.Context, c kafka.Connection, from, topic string, partition int32) (s state, ok bool, err error) {
	latest := map[string][]byte{}
	err = c.Read(ctx, from, partition, func(r *kgo.Record) error {
		latest[string(r.Key)] = r.Value
		return nil
	})
	if err != nil {
		return s, false, err
	}
	return assemble(latest, topic)
}

// assemble makes a state of the latest pieces. There may be more than it has, of
// one that was larger.
func assemble(latest map[string][]byte, topic string) (s state, ok bool, err error) {
	first, ok := latest[string(pieceKey(topic, 0))]
	if !ok {
		return s, false, nil
	}
	var n int
	if s.Next, n, err = parsePiece(first); err != nil {
		return s, false, err
	}
	for i := range n {
		piece := latest[string(pieceKey(topic, i))]
		next, pieces, err := parsePiece(piece)
		if err != nil || next != s.Next || pieces != n {
			return s, false, fmt.Errorf("piece %d of %d is missing, or not of offset %d", i, n, s.Next)
		}
		s.Snapshot = append(s.Snapshot, piece[pieceHead:]...)
	}
	return s, true, nil
}

func parsePiece(value []byte) (next int64, pieces int, err error) {
	if len(value) < pieceHead {
		return 0, 0, fmt.Errorf("a piece of a state has %d bytes: want at least %d", len(value), pieceHead)
	}
	if v := binary.BigEndian.Uint64(value); v != pieceVersion {
		return 0, 0, fmt.Errorf("a state has version %d: want %d", v, pieceVersion)
	}
	return int64(binary.BigEndian.Uint64(value[8:])), int(binary.BigEndian.Uint32(value[16:])), nil
}
