package stream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const ackPatience = 30 * time.Second // for an acknowledgement

// maxInFlight is how many messages wait for one at most: on a slow disk, fewer and
// larger ones are faster. Tests lower it.
var maxInFlight = 16

// A writer appends to a stream. Each message says which sequence number it
// expects to get, so no message follows one that was lost, none is stored twice,
// and of two writers one fails.
type writer struct {
	js       jetstream.JetStream
	subject  string
	last     uint64 // sequence number of the last message that was sent
	inFlight []sentMessage
}

// A sentMessage is kept until it is known to be stored.
type sentMessage struct {
	id   string
	data []byte
	ack  jetstream.PubAckFuture
}

// newWriter returns a writer that appends to what a stream holds.
func newWriter(ctx context.Context, js jetstream.JetStream, s jetstream.Stream) (*writer, error) {
	info, err := s.Info(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{js: js, subject: info.Config.Subjects[0], last: info.State.LastSeq}, nil
}

// stored is the sequence number of the last message known to be stored.
func (w *writer) stored() uint64 { return w.last - uint64(len(w.inFlight)) }

// messageID returns what makes a message that is sent twice known to the server:
// a number of its own, since the same may rightly be written again elsewhere.
func messageID(sequence uint64, id string) string { return strconv.FormatUint(sequence, 10) + " " + id }

// idOf returns the id that was given to send.
func idOf(h nats.Header) string {
	_, id, _ := strings.Cut(h.Get(jetstream.MsgIDHeader), " ")
	return id
}

// send sends a message and does not wait until it is stored, unless many are on
// their way.
func (w *writer) send(ctx context.Context, id string, data []byte) error {
	w.last++
	w.inFlight = append(w.inFlight, sentMessage{id: messageID(w.last, id), data: data})
	if err := w.publish(&w.inFlight[len(w.inFlight)-1], w.last); err != nil {
		return err
	}
	for len(w.inFlight) >= maxInFlight {
		if err := w.wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) publish(m *sentMessage, sequence uint64) (err error) {
	m.ack, err = w.js.PublishAsync(w.subject, m.data,
		jetstream.WithMsgID(m.id), jetstream.WithExpectLastSequence(sequence-1), jetstream.WithRetryAttempts(0))
	if err != nil {
		return fmt.Errorf("%s: message %d: %w", w.subject, sequence, err)
	}
	return nil
}

// flush waits until all that was sent is stored.
func (w *writer) flush(ctx context.Context) error {
	for len(w.inFlight) > 0 {
		if err := w.wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

// wait waits until the message that was sent first is stored.
func (w *writer) wait(ctx context.Context) error {
	want := w.stored() + 1
	select {
	case ack := <-w.inFlight[0].ack.Ok():
		if ack.Sequence != want {
			return fmt.Errorf("%s: message %d is stored as %d", w.subject, want, ack.Sequence)
		}
	case err := <-w.inFlight[0].ack.Err():
		return fmt.Errorf("%s: message %d: %w", w.subject, want, err)
	case <-ctx.Done():
		return ctx.Err()
	}
	w.inFlight = w.inFlight[1:]
	return nil
}

// resume goes on after an error, on the same stream or on one that was opened
// anew: it looks which messages are stored, and sends the others again.
func (w *writer) resume(ctx context.Context, js jetstream.JetStream, s jetstream.Stream) error {
	info, err := s.Info(ctx)
	if err != nil {
		return err
	}
	switch last := info.State.LastSeq; {
	case last < w.stored():
		return fmt.Errorf("%w: %s ends at message %d: want %d, which was acknowledged", errStoreChanged, w.subject, last, w.stored())
	case last > w.last:
		return fmt.Errorf("%w: %s ends at message %d: want at most %d, no other program should write to it", errStoreChanged, w.subject, last, w.last)
	default:
		w.inFlight = w.inFlight[last-w.stored():]
	}
	w.js = js
	first := w.stored() + 1
	for i := range w.inFlight {
		if err := w.publish(&w.inFlight[i], first+uint64(i)); err != nil {
			return err
		}
	}
	return nil
}

// errStoreChanged says that the store is not as this program has left it.
var errStoreChanged = errors.New("the store is not as it was left")

// isFull tells whether a write was refused for want of room in its stream.
func isFull(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.Description == "maximum bytes exceeded"
}
