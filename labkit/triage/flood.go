package triage

import (
	"time"

	"flowlab/labkit/window"
)

const (
	floodWindow  = time.Minute
	floodSources = 20 // at least so many at once
	floodWindows = 60 // at least so many windows in which there was something
)

// floodList returns the list of targets: how many different sources came to a
// host within a minute. What is much for a desk is nothing for a web server, so
// each is compared with its own other minutes: see [list.judgeAlone]. It returns
// the number of targets that have enough of them, too.
func (t *Traffic) floodList(hosts *hosts) (l *list, targets int) {
	l = newList(Flood, floodWindow, 1, floodSources)
	l.alone = true
	for row := range t.windows(window.Options{Size: floodWindow, Key: window.DstIP}) {
		l.add(hosts.number(row.Key), float64(row.Peers), int(row.Start))
	}
	for host, rows := range l.rows {
		if rows < floodWindows {
			delete(l.rows, host)
		}
	}
	return l, len(l.rows)
}
