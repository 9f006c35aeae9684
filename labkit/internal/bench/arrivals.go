package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"
)

// arrivals is a source of made-up flows that come at a fixed rate, whether the
// rest keeps up or not (an open loop): each is due at a time from which latency
// is counted, though it may be handed out later.
//
// The flows are those of 400 hosts, as writeStream has them, up to five seconds
// of event time late. After some minutes in which the stream learns what is usual,
// three hosts that nobody has seen try ports in vain in each minute: what is to be
// found.
type arrivals struct {
	rate, speed float64 // flows a second, and seconds of event time
	began       time.Time
	random      *rand.Rand
	sources     []string
	peers       []string
	made        int64

	mu      sync.Mutex
	reached []time.Duration           // when the first flow was due that ended at or behind a second, from eventBegin on
	last    map[float64]time.Duration // when the last flow before the end of a minute was due
}

var _ stream.Source = (*arrivals)(nil)

const (
	eventBegin  = 1.7e9 - 20 // a whole minute
	disorder    = 5          // seconds
	calmMinutes = 8
	scanners    = 3
	scanShare   = 100 // each has one of so many flows
)

// newArrivals returns a source of which the first flow is due now.
func newArrivals(rate, speed float64) *arrivals {
	a := &arrivals{
		rate: rate, speed: speed, began: time.Now(), random: rand.New(rand.NewPCG(1, 2)), last: map[float64]time.Duration{},
	}
	for i := range 400 {
		a.sources = append(a.sources, fmt.Sprintf("10.0.%d.%d", i/200, i%200))
	}
	for i := range 2000 {
		a.peers = append(a.peers, fmt.Sprintf("93.184.%d.%d", i/250, i%250))
	}
	return a
}

// Again returns false: it goes on where it is.
func (a *arrivals) Again() bool { return false }

// Flows hands out flows as they are due, a few at a time, until ctx is done.
func (a *arrivals) Flows(ctx context.Context, _ stream.Position, emit func(string, []flow.Flow) error) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		for due := a.due(); a.made < due; {
			const most = 256 // at once
			flows := make([]flow.Flow, min(due-a.made, most))
			for i := range flows {
				a.make(&flows[i])
			}
			if err := emit("", flows); err != nil {
				return err
			}
		}
		<-tick.C
	}
	return ctx.Err()
}

// due returns how many flows are due by now.
func (a *arrivals) due() int64 { return int64(time.Since(a.began).Seconds() * a.rate) }

// make makes the next flow.
func (a *arrivals) make(f *flow.Flow) {
	r := a.random
	due := time.Duration(float64(a.made) / a.rate * float64(time.Second))
	a.made++
	end := eventBegin + due.Seconds()*a.speed - disorder*r.Float64()
	*f = flow.Unknown()
	f.Duration = min(r.ExpFloat64(), 60)
	f.TS = end - f.Duration
	f.SrcIP, f.DstIP = a.sources[r.IntN(len(a.sources))], a.peers[r.IntN(len(a.peers))]
	f.SrcPort, f.DstPort = 1024+r.IntN(60000), []int{80, 443, 443, 53, 22, 8080}[r.IntN(6)]
	if r.IntN(20) == 0 {
		f.DstPort = r.IntN(1 << 16)
	}
	f.Protocol, f.State = "TCP", []string{"SF", "SF", "SF", "SF", "S0", "REJ", "RSTO"}[r.IntN(7)]
	f.BytesSent, f.BytesRecv = float64(r.IntN(5000)), float64(r.IntN(50000))
	f.PacketsSent, f.PacketsRecv = float64(1+r.IntN(50)), float64(r.IntN(50))
	minute := int(math.Floor((end - eventBegin) / 60))
	if k := r.IntN(scanShare); k < scanners && minute >= calmMinutes {
		f.SrcIP = fmt.Sprintf("10.%d.%d.%d", 1+k, minute/250, minute%250)
		f.DstIP, f.DstPort, f.State = a.peers[k], r.IntN(1<<16), "S0"
	}
	a.note(f.End(), due)
}

// note keeps when the flows are due for which windows wait.
func (a *arrivals) note(end float64, due time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last[60*math.Floor(end/60+1)] = due
	for float64(len(a.reached)) <= end-eventBegin {
		a.reached = append(a.reached, due)
	}
}

// closing returns when the flow was due that has closed the windows that end at a
// time, and when the last flow in them was.
func (a *arrivals) closing(end, lateness float64) (closed, last time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	second := int(end + lateness - eventBegin)
	if second < 0 || second >= len(a.reached) {
		return 0, 0, false
	}
	return a.reached[second], a.last[end], true
}
