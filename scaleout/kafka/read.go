package kafka

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

// Read hands out the records of a topic's partition, or of all if it is negative,
// up to what is there now, as read_committed sees them: what a transaction has
// written that is open now is waited for.
func (c Connection) Read(ctx context.Context, topic string, partition int32, take func(*kgo.Record) error) error {
	admin, err := c.NewClient()
	if err != nil {
		return err
	}
	defer admin.Close()
	starts, err := kadm.NewClient(admin).ListStartOffsets(ctx, topic)
	if err != nil {
		return err
	}
	ends, err := kadm.NewClient(admin).ListEndOffsets(ctx, topic)
	if err != nil {
		return err
	}
	from, left := map[int32]kgo.Offset{}, map[int32]int64{}
	for _, end := range ends[topic] {
		if end.Err != nil {
			return fmt.Errorf("topic %s: %w", topic, end.Err)
		}
		start, _ := starts.Lookup(topic, end.Partition)
		if (partition < 0 || partition == end.Partition) && start.Offset < end.Offset {
			from[end.Partition], left[end.Partition] = kgo.NewOffset().AtStart(), end.Offset
		}
	}
	if len(left) == 0 {
		return nil
	}
	// The end of a partition is often a marker of a transaction, which is no record
	// but has an offset.
	client, err := c.NewClient(
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{topic: from}),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.KeepControlRecords(),
	)
	if err != nil {
		return err
	}
	defer client.Close()
	for len(left) > 0 {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			return err
		}
		for records := fetches.RecordIter(); !records.Done(); {
			r := records.Next()
			end, ok := left[r.Partition]
			if ok && !r.Attrs.IsControl() && r.Offset < end {
				if err := take(r); err != nil {
					return err
				}
			}
			if r.Offset >= end-1 {
				delete(left, r.Partition)
			}
		}
	}
	return nil
}
