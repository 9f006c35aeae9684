package triage

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"flowlab/labkit/internal/plural"
)

// describe puts the finding into words, and names its technique.
func (c *trace) describe(f *Finding) {
	d, share := c.mainDoor()
	if peer, most := heaviest(c.peers); most > half || c.door.host != "" {
		f.Peer = peer
	}
	if port, most := heaviest(c.ports); most > half {
		f.Port = port
	}
	if c.list.kind == Flood {
		f.Peer = ""
	}
	in := "in " + span(c.list.window)
	switch c.list.kind {
	case FailedFlows:
		f.Words = fmt.Sprintf("%s%s %s%s", plural.Of(len(c.times), "attempt"), inVain, in, c.towards(d, share))
	case FailedPorts:
		f.Words = fmt.Sprintf("%s%s%s %s", plural.Of(len(c.ports), "port"), triedInVain, at(f.Peer), in)
	case FailedPeers:
		f.Words = fmt.Sprintf("%s%s%s %s", plural.Of(len(c.peers), "host"), triedInVain, atPort(f.Port), in)
	case FailedTries:
		f.Words = fmt.Sprintf("%.0f unanswered %s at %s %s", c.value, tries(c.value), d, in)
	case Tries:
		f.Words = fmt.Sprintf("%.0f %s at %s %s", c.value, connections(c.value), d, in)
	case BytesSent:
		f.Words = fmt.Sprintf("%s sent %s%s", bytes(c.sent), in, c.towards(d, share))
	case Beacon, RareBeacon:
		gap, spread := c.gapAndSpread()
		f.Words = fmt.Sprintf("every %s ± %s to %s, %d times, for %s", seconds(gap), seconds(spread), c.door, len(c.times), lasting(f.Last-f.First))
	case RareSent:
		f.Words = fmt.Sprintf("%s sent to %s in %s", bytes(c.sent), c.door, plural.Of(len(c.times), "flow"))
	case RareReceived:
		f.Words = fmt.Sprintf("%s received from %s in %s", bytes(c.received), c.door, plural.Of(len(c.times), "flow"))
	case RareHeld:
		f.Words = fmt.Sprintf("%s connected to %s in %s", lasting(c.held), c.door, plural.Of(len(c.times), "flow"))
	case Flood:
		f.Words = fmt.Sprintf("%s at once%s, %s %s", plural.Of(len(c.peers), "source"), atPort(f.Port), plural.Of(len(c.times), "flow"), in)
	}
	f.Words += c.compared()
	f.Technique = technique(f, c)
	f.Where = c.where(f.Host)
}

// half is the share from which on the main peer, port or door stands for all.
const half = 0.5

const (
	inVain      = " in vain"
	triedInVain = " tried in vain"
)

// compared says what the others have.
func (c *trace) compared() string {
	switch kind := c.list.kind; kind {
	case Flood:
		return fmt.Sprintf("; the next minute has %.0f", c.next)
	case Beacon:
		return ""
	case RareBeacon:
		return "; no other host goes there"
	case BytesSent:
		if c.next > 0 {
			return "; the next host has " + bytes(c.next)
		}
		return "; no other host reaches " + bytes(c.list.floor)
	case RareSent, RareReceived, RareHeld:
		return "; no other host goes there"
	}
	if c.next > 0 {
		return fmt.Sprintf("; the next host has %.0f", c.next)
	}
	return fmt.Sprintf("; no other host reaches %.0f", c.list.floor)
}

// towards names the door if it has most of the weight.
func (c *trace) towards(d door, share float64) string {
	switch {
	case len(c.doors) == 1:
		return " to " + d.String()
	case share > half:
		return fmt.Sprintf(", %.0f %% of it to %s", 100*share, d)
	}
	return ", to " + plural.Of(len(c.peers), "host")
}

func at(peer string) string {
	if peer == "" {
		return ""
	}
	return " at " + peer
}

func atPort(port int) string {
	if port < 0 {
		return ""
	}
	return " at port " + strconv.Itoa(port)
}

func tries(n float64) string       { return noun(n, "try", "tries") }
func connections(n float64) string { return noun(n, "connection", "connections") }

func noun(n float64, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// String returns address:port, the address alone if the port is not known.
func (d door) String() string {
	switch {
	case d.port < 0:
		return d.host
	case d.host == "":
		return "port " + strconv.Itoa(d.port)
	}
	if strings.Contains(d.host, ":") { // IPv6
		return "[" + d.host + "]:" + strconv.Itoa(d.port)
	}
	return d.host + ":" + strconv.Itoa(d.port)
}

// span writes the size of a window: "5 minutes".
func span(d time.Duration) string {
	switch {
	case d == time.Minute:
		return "a minute"
	case d == time.Hour:
		return "an hour"
	case d%time.Hour == 0:
		return plural.Of(int(d/time.Hour), "hour")
	case d%time.Minute == 0:
		return plural.Of(int(d/time.Minute), "minute")
	}
	return plural.Of(int(d/time.Second), "second")
}

// seconds writes a gap: "302 s", "0.35 s".
func seconds(v float64) string {
	if v >= 10 {
		return fmt.Sprintf("%.0f s", v)
	}
	return fmt.Sprintf("%.2g s", v)
}

// lasting writes how long something went on: "24 h", "7 min".
func lasting(v float64) string {
	switch {
	case v >= 2*3600:
		return fmt.Sprintf("%.0f h", v/3600)
	case v >= 2*60:
		return fmt.Sprintf("%.0f min", v/60)
	}
	return seconds(v)
}

// bytes writes an amount: "1.2 GB".
func bytes(v float64) string {
	unit := 0
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB"}
	for v >= 999.5 && unit < len(units)-1 {
		v /= 1000
		unit++
	}
	return fmt.Sprintf("%.3g %s", v, units[unit])
}
