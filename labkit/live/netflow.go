package live

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"
)

// A netflow is a UDP port to which exporters send NetFlow or IPFIX. Each exporter
// has templates of its own.
type netflow struct {
	address string
	options Options
}

var _ stream.Source = (*netflow)(nil)

func (n *netflow) Again() bool { return false }

const (
	mostExporters = 256
	receiveBuffer = 8 << 20 // of the socket: what comes while the rest is busy
)

func (n *netflow) Flows(ctx context.Context, _ stream.Position, emit func(string, []flow.Flow) error) error {
	socket, err := n.listen()
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { socket.Close() })
	defer stop()
	defer socket.Close()
	e := &exporters{options: n.options, part: once(n.address), emit: emit, pipes: map[netip.AddrPort]*io.PipeWriter{}}
	defer e.close()
	datagram := make([]byte, 1<<16)
	for {
		size, from, err := socket.ReadFromUDPAddrPort(datagram)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := e.take(ctx, from, datagram[:size]); err != nil {
			return err
		}
	}
}

func (n *netflow) listen() (*net.UDPConn, error) {
	address, err := net.ResolveUDPAddr("udp", n.address)
	if err != nil {
		return nil, err
	}
	socket, err := net.ListenUDP("udp", address)
	if err != nil {
		return nil, err
	}
	socket.SetReadBuffer(receiveBuffer) // as much of it as the system grants
	if n.options.Ready != nil {
		n.options.Ready(socket.LocalAddr().String())
	}
	return socket, nil
}

// exporters hand each exporter's datagrams to a reader of its own.
type exporters struct {
	options Options
	part    string
	pipes   map[netip.AddrPort]*io.PipeWriter

	mu      sync.Mutex // emit is called by one reader at a time
	emit    emitter
	failed  error
	readers sync.WaitGroup
}

func (e *exporters) take(ctx context.Context, from netip.AddrPort, datagram []byte) error {
	w := e.pipes[from]
	if w == nil {
		if len(e.pipes) >= mostExporters {
			e.count("datagram of one exporter too many")
			return nil
		}
		w = e.add(ctx, from)
	}
	if _, err := w.Write(datagram); err != nil { // its reader has given up
		delete(e.pipes, from)
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.failed != nil {
			return e.failed
		}
		e.options.Log.Warn("an exporter is read anew", "exporter", from, "error", err)
	}
	return nil
}

func (e *exporters) count(reason string) {
	if e.options.Skipped != nil {
		e.options.Skipped.add(reason)
	}
}

func (e *exporters) add(ctx context.Context, from netip.AddrPort) *io.PipeWriter {
	r, w := io.Pipe()
	e.pipes[from] = w
	e.readers.Go(func() {
		err := readRecords(r, from.String(), e.part, 0, e.options, func(part string, flows []flow.Flow) error {
			e.mu.Lock()
			defer e.mu.Unlock()
			if err := e.emit(part, flows); err != nil {
				e.failed = err
				return err
			}
			return nil
		})
		if err == nil {
			err = errors.New("the reader has ended")
		}
		r.CloseWithError(err)
	})
	return w
}

// close ends the readers and waits for them.
func (e *exporters) close() {
	for _, w := range e.pipes {
		w.Close()
	}
	e.readers.Wait()
}
