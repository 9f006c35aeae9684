package kafka

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
)

// Topics are the topics of one network. All have equally many partitions, and all
// that there is of a source address is in the partition of one number: that is
// the unit of scale.
type Topics struct {
	Flows    string
	Windows  string // rows of windows, by Flink
	Findings string
	State    string // of the workers, compacted
}

// TopicsOf returns the topics whose names begin with a prefix.
func TopicsOf(prefix string) Topics {
	return Topics{prefix + ".flows", prefix + ".windows", prefix + ".findings", prefix + ".state"}
}

// Create creates the topics that are not there. Replicas of -1 are as many as the
// brokers have as a default. Flows and rows are kept for a time, findings and
// states for ever.
func (t Topics) Create(ctx context.Context, c Connection, partitions int32, replicas int16, keep time.Duration) error {
	client, err := c.NewClient()
	if err != nil {
		return err
	}
	defer client.Close()
	admin := kadm.NewClient(client)
	value := func(s string) *string { return &s }
	ms := value(fmt.Sprint(keep.Milliseconds()))
	for _, topic := range []struct {
		name   string
		config map[string]*string
	}{
		{t.Flows, map[string]*string{"retention.ms": ms}},
		{t.Windows, map[string]*string{"retention.ms": ms}},
		{t.Findings, map[string]*string{"retention.ms": value("-1")}},
		// Small segments, since only those that are full are compacted, and a worker
		// reads all that there is.
		{t.State, map[string]*string{
			"cleanup.policy": value("compact"), "segment.bytes": value("33554432"), "min.cleanable.dirty.ratio": value("0.1"),
		}},
	} {
		_, err := admin.CreateTopic(ctx, partitions, replicas, topic.config, topic.name)
		if err != nil && !errors.Is(err, kerr.TopicAlreadyExists) {
			return fmt.Errorf("topic %s: %w", topic.name, err)
		}
	}
	for { // brokers learn of topics a little later
		_, err := partitionsOf(ctx, admin, t.Flows, t.Windows, t.Findings, t.State)
		if !errors.Is(err, kerr.UnknownTopicOrPartition) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// partitionsOf returns how many partitions each of some topics has. It is an error if
// they do not have equally many.
func partitionsOf(ctx context.Context, admin *kadm.Client, names ...string) (int, error) {
	details, err := admin.ListTopics(ctx, names...)
	if err != nil {
		return 0, err
	}
	n := len(details[names[0]].Partitions)
	for _, name := range names {
		if err := details[name].Err; err != nil {
			return 0, fmt.Errorf("topic %s: %w", name, err)
		}
		if got := len(details[name].Partitions); got != n {
			return 0, fmt.Errorf("topic %s has %d partitions, and %s %d: want equally many", name, got, names[0], n)
		}
	}
	return n, nil
}
