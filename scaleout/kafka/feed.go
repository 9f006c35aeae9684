package kafka

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"

	"flowlab/scaleout/wire"
)

// A Feed brings flows to Kafka, each under its source address. The producer is
// idempotent: what it sends again after a fault is there once.
type Feed struct {
	Connection Connection
	Topics     Topics

	// Close sends a marker to each partition at the end of the source, which closes
	// all windows. What is fed after it is late, up to a day.
	Close bool
}

// closeBehind is how far a marker lies behind the last flow: more than any
// lateness and size of a window.
const closeBehind = 24 * time.Hour

// FeedStats count what became of flows.
type FeedStats struct {
	Sent    int64
	Without int64 // a time or a source: they are in no window
	High    int64 // the highest end, in milliseconds since 1970
}

// Run feeds all flows of a source.
func (f Feed) Run(ctx context.Context, source stream.Source) (stats FeedStats, err error) {
	client, err := f.Connection.NewClient(
		kgo.DefaultProduceTopic(f.Topics.Flows), kgo.ProducerLinger(10*time.Millisecond),
		kgo.ProducerBatchCompression(kgo.Lz4Compression()), kgo.MaxBufferedRecords(100_000),
	)
	if err != nil {
		return stats, err
	}
	defer client.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var sent atomic.Int64
	promise := func(_ *kgo.Record, err error) {
		if err != nil {
			cancel(err)
			return
		}
		sent.Add(1)
	}
	err = source.Flows(ctx, stream.Position{}, func(_ string, flows []flow.Flow) error {
		for i := range flows {
			end, ok := wire.EndOf(&flows[i])
			if !ok || flows[i].SrcIP == "" {
				stats.Without++
				continue
			}
			stats.High = max(stats.High, end)
			client.Produce(ctx, &kgo.Record{Key: []byte(flows[i].SrcIP), Value: wire.AppendFlow(nil, &flows[i])}, promise)
		}
		return context.Cause(ctx)
	})
	if flushed := client.Flush(context.WithoutCancel(ctx)); err == nil {
		err = errors.Join(flushed, context.Cause(ctx))
	}
	stats.Sent = sent.Load()
	if err == nil && f.Close && stats.Sent > 0 {
		err = f.mark(ctx, stats.High+closeBehind.Milliseconds())
	}
	return stats, err
}

// mark sends a marker to each partition.
func (f Feed) mark(ctx context.Context, endMS int64) error {
	client, err := f.Connection.NewClient(kgo.DefaultProduceTopic(f.Topics.Flows), kgo.RecordPartitioner(kgo.ManualPartitioner()))
	if err != nil {
		return err
	}
	defer client.Close()
	n, err := partitionsOf(ctx, kadm.NewClient(client), f.Topics.Flows)
	if err != nil {
		return err
	}
	var markers []*kgo.Record
	for p := range int32(n) {
		markers = append(markers, &kgo.Record{Partition: p, Value: wire.AppendMarker(nil, endMS)})
	}
	return client.ProduceSync(ctx, markers...).FirstErr()
}
