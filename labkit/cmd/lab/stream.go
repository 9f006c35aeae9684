package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

// streamOptions are what lab stream is told.
type streamOptions struct {
	store      string
	once       bool
	speed      float64
	out, allow string
	rejects    string
	metrics    string
	model      string
	triage     triage.LiveOptions
	sync       time.Duration
	maxBytes   int64
	checkpoint time.Duration

	nats, creds, ca, cert, key string
}

func newStream() *cobra.Command {
	o := &streamOptions{}
	cmd := &cobra.Command{
		Use:   "stream SOURCE",
		Short: "Find what stands out in flows as they come, for days",
		Long: `Stream reads flows as they are written, and says what stands out as soon as a
window of time has closed. SOURCE is

  a log or capture       followed as it grows, also when it is rotated
  a folder               its files in the order of their names, and those to come
  udp://ADDRESS:PORT     NetFlow or IPFIX that is sent there
  -                      standard input: records, or packets of tcpdump -w -

Flows pass through a store in a folder, NATS JetStream inside this program.
Ctrl-C stops it; the next start goes on where it stopped, and after a crash or
kill -9 too: nothing that was stored is lost or comes twice. What standard input
and UDP had for a program that is not there is lost. A power cut loses nothing
either unless --sync is set. A store that is damaged goes on from what can be
read of it; findings in a file that was cut are in --out alone, or come again
from a source read anew after "lab stream reset".

Hosts are judged in windows of one and five minutes, and pairs over 24 hours, by
what is usual in this stream. That takes 300 rows to learn, and misses what is
slow: "lab score" on a day of flows finds more.

On two cores it keeps up with 50,000 flows a second. What is in a window is said
within a tenth of a second of when it closes, --lateness after its end. Memory is
some 150 MB, and 30 bytes for each port of a host that a source has used in five
minutes.

With --nats the streams are on a server elsewhere, where status and reset do not
look. It is tried again for as long as it is away; one that refuses you is an
error at once.

Exit status: 0 at the end of the source, 130 after Ctrl-C, 1 for an error.`,
		Example: `  lab stream /opt/zeek/logs/current/conn.log
  lab stream --out findings.jsonl --metrics 127.0.0.1:9090 udp://127.0.0.1:2055
  lab stream --speed 60 --store replay.d conn.log     an hour in a minute
  tcpdump -i eth0 -w - | lab stream -
  lab stream status`,
		GroupID: "learner",
		Args:    oneOf("source: want a log, a folder, an address, or - for standard input"),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	f := cmd.Flags()
	cmd.PersistentFlags().StringVar(&o.store, "store", "stream.d", "folder of the store")
	f.BoolVar(&o.once, "once", false, "end where the log or folder ends now")
	f.Float64Var(&o.speed, "speed", 0, "replay a log so many times as fast as it came; with --once")
	f.StringVar(&o.out, "out", "", "add findings to this file, a line of JSON each")
	f.StringVar(&o.allow, "allow", "", "do not show what this allow-list names, see lab allow --help;\n--out keeps it, with the rule. It is read at the start")
	f.StringVar(&o.rejects, "rejects", "", "keep what is damaged in this file, with place and reason; made anew at each start")
	f.StringVar(&o.metrics, "metrics", "", "serve Prometheus metrics at this address, such as 127.0.0.1:9090")
	f.StringVar(&o.model, "model", "", "judge windows by this model, made by triage.FitWindows and labkit.Save")
	f.BoolVar(&o.triage.Fixed, "fixed", false, "judge windows of the model's size alone, by the model's own threshold")
	f.Float64Var(&o.triage.Quantile, "quantile", 0.999, "share of the latest scores that are below the threshold")
	f.DurationVar(&o.triage.Refit, "refit", time.Hour, "time of flows after which is learned anew what is usual")
	f.DurationVar(&o.triage.Lateness, "lateness", time.Minute, "how long windows wait for flows that come late")
	f.DurationVar(&o.sync, "sync", 0, "sync the store this often instead of with each write: faster, not safe in a power cut")
	f.Int64Var(&o.maxBytes, "max-bytes", 1<<30, "of flows that wait in the store")
	f.DurationVar(&o.checkpoint, "checkpoint", 5*time.Second, "time between two checkpoints")
	f.StringVar(&o.nats, "nats", "", "use this NATS server as the store: nats://HOST:4222, or tls://HOST:4222,\nwith USER:PASSWORD@ before HOST where others may not see what you type")
	f.StringVar(&o.creds, "creds", "", "its file of credentials for you")
	f.StringVar(&o.ca, "tls-ca", "", "certificates of the authorities that vouch for it, in PEM")
	f.StringVar(&o.cert, "tls-cert", "", "your certificate, if it asks for one")
	f.StringVar(&o.key, "tls-key", "", "the key of that certificate")
	cmd.AddCommand(newStreamStatus(o), newStreamReset(o))
	return cmd
}

func (o *streamOptions) run(cmd *cobra.Command, name string) error {
	if err := o.check(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	skipped := &live.Skipped{}
	var read flow.ReadOptions
	if o.rejects != "" {
		rejects, done, err := newStreamRejects(o.rejects, []string{name, o.out, o.allow, o.model}, log)
		if err != nil {
			return err
		}
		defer done()
		read.Reject = rejects.add
	}
	source, err := o.source(cmd, name, read, skipped, log)
	if err != nil {
		return err
	}
	if err := o.loadModel(); err != nil {
		return err
	}
	list, err := readAllowList(o.allow)
	if err != nil {
		return err
	}
	sink, err := newFindingSink(ctx, cmd.OutOrStdout(), o.out, list, log)
	if err != nil {
		return err
	}
	defer sink.close()
	defer sink.sayAllowed(cmd.ErrOrStderr())
	watch := &stream.Watch{}
	if err := o.serveMetrics(ctx, watch, log); err != nil {
		return err
	}
	reporter := newStreamReporter(cmd, o, name, watch, skipped)
	go reporter.run(ctx)
	// Windows hold few pointers: collecting garbage often costs little, and
	// a program that runs for days should be small.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	err = stream.Pipeline{
		Source: source, Stage: live.Stage(o.triageOptions()), Store: o.asStore(), Checkpoint: o.checkpoint,
		Sink: sink.take, From: sink.from, Log: log, Watch: watch,
	}.Run(ctx)
	reporter.end(err)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return errInterrupted
	}
	return errors.Join(err, sink.close())
}

// check returns an error if a number is out of range. What the packages take for
// their default is none on the command line: 0 is 0.
func (o *streamOptions) check() error {
	switch {
	case !(o.speed >= 0) || o.speed > 0 && !o.once:
		return fmt.Errorf("--speed is %v: want a number above 0, with --once", o.speed)
	case !(o.triage.Quantile > 0 && o.triage.Quantile < 1):
		return fmt.Errorf("--quantile is %v: want a share in (0, 1)", o.triage.Quantile)
	case (o.cert == "") != (o.key == ""):
		return errors.New("--tls-cert and --tls-key belong together: want both or none")
	case o.nats == "" && o.creds+o.ca+o.cert != "":
		return errors.New("--creds and --tls-… are for a server: want --nats, too")
	case o.maxBytes <= 0:
		return fmt.Errorf("--max-bytes is %d: want a number above 0", o.maxBytes)
	}
	for _, d := range []struct {
		flag     string
		is, want time.Duration
	}{{"refit", o.triage.Refit, 1}, {"checkpoint", o.checkpoint, 1}, {"lateness", o.triage.Lateness, 0}, {"sync", o.sync, 0}} {
		if d.is < d.want {
			return fmt.Errorf("--%s is %v: want a time of at least %v", d.flag, d.is, d.want)
		}
	}
	return nil
}

// triageOptions are those of the command line for the package.
func (o *streamOptions) triageOptions() triage.LiveOptions {
	options := o.triage
	if options.Lateness == 0 {
		options.Lateness = -1 // 0 is the default there
	}
	return options
}

func (o *streamOptions) source(cmd *cobra.Command, name string, read flow.ReadOptions, skipped *live.Skipped, log *slog.Logger) (stream.Source, error) {
	source, err := live.Open(name, live.Options{
		Follow: !o.once, Stdin: cmd.InOrStdin(), Read: read, Skipped: skipped, Log: log,
		Ready: func(where string) { log.Info("listening", "address", where) },
	})
	if err == nil && o.speed > 0 {
		source = stream.Paced{Source: source, Speed: o.speed}
	}
	return source, err
}

func (o *streamOptions) asStore() stream.Store {
	return stream.Store{
		Dir: o.store, SyncInterval: o.sync, MaxBytes: o.maxBytes,
		URL: o.nats, Credentials: o.creds, Authorities: o.ca, Certificate: o.cert, Key: o.key,
	}
}

func (o *streamOptions) loadModel() error {
	if o.model == "" {
		return nil
	}
	f, err := durable.Open(o.model)
	if err != nil {
		return err
	}
	defer f.Close()
	fitted, err := labkit.Load(f)
	if err != nil {
		return fmt.Errorf("%s: %w", flow.Printable(o.model), err)
	}
	o.triage.Model = &fitted
	return nil
}

// serveMetrics answers at /metrics as long as ctx lasts.
func (o *streamOptions) serveMetrics(ctx context.Context, watch *stream.Watch, log *slog.Logger) error {
	if o.metrics == "" {
		return nil
	}
	l, err := net.Listen("tcp", o.metrics)
	if err != nil {
		return err
	}
	log.Info("metrics", "url", "http://"+l.Addr().String()+"/metrics")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		watch.Status().WriteMetrics(w)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	go server.Serve(l)
	return nil
}

func newStreamReset(o *streamOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: "Forget a stream: the flows that wait, what was learned and what was found",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := os.Stat(filepath.Join(o.store, "jetstream")); err != nil {
				return fmt.Errorf("%s is no store of a stream", flow.Printable(o.store))
			}
			lock := flock.New(filepath.Join(o.store, "lock"))
			if free, err := lock.TryLock(); err != nil || !free {
				return fmt.Errorf("%s: a stream is running: stop it first", flow.Printable(o.store))
			}
			defer lock.Unlock()
			for _, name := range []string{"jetstream", statusFile} {
				if err := os.RemoveAll(filepath.Join(o.store, name)); err != nil {
					return err
				}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s is empty now\n", flow.Printable(o.store))
			return nil
		},
	}
}

// inFlight says what a stream that has stopped has not worked on yet.
func inFlight(s stream.Status) string {
	waiting := s.Published - s.Worked
	if waiting <= 0 {
		return "nothing is in flight but the windows that are open"
	}
	return plural.Of(int(waiting), "flow") + " in the store and the windows that are open are in flight"
}
