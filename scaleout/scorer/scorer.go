// Package scorer judges rows of windows and pairs, as one of a group of workers
// that share the partitions of a network's topics.
//
// In a transaction every few seconds a worker writes what it has found, where it
// has come to, and the state of each partition. Whoever reads read_committed sees
// each finding once, whatever was killed in between; who takes over a partition
// goes on from its state.
package scorer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"flowlab/labkit"
	"flowlab/labkit/live"
	"flowlab/labkit/triage"
	"flowlab/labkit/window"

	"flowlab/scaleout/kafka"
	"flowlab/scaleout/wire"
)

// A Scorer is one worker.
type Scorer struct {
	Connection kafka.Connection
	Topics     kafka.Topics
	Model      *labkit.Fitted // of triage.FitWindows

	// ID is the worker's name, its own in the group and the same after a restart:
	// by it Kafka takes the worker's partitions and open transaction from one that
	// was killed.
	ID         string
	Checkpoint time.Duration // from one transaction to the next
	Alive      string        // file that is written after each transaction, "" for none
	Log        *slog.Logger
}

const (
	groupName = "flowlab-scorer"
	pollFew   = 20_000 // records at a time
)

// A worker is a Scorer at work.
type worker struct {
	Scorer
	session    *kgo.GroupTransactSession
	partitions map[place]*partition
	revoked    atomic.Int64          // how often partitions were taken away
	known      int64                 // up to which of these times partitions are forgotten
	unwritten  atomic.Pointer[error] // of a record of the transaction
	flows      int64                 // and rows, that were committed
	found      int64
}

type place struct {
	topic     string
	partition int32
}

// A partition is what is known of a partition of flows or of rows.
type partition struct {
	live  *triage.Live
	next  int64
	dirty bool // since the last transaction
}

// Run works until ctx is done. It leaves the group at its end, and what was not
// committed to the others.
func (s Scorer) Run(ctx context.Context) error {
	opts, err := s.Connection.Options()
	if err != nil {
		return err
	}
	group := s.Topics.Flows + "." + groupName
	w := &worker{Scorer: s, partitions: map[place]*partition{}}
	w.session, err = kgo.NewGroupTransactSession(append(opts,
		kgo.ConsumerGroup(group), kgo.InstanceID(s.ID), kgo.TransactionalID(group+"."+s.ID),
		kgo.ConsumeTopics(s.Topics.Flows, s.Topics.Windows), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.Balancers(kgo.RangeBalancer()), kgo.BlockRebalanceOnPoll(),
		kgo.SessionTimeout(10*time.Second), kgo.HeartbeatInterval(2*time.Second), kgo.TransactionTimeout(60*time.Second),
		kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.ProducerBatchCompression(kgo.Lz4Compression()),
		kgo.OnPartitionsRevoked(func(context.Context, *kgo.Client, map[string][]int32) { w.revoked.Add(1) }),
	)...)
	if err != nil {
		return err
	}
	defer w.session.CloseAllowingRebalance()
	for ctx.Err() == nil {
		if err := w.transaction(ctx); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// transaction works for the time of a checkpoint, and commits it.
func (w *worker) transaction(ctx context.Context) error {
	w.moved()
	if err := w.session.Begin(); err != nil {
		return err
	}
	records, found, err := w.work(ctx)
	try := kgo.TransactionEndTry(err == nil && w.revoked.Load() == w.known && ctx.Err() == nil)
	if try {
		if err = w.save(ctx); err != nil {
			try = kgo.TryAbort
		}
	}
	committed, ended := w.session.End(context.WithoutCancel(ctx), try)
	if !committed {
		clear(w.partitions) // they are ahead of what was committed
		if ended == nil && err == nil {
			w.Log.Info("a transaction was given up: partitions have moved", "records", records)
		}
		return errors.Join(err, ended)
	}
	w.flows, w.found = w.flows+records, w.found+found
	if w.Alive != "" {
		err = errors.Join(err, os.WriteFile(w.Alive, []byte(time.Now().Format(time.RFC3339)), 0o600))
	}
	if records > 0 {
		w.Log.Info("committed", "records", records, "findings", found, "records_in_all", w.flows, "findings_in_all", w.found)
	}
	return errors.Join(err, ended)
}

// moved forgets partitions if any were taken away: another worker may have gone on
// with them.
func (w *worker) moved() {
	if times := w.revoked.Load(); times != w.known {
		clear(w.partitions)
		w.known = times
	}
}

// work judges what comes until it is time for a checkpoint.
func (w *worker) work(ctx context.Context) (records, found int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, w.Checkpoint)
	defer cancel()
	for ctx.Err() == nil {
		fetches := w.session.PollRecords(ctx, pollFew)
		if w.revoked.Load() != w.known { // what was polled is of another assignment, and comes again
			w.session.AllowRebalance()
			return records, found, nil
		}
		fetches.EachError(func(topic string, p int32, e error) {
			if ctx.Err() == nil {
				err = errors.Join(err, fmt.Errorf("topic %s, partition %d: %w", topic, p, e))
			}
		})
		fetches.EachPartition(func(p kgo.FetchTopicPartition) {
			if err == nil && len(p.Records) > 0 {
				var n int
				n, err = w.take(ctx, place{p.Topic, p.Partition}, p.Records)
				records, found = records+int64(len(p.Records)), found+int64(n)
			}
		})
		w.session.AllowRebalance()
		if err != nil {
			return records, found, err
		}
	}
	return records, found, nil
}

// take judges records of a partition and writes what was found.
func (w *worker) take(ctx context.Context, at place, records []*kgo.Record) (int, error) {
	p, err := w.partition(context.WithoutCancel(ctx), at)
	if err != nil {
		return 0, err
	}
	var found []triage.Finding
	if at.topic == w.Topics.Flows {
		found = w.pairs(p, records)
	} else if found, err = w.rows(p, records); err != nil {
		return 0, err
	}
	p.next, p.dirty = records[len(records)-1].Offset+1, true
	encoded, err := live.Encode(found)
	if err != nil {
		return 0, err
	}
	for i, f := range encoded {
		w.produce(&kgo.Record{Topic: w.Topics.Findings, Partition: at.partition, Key: []byte(found[i].Host), Value: f.JSON})
	}
	return len(found), nil
}

// produce sends a record. Whether it is written is known after flush.
func (w *worker) produce(r *kgo.Record) {
	w.session.Produce(context.Background(), r, func(r *kgo.Record, err error) {
		if err != nil {
			err = fmt.Errorf("topic %s: %w", r.Topic, err)
			w.unwritten.Store(&err)
		}
	})
}

// flush waits until all records are written.
func (w *worker) flush(ctx context.Context) error {
	if err := w.session.Client().Flush(ctx); err != nil {
		return err
	}
	if err := w.unwritten.Swap(nil); err != nil {
		return *err
	}
	return nil
}

// partition returns what is known of a partition: it is loaded if it was not here.
func (w *worker) partition(ctx context.Context, at place) (*partition, error) {
	if p := w.partitions[at]; p != nil {
		return p, nil
	}
	judge, err := triage.NewLive(triage.LiveOptions{Model: w.Model, Fixed: true})
	if err != nil {
		return nil, err
	}
	p := &partition{live: judge}
	s, ok, err := loadState(ctx, w.Connection, w.Topics.State, at.topic, at.partition)
	if err == nil && ok {
		p.next, err = s.Next, judge.Restore(s.Snapshot)
	}
	if err != nil {
		return nil, fmt.Errorf("the state of %s, partition %d: %w", at.topic, at.partition, err)
	}
	w.partitions[at] = p
	return p, nil
}

func (w *worker) pairs(p *partition, records []*kgo.Record) (found []triage.Finding) {
	for _, r := range records {
		if r.Offset < p.next {
			continue
		}
		f, err := wire.ParseFlow(r.Value)
		switch {
		case err != nil:
			w.skip(r, err)
		case f.SrcIP == "":
			found = append(found, p.live.ClosePairs()...)
		default:
			found = append(found, p.live.AddPair(&f)...)
		}
	}
	return found
}

func (w *worker) rows(p *partition, records []*kgo.Record) ([]triage.Finding, error) {
	rows := make([]window.Row, 0, len(records))
	for _, r := range records {
		if r.Offset < p.next {
			continue
		}
		row, err := wire.ParseRow(r.Value)
		if err != nil {
			w.skip(r, err)
			continue
		}
		rows = append(rows, row)
	}
	return p.live.AddRows(rows)
}

// skip leaves out a record that is damaged: it must not stop the others.
func (w *worker) skip(r *kgo.Record, err error) {
	w.Log.Warn("a record is left out", "topic", r.Topic, "partition", r.Partition, "offset", r.Offset, "error", err)
}

// save writes the states of what has changed, and waits for all that was written.
func (w *worker) save(ctx context.Context) error {
	for at, p := range w.partitions {
		if !p.dirty {
			continue
		}
		snapshot, err := p.live.Snapshot()
		if err != nil {
			return err
		}
		for _, r := range (state{p.next, snapshot}).records(w.Topics.State, at.topic, at.partition) {
			w.produce(r)
		}
		p.dirty = false
	}
	return w.flush(ctx)
}
