package capture

import (
	"cmp"
	"slices"
	"time"
)

// The times after which Zeek takes a flow for over: the defaults of
// scripts/base/init-bare.zeek and base/protocols/conn/inactivity.zeek.
const (
	tcpTimeout         = 5 * time.Minute // inactivity, once established
	interactiveTimeout = time.Hour       // FTP, SSH, telnet and rlogin
	udpTimeout         = time.Minute     // also of TCP while it is being established
	icmpTimeout        = time.Minute
	dnsTimeout         = 10 * time.Second

	tcpAttemptDelay = 5 * time.Second // for an answer to the first SYN
	tcpCloseDelay   = 5 * time.Second // for packets after the end
	tcpResetDelay   = 5 * time.Second // after a RST that follows a FIN
	tcpSynTimeout   = 5 * time.Second // before the first look at how things stand
	tcpSession      = 6 * time.Second // between such looks
	tcpLinger       = 5 * time.Second // without a packet, for one that is half closed
)

type timerKind byte

const (
	inactive  timerKind = iota
	dnsExpiry           // DNS flows end early
	look                // whether a TCP connection is over
	attempt             // whether a SYN was answered
	reset               // a RST after a FIN
	closed              // a TCP connection is over
)

// A timer is due for a flow.
type timer struct {
	at    int64
	flow  *liveFlow
	round uint32 // of a TCP connection: those of an earlier one are void
	kind  timerKind
}

// void tells whether the timer has been overtaken.
func (t timer) void() bool {
	switch {
	case t.flow.done:
		return true
	case t.kind == inactive:
		return t.at != t.flow.inactiveAt
	case t.kind == dnsExpiry:
		return false
	}
	return t.round != t.flow.tcp.round
}

// A timerQueue is a heap, the earliest timer first. It is not that of
// container/heap, which would allocate for each timer.
type timerQueue []timer

func (q *timerQueue) push(t timer) {
	heap := append(*q, t)
	i := len(heap) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if heap[parent].at <= t.at {
			break
		}
		heap[i] = heap[parent]
		i = parent
	}
	heap[i] = t
	*q = heap
}

func (q *timerQueue) pop() timer {
	heap := *q
	first, last := heap[0], heap[len(heap)-1]
	heap[len(heap)-1].flow = nil
	heap = heap[:len(heap)-1]
	*q = heap
	for i := 0; len(heap) > 0; {
		child := 2*i + 1
		if child+1 < len(heap) && heap[child+1].at < heap[child].at {
			child++
		}
		if child >= len(heap) || last.at <= heap[child].at {
			heap[i] = last
			break
		}
		heap[i] = heap[child]
		i = child
	}
	return first
}

// compact drops timers that have been overtaken, which would hold flows that are
// over in memory until they are due.
func (q *timerQueue) compact() {
	heap := slices.DeleteFunc(*q, func(t timer) bool { return t.void() })
	slices.SortFunc(heap, func(a, b timer) int { return cmp.Compare(a.at, b.at) }) // which is a heap
	*q = heap
}
