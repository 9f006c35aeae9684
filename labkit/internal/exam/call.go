package exam

import (
	"reflect"
	"runtime/metrics"
	"syscall"
	"time"
)

// Limit is the time after which a function counts as endless: the calls of all
// cases together. On a machine that is busy with other things it is time of the
// processor: see [starved].
const Limit = 3 * time.Second

// An outcome is what came of calling a function with one input.
type outcome struct {
	got     []any
	crash   *crash // nil if the function returned
	stopped string // why it was not waited for; "" if it ended
	changed int    // the number, from 1, of an argument that it changed; 0 if none
}

// callAll calls f with each input. After a call that does not end there is no
// further one.
func callAll(f reflect.Value, cases func() []Input, limit time.Duration) []outcome {
	w := newWatch(limit)
	defer w.stop()
	arguments, untouched := cases(), cases()
	var outcomes []outcome
	for i := range arguments {
		done := make(chan outcome, 1)
		go func() { done <- call(f, arguments[i], untouched[i]) }()
		o := w.wait(done)
		outcomes = append(outcomes, o)
		if o.stopped != "" {
			break
		}
	}
	return outcomes
}

// call calls f once. It finds an argument that f changed by comparing it to an
// untouched twin.
func call(f reflect.Value, arguments, untouched Input) (o outcome) {
	returned := false
	defer func() {
		if !returned {
			o.crash = newCrash(recover())
		}
	}()
	in := make([]reflect.Value, len(arguments))
	for i, a := range arguments {
		in[i] = reflect.ValueOf(a)
	}
	for _, v := range f.Call(in) {
		o.got = append(o.got, v.Interface())
	}
	for i := range arguments {
		if o.changed == 0 && !reflect.DeepEqual(arguments[i], untouched[i]) {
			o.changed = i + 1
		}
	}
	returned = true
	return o
}

// What a function may use before it is given up. Go ends the whole program when
// a stack reaches a gigabyte, and the system ends it when memory runs out: the
// learner would see neither a message nor the declarations of the cell.
const (
	maxStack = 64 << 20
	maxHeap  = 1 << 30
)

// A watch waits for calls until they have taken too much of something.
type watch struct {
	limit    time.Duration
	begin    time.Time
	had      time.Duration // of the processor, at the beginning
	deadline *time.Timer
	tick     *time.Ticker
	used     []metrics.Sample // bytes of stack and of heap
}

func newWatch(limit time.Duration) *watch {
	return &watch{
		limit: limit, begin: time.Now(), had: processorTime(),
		deadline: time.NewTimer(limit),
		tick:     time.NewTicker(2 * time.Millisecond),
		used:     []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}},
	}
}

func (w *watch) stop() {
	w.deadline.Stop()
	w.tick.Stop()
}

// wait returns what is done, or why it was not waited for. A function that was
// given up goes on until the cell ends, for Go has no way to stop it.
func (w *watch) wait(done <-chan outcome) outcome {
	for {
		select {
		case o := <-done:
			return o
		case <-w.deadline.C:
			if starved(time.Since(w.begin), processorTime()-w.had, w.limit) {
				w.deadline.Reset(w.limit / 4)
				continue
			}
			return outcome{stopped: "did not end in time. Is there a loop that never ends?"}
		case <-w.tick.C:
			metrics.Read(w.used)
			if w.used[0].Value.Uint64() > maxStack {
				return outcome{stopped: "calls itself again and again. What would make it stop?"}
			}
			if w.used[1].Value.Uint64() > maxHeap {
				return outcome{stopped: "fills more than a gigabyte of memory. Is there a slice that grows in a loop that never ends?"}
			}
		}
	}
}

// mostWait is how many times the limit a function is waited for at most.
const mostWait = 10

// starved tells whether a function that has run so long has had less time of the
// processor than the limit because others have it. One that waits, for a channel
// say, has next to none, and is not starved.
func starved(passed, used, limit time.Duration) bool {
	return used < limit && used > passed/20 && passed < mostWait*limit
}

// processorTime returns what this program has had of the processor; 0 if that is
// not known.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
