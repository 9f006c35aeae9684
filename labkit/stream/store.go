package stream

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A Store says where the streams are: in a folder, kept by a server inside this
// program, or on a NATS server that runs elsewhere.
type Store struct {
	Dir string // of the server inside this program

	// URL is the NATS server to use in its place, such as nats://HOST:4222 or, with
	// TLS, tls://HOST:4222; a user and password may stand before the host. The files
	// are what it asks for: a user's credentials, the authorities that vouch for the
	// server, and this program's certificate with its key. "" is none of them, and
	// for Authorities those that the system trusts.
	URL                           string
	Credentials                   string
	Authorities, Certificate, Key string

	// Name sets the streams of one pipeline apart from those of others on one
	// server. "" means flowlab.
	Name string

	// MaxBytes bounds the flows that wait for the worker. A publisher that reaches
	// it waits. 0 means 1 GiB.
	MaxBytes int64

	// SyncInterval is how often the files are synced: what was written since is
	// lost in a power cut, though not in a crash of the program. 0 means with each
	// write, so that nothing is. A server elsewhere has an interval of its own.
	SyncInterval time.Duration
}

const (
	defaultName     = "flowlab"
	defaultMaxBytes = 1 << 30
	maxFindingBytes = 256 << 20 // the oldest findings go first
	startPatience   = 30 * time.Second
	unlimited       = 1 << 62
)

// An open store is a connection to the streams.
type openStore struct {
	server *server.Server // nil if it runs elsewhere
	lock   *flock.Flock

	made    string // the folder, if it was not there before
	discard bool   // the folder that was made, with close
	conn    *nats.Conn
	js      jetstream.JetStream

	flows, findings, state jetstream.Stream

	lost    chan struct{}         // closed once the connection is
	full    chan struct{}         // told that the server inside this program could not write
	refused atomic.Pointer[error] // what the server has last refused, nil if nothing
}

// errInUse says that another program has the folder.
var errInUse = errors.New("another program is using it")

// open starts or finds the server, and makes the streams that it does not have.
func (s Store) open(ctx context.Context, log *slog.Logger) (opened *openStore, err error) {
	o := &openStore{lost: make(chan struct{}), full: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			o.discard = true
			o.close()
		}
	}()
	if s.URL == "" {
		if err := o.serve(s, log); err != nil {
			return nil, fmt.Errorf("store %s: %w", s.Dir, err)
		}
	}
	if err = o.connect(s); err == nil {
		err = o.makeStreams(ctx, s)
	}
	if err != nil && s.URL != "" {
		err = fmt.Errorf("NATS server %s: %w", s.shownURL(), err)
	}
	return o, err
}

// serve starts a server inside this program.
func (o *openStore) serve(s Store, log *slog.Logger) error {
	if s.Dir == "" {
		return errors.New("no folder and no server: want one of them")
	}
	_, missing := os.Stat(s.Dir)
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return err
	}
	o.lock = flock.New(filepath.Join(s.Dir, "lock"))
	if free, err := o.lock.TryLock(); err != nil || !free {
		o.lock = nil
		return errors.Join(err, errInUse)
	}
	if errors.Is(missing, fs.ErrNotExist) {
		o.made = s.Dir
	}
	var err error
	o.server, err = server.NewServer(&server.Options{
		ServerName: "flowlab", DontListen: true, NoSigs: true,
		JetStream: true, StoreDir: s.Dir,
		JetStreamMaxStore: unlimited, // else three quarters of what is free now, which streams may not exceed
		SyncInterval:      s.SyncInterval, SyncAlways: s.SyncInterval == 0,
	})
	if err != nil {
		return err
	}
	o.server.SetLoggerV2(serverLog{log, o.full}, false, false, false)
	o.server.Start()
	if !o.server.ReadyForConnections(startPatience) || !o.server.JetStreamEnabled() {
		return fmt.Errorf("the server has not started within %v", startPatience)
	}
	return nil
}

func (o *openStore) makeStreams(ctx context.Context, s Store) (err error) {
	name := s.Name
	if name == "" {
		name = defaultName
	}
	size := s.MaxBytes
	if size == 0 {
		size = defaultMaxBytes
	}
	for _, c := range []struct {
		into    *jetstream.Stream
		what    string
		bytes   int64
		discard jetstream.DiscardPolicy
	}{
		{&o.flows, "flows", size, jetstream.DiscardNew},
		{&o.findings, "findings", maxFindingBytes, jetstream.DiscardOld},
		{&o.state, "state", -1, jetstream.DiscardNew},
	} {
		*c.into, err = o.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
			Name: name + "_" + c.what, Subjects: []string{name + "." + c.what},
			Storage: jetstream.FileStorage, MaxBytes: c.bytes, Discard: c.discard,
		})
		if refused := o.refused.Load(); err != nil && refused != nil {
			err = refusal(*refused) // the other is that no answer has come
		}
		if err != nil {
			return fmt.Errorf("stream of %s: %w", c.what, err)
		}
	}
	return nil
}

// isUnused tells whether nothing was ever stored: then a start that fails leaves
// no folder behind.
func (o *openStore) isUnused(ctx context.Context) bool {
	if o.made == "" {
		return false
	}
	for _, s := range []jetstream.Stream{o.flows, o.findings, o.state} {
		if info, err := s.Info(ctx); err != nil || info.State.LastSeq > 0 {
			return false
		}
	}
	return true
}

func (o *openStore) close() {
	if o.conn != nil {
		o.conn.Close()
	}
	if o.server != nil {
		o.server.Shutdown()
		o.server.WaitForShutdown()
	}
	if o.discard && o.made != "" {
		os.RemoveAll(o.made)
	}
	if o.lock != nil {
		o.lock.Unlock()
	}
}

// serverLog passes on what the server inside this program warns of. That a disk
// is full is told here alone: who writes gets no answer.
type serverLog struct {
	*slog.Logger
	full chan<- struct{}
}

func (l serverLog) Noticef(string, ...any)         {}
func (l serverLog) Debugf(string, ...any)          {}
func (l serverLog) Tracef(string, ...any)          {}
func (l serverLog) Warnf(format string, v ...any)  { l.Warn("server: " + fmt.Sprintf(format, v...)) }
func (l serverLog) Fatalf(format string, v ...any) { l.Errorf(format, v...) }

func (l serverLog) Errorf(format string, v ...any) {
	text := fmt.Sprintf(format, v...)
	l.Error("server: " + text)
	if strings.Contains(text, syscall.ENOSPC.Error()) || strings.Contains(text, syscall.EDQUOT.Error()) {
		select {
		case l.full <- struct{}{}:
		default: // said already
		}
	}
}
