package window

import (
	"cmp"
	"fmt"
	"time"

	"flowlab/labkit/flow"
)

// Options say which windows an [Operator] makes. The zero value is windows of
// 60 s side by side, for each source, by the end of flows, that wait 60 s for
// late ones.
type Options struct {
	Size  time.Duration // of a window; 0 is 60 s
	Slide time.Duration // from one start to the next, at most Size; 0 is Size

	// Lateness is how long a window waits for flows that come out of order. The
	// watermark is the highest event time so far minus the lateness, and a window
	// closes when the watermark reaches its end. A flow that comes after that is
	// late for this window. 0 is 60 s, a negative value no wait at all.
	Lateness time.Duration

	// MaxJump is how far ahead of the watermark an event time is believed. A flow
	// further ahead is set aside, until three sources have such flows within
	// MaxJump of the latest: then time has moved indeed, and these flows are
	// taken. At the start, time begins with the first three flows that lie so
	// close together. It must be above Lateness. 0 is 24 h; with a negative value
	// every time is believed, as suits a sorted table.
	MaxJump time.Duration

	Key  Key
	Time Time

	// CountsOnly leaves out what takes memory for each flow, or a look at all hosts
	// when a window closes: RarePorts, RarePeers, MedianGap and Regularity of a
	// [Row] are NaN.
	CountsOnly bool

	// Late, if it is not nil, is handed each flow that is missing from some of its
	// windows, and from how many: those that are late, and when they are given up,
	// those too far ahead.
	Late func(f flow.Flow, missing int)
}

// A Key is the host that a flow is counted for.
type Key int

const (
	SrcIP Key = iota // the one that began it
	DstIP            // the one it was addressed to
)

// String returns the name of the column.
func (k Key) String() string { return k.field().String() }

func (k Key) field() flow.Field {
	if k == DstIP {
		return flow.DstIP
	}
	return flow.SrcIP
}

// split returns the host that a flow is counted for, and the other one.
func (k Key) split(f *flow.Flow) (key, peer string) {
	if k == DstIP {
		return f.DstIP, f.SrcIP
	}
	return f.SrcIP, f.DstIP
}

// A Time is what counts as the time of a flow.
type Time int

const (
	End   Time = iota // when it ended, or began if its duration is not known
	Start             // when it began
)

// of returns the event time of a flow in seconds since 1970, NaN if it has none.
func (t Time) of(f *flow.Flow) float64 {
	if t == Start {
		return f.TS
	}
	return f.End()
}

const (
	defaultSize     = time.Minute
	defaultLateness = time.Minute
	defaultMaxJump  = 24 * time.Hour
)

// resolved returns the options with the defaults in the place of zeros, or an
// error if there are no such windows.
func (o Options) resolved() (Options, error) {
	o.Size = cmp.Or(o.Size, defaultSize)
	o.Slide = cmp.Or(o.Slide, o.Size)
	o.Lateness = max(cmp.Or(o.Lateness, defaultLateness), 0)
	if o.MaxJump = cmp.Or(o.MaxJump, defaultMaxJump); o.MaxJump < 0 {
		o.MaxJump = -time.Microsecond
	}
	switch {
	case o.Size < 0 || o.Size%time.Microsecond != 0:
		return o, fmt.Errorf("size is %v: want whole microseconds above 0", o.Size)
	case o.Slide < 0 || o.Slide%time.Microsecond != 0:
		return o, fmt.Errorf("slide is %v: want whole microseconds above 0", o.Slide)
	case o.Slide > o.Size:
		return o, fmt.Errorf("slide is %v and size %v: flows between two windows would be lost, want a slide of at most the size", o.Slide, o.Size)
	case o.MaxJump >= 0 && o.MaxJump <= o.Lateness:
		return o, fmt.Errorf("the highest jump is %v and the lateness %v: every flow would lie too far ahead of the watermark, want a higher jump", o.MaxJump, o.Lateness)
	case o.Key != SrcIP && o.Key != DstIP:
		return o, fmt.Errorf("key is %d: want SrcIP or DstIP", o.Key)
	case o.Time != End && o.Time != Start:
		return o, fmt.Errorf("time is %d: want End or Start", o.Time)
	}
	return o, nil
}
