package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
)

// statusFile is where a running stream says how it is doing, in its store.
const statusFile = "status.json"

// A streamStatus is what the file holds.
type streamStatus struct {
	Source  string
	Process int
	Started time.Time
	At      time.Time
	Rate    float64 // flows a second, lately
	Ended   string  // why, "" as long as it runs
	Skipped map[string]int
	stream.Status
}

// A streamReporter shows how a stream is doing, and writes it into the store.
type streamReporter struct {
	screen   io.Writer
	terminal bool // show a line that is written over
	path     string
	watch    *stream.Watch
	skipped  *live.Skipped
	status   streamStatus
	done     chan struct{} // closed when run is to end
	ended    chan struct{} // closed when it has
}

func newStreamReporter(cmd *cobra.Command, o *streamOptions, name string, watch *stream.Watch, skipped *live.Skipped) *streamReporter {
	file, isFile := cmd.ErrOrStderr().(*os.File)
	return &streamReporter{
		screen: cmd.ErrOrStderr(), terminal: isFile && term.IsTerminal(int(file.Fd())),
		path: filepath.Join(o.store, statusFile), watch: watch, skipped: skipped,
		status: streamStatus{Source: name, Process: os.Getpid(), Started: time.Now(), At: time.Now()},
		done:   make(chan struct{}),
		ended:  make(chan struct{}),
	}
}

// run reports each second until ctx is done or the stream has ended.
func (r *streamReporter) run(ctx context.Context) {
	defer close(r.ended)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			r.update()
			if r.terminal {
				fmt.Fprintf(r.screen, "\r\x1b[K%s", r.status.line())
			}
			r.write()
		case <-ctx.Done():
			return
		case <-r.done:
			return
		}
	}
}

func (r *streamReporter) update() {
	now, s := time.Now(), r.watch.Status()
	r.status.Rate = float64(s.Worked-r.status.Worked) / max(now.Sub(r.status.At).Seconds(), 1e-3)
	r.status.Status, r.status.At, r.status.Skipped = s, now, r.skipped.Counts()
}

// end says how the stream has ended, and what is left for the next start.
func (r *streamReporter) end(err error) {
	close(r.done)
	<-r.ended // its last report may be under way
	r.update()
	switch {
	case errors.Is(err, context.Canceled):
		r.status.Ended = "stopped: " + inFlight(r.status.Status) + "; the next start goes on with them"
	case err != nil:
		r.status.Ended = err.Error()
	default:
		r.status.Ended = "the source has ended"
	}
	if r.terminal {
		fmt.Fprint(r.screen, "\r\x1b[K")
	}
	if err == nil || errors.Is(err, context.Canceled) || r.status.Published > 0 {
		fmt.Fprintln(r.screen, r.status.line())
	}
	if err == nil || errors.Is(err, context.Canceled) { // an error is said by the command
		fmt.Fprintln(r.screen, r.status.Ended)
	}
	r.write()
}

// write puts the status into the store, if that is a folder of this machine. It
// is a convenience: if the disk is full, the stream says so.
func (r *streamReporter) write() {
	data, err := json.Marshal(r.status)
	if err != nil || os.WriteFile(r.path+".new", data, 0o600) != nil {
		return
	}
	os.Rename(r.path+".new", r.path)
}

// line is the status in one line.
func (s *streamStatus) line() string {
	parts := []string{
		fmt.Sprintf("%.0f flows/s", s.Rate),
		plural.Of(int(s.Worked), "flow"),
		plural.Of(int(s.Findings), "new finding"),
		fmt.Sprintf("lag %s", plural.Of(int(s.BlocksWaiting), "block")),
	}
	for _, name := range []string{"late_flows", "open_windows"} {
		if i := slices.IndexFunc(s.Gauges, func(g stream.Gauge) bool { return g.Name == name }); i >= 0 {
			parts = append(parts, fmt.Sprintf("%s %.0f", strings.ReplaceAll(name, "_", " "), s.Gauges[i].Value))
		}
	}
	skipped := 0
	for _, n := range s.Skipped {
		skipped += n
	}
	if skipped > 0 {
		parts = append(parts, fmt.Sprintf("skipped %d", skipped))
	}
	if s.Restarts > 0 {
		parts = append(parts, fmt.Sprintf("restarts %d", s.Restarts))
	}
	return strings.Join(parts, " · ")
}

// largestStatus is how many bytes the file may have.
const largestStatus = 1 << 20

func newStreamStatus(o *streamOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Say how a stream is doing, or how it has ended",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			data, err := durable.Read(filepath.Join(o.store, statusFile), largestStatus)
			if err != nil {
				return fmt.Errorf("no stream has run in %s", flow.Printable(o.store))
			}
			var s streamStatus
			if err := json.Unmarshal(data, &s); err != nil {
				return fmt.Errorf("%s: %w", flow.Printable(filepath.Join(o.store, statusFile)), err)
			}
			s.print(cmd.OutOrStdout(), isRunning(o.store))
			return nil
		},
	}
}

// isRunning tells whether a program has the store.
func isRunning(store string) bool {
	lock := flock.New(filepath.Join(store, "lock"))
	free, err := lock.TryLock()
	if free {
		lock.Unlock()
	}
	return err == nil && !free
}

func (s *streamStatus) print(w io.Writer, running bool) {
	switch {
	case running:
		fmt.Fprintf(w, "running as process %d since %s\n", s.Process, s.Started.Format(time.DateTime))
	case s.Ended == "":
		fmt.Fprintf(w, "not running: it was killed after %s; the next start goes on\n", s.At.Format(time.DateTime))
	default:
		fmt.Fprintf(w, "not running since %s: %s\n", s.At.Format(time.DateTime), s.Ended)
	}
	fmt.Fprintf(w, "source    %s\n%s\n", flow.Printable(s.Source), s.line())
	for _, reason := range slices.Sorted(maps.Keys(s.Skipped)) {
		fmt.Fprintf(w, "  skipped %d: %s\n", s.Skipped[reason], flow.Printable(reason))
	}
	for _, g := range s.Gauges {
		fmt.Fprintf(w, "  %s %.4g\n", g.Name, g.Value)
	}
}
