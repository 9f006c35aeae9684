package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/window"
)

func newWindows() *cobra.Command {
	var o windowFlags
	var read readFlags
	cmd := &cobra.Command{
		Use:   "windows FILE...",
		Short: "Count what each host did in sliding windows of time",
		Long: `Windows reads network flows in the order in which they arrive, file after file,
and writes as CSV a row for each host and window in which it has a flow: how many
flows, how many failed, how much was sent, how many different ports and peers,
the most tries at one port of a destination, the share of ports and peers that at
most ` + strconv.Itoa(window.Few) + ` others use in the same window, and the gaps between its flows.

A window starts at a multiple of --every, in UTC; window_start is in seconds since
1970, and the window holds what is before window_start + --size. A flow counts at
its end, since that is when it is logged (--time start: at its start). An amount
that is not known counts as 0; median_gap and regularity are empty where there are
too few gaps.

A window closes when a flow comes that is --lateness later than the window's end.
What comes after that is late for it, and missing from its row. How many flows are
late, and for how many of their windows, is said on standard error; --late writes
them to a file. A flow whose time is more than --max-jump ahead is set aside, and
does not close windows, until three sources agree with it: so one wrong clock does
not make all others late. They are counted, too, and written to the same file.

` + inputFormats,
		Example: `  lab windows --size 60s --every 10s conn.log > windows.csv
  lab windows --size 5m --every 5m --key dst_ip conn.*.log.gz > targets.csv
  lab windows --lateness 5s --late late.csv conn.log > windows.csv`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := o.options()
			if err != nil {
				return err
			}
			if err := isNoInput("--late", o.late, args); err != nil {
				return err
			}
			return writeWindows(cmd, &read, args, options, o.late)
		},
	}
	read.add(cmd)
	flags := cmd.Flags()
	flags.DurationVar(&o.size, "size", time.Minute, "length of a window")
	flags.DurationVar(&o.every, "every", 10*time.Second, "from the start of a window to that of the next")
	flags.DurationVar(&o.lateness, "lateness", time.Minute, "how long a window waits for flows out of order")
	flags.DurationVar(&o.maxJump, "max-jump", 24*time.Hour, "how far ahead a time is believed; 0s for any")
	flags.StringVar(&o.time, "time", "end", "what counts as the time of a flow: end or start")
	flags.StringVar(&o.key, "key", "src_ip", "whose flows are counted: src_ip or dst_ip")
	flags.StringVar(&o.late, "late", "", "write the flows that miss a window to this `FILE`,\nas a flow table")
	return cmd
}

type windowFlags struct {
	size, every, lateness, maxJump time.Duration
	time, key, late                string
}

// options returns what the flags say. To the operator 0 is its default, and a
// negative value none.
func (f *windowFlags) options() (window.Options, error) {
	o := window.Options{Size: f.size, Slide: f.every, Lateness: f.lateness, MaxJump: f.maxJump}
	for _, d := range []struct {
		flag  string
		value time.Duration
		least time.Duration
	}{{"size", f.size, 1}, {"every", f.every, 1}, {"lateness", f.lateness, 0}, {"max-jump", f.maxJump, 0}} {
		if d.value < d.least {
			return o, fmt.Errorf("--%s is %v: want a time such as 60s, and none below 0", d.flag, d.value)
		}
	}
	if f.every > f.size {
		return o, fmt.Errorf("--every is %v and --size %v: flows between two windows would be lost, want at most the size", f.every, f.size)
	}
	if o.Lateness == 0 {
		o.Lateness = -1
	}
	if o.MaxJump == 0 {
		o.MaxJump = -1
	}
	key := slices.Index([]string{window.SrcIP: "src_ip", window.DstIP: "dst_ip"}, f.key)
	if key < 0 {
		return o, fmt.Errorf("--key is %q: want src_ip or dst_ip", f.key)
	}
	at := slices.Index([]string{window.End: "end", window.Start: "start"}, f.time)
	if at < 0 {
		return o, fmt.Errorf("--time is %q: want end or start", f.time)
	}
	o.Key, o.Time = window.Key(key), window.Time(at)
	return o, nil
}

func writeWindows(cmd *cobra.Command, read *readFlags, names []string, o window.Options, lateFile string) error {
	var late []flow.Flow
	o.Late = func(f flow.Flow, _ int) { late = append(late, f) }
	op, err := window.New(o)
	if err != nil {
		return errors.Unwrap(err) // without the name of a function
	}
	inputs, err := read.readInputs(cmd, names)
	if err != nil {
		return err
	}
	out := newWindowWriter(cmd.OutOrStdout(), o.Key)
	row := 0
	for _, in := range inputs {
		for _, f := range in.table.All() {
			f.Origin.Place = row // the order of arrival
			row++
			out.write(op.Add(f))
		}
	}
	out.write(op.Close())
	sayStats(cmd.ErrOrStderr(), op.Stats(), o)
	if err := out.flush(); err != nil {
		return err
	}
	if lateFile != "" {
		if err := writeLate(lateFile, inputs, late); err != nil {
			return err
		}
	}
	return incomplete(inputs)
}

// sayStats says what became of the flows.
func sayStats(w io.Writer, s window.Stats, o window.Options) {
	fmt.Fprintf(w, "%s in %s of window and %s\n", plural.Of(s.Flows, "flow"), plural.Of(s.Rows, "row"), o.Key)
	fmt.Fprintf(w, "late: %s, and %s of flow and window of %d; %s in no window\n",
		plural.Of(s.LateFlows, "flow"), plural.Of(s.LatePairs, "pair"), s.Pairs, plural.Of(s.LostFlows, "flow"))
	if 2*s.LostFlows > s.Flows {
		fmt.Fprintln(w, "Most flows are in no window: is the input in the order of arrival? With a --lateness\nlonger than all of it, and --max-jump 0s, the order is irrelevant.")
	}
	for _, c := range []struct {
		n   int
		why string
	}{
		{s.AheadFlows, fmt.Sprintf("more than %v ahead: set aside", o.MaxJump)},
		{s.WithoutTime, "without ts: in no window"},
		{s.WithoutKey, "without " + o.Key.String() + ": in no window"},
	} {
		if c.n > 0 {
			fmt.Fprintf(w, "%s %s\n", plural.Of(c.n, "flow"), c.why)
		}
	}
}
