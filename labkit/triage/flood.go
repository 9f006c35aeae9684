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
// each is compared with its own other minutes, if it has enough: see
// [list.judgeAlone].
func (t *Traffic) floodList(hosts *hosts) *list {
	l := newList(Flood, floodWindow, 1, floodSources, new(rowCounts))
	l.alone = true
	for row := range t.windows(window.Options{Size: floodWindow, Key: window.DstIP}) {
		target := hosts.numbers[row.Key]
		l.rows.add(target)
		l.add(target, float64(row.Peers), int(row.Start))
	}
	for host, rows := range l.rows.of {
		if rows < floodWindows {
			l.rows.remove(host)
		}
	}
	return l
}
