package labkit

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/day"
	"flowlab/labkit/internal/flowframe"
)

// A Day says which day of traffic to generate. The zero value is a Monday
// without attacks.
type Day struct {
	// Seed decides on the hosts, their habits and who attacks whom.
	Seed uint32
	// Number is which day it is, from 0: a Monday, 2 March 2026, in UTC. Each
	// day the same hosts do other things; 5 and 6 are a weekend.
	Number int
	// Attacks are the kinds of attack in the day: of AttackKinds. They add flows
	// and change none of the others.
	Attacks []string
}

// AttackKinds returns what [Day] can have for attacks, with the techniques of
// MITRE ATT&CK (https://attack.mitre.org):
//
//   - "port scan" (T1046): a thousand ports of one host, in a few minutes
//   - "host scan" (T1046): one port on all addresses of the network
//   - "slow scan" (T1046): a try every few minutes, for half a day
//   - "brute force" (T1110): hundreds of log-ins by SSH
//   - "flood" (T1498): thousands of connections in two minutes
//   - "lateral movement" (T1021): from one host into others
//   - "beacon" (T1071.001): a question to a server outside every few minutes,
//     with jitter
//   - "c2 over https" (T1071.001): long connections that send more than they
//     receive
//   - "dns tunnel" (T1071.004): data in names that are looked up
//   - "crypto mining" (T1496): hours at a mining pool
//   - "data staging" (T1074): files of other hosts, gathered in the evening
//   - "exfiltration" (T1048): gigabytes to the outside at 3 a.m.
//
// Each is done by a host that does its everyday work as well.
func AttackKinds() []string { return day.Kinds() }

// GenerateDay returns a day of traffic of an office of 30 hosts: 22 desks with
// working hours, servers for names, files, mail and backups, printers and
// cameras; some 19,000 flows, and 6,000 more with every kind of attack. Attempts
// in vain, backups by night and connections as regular as a beacon are part of
// everyday traffic, as they are in a real network.
//
// The columns are those of [ReadFlows], with label 1 for the flows of an attack,
// and attack, which is its kind, or an empty word. The order is that of Zeek's
// log, which writes a connection of TCP five seconds after it ended, and any
// other a minute after its last packet: ts does not rise from row to row.
//
// All inside addresses are private and all outside ones lie in 198.18.0.0/15,
// which is set aside for tests (RFC 2544). It returns an error for an attack
// that is not of [AttackKinds], and for a number below 0.
func GenerateDay(d Day) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "GenerateDay")
	traffic, err := day.Office(day.Day(d))
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return dayFrame(traffic), nil
}

// GenerateServerDay returns a day of a public web server and three hosts beside
// it, some 62,000 flows, with the columns and in the order of [GenerateDay].
// 6,000 addresses of the Internet come by: 1,700 visitors, and the noise that
// every public address sees, scanners, guessers and crawlers. The noise has
// label 0: it is there each day, and means nobody in particular. In attacks by
// scanning, guessing and flooding the attackers are outside, in all others it is
// a server that was taken over.
func GenerateServerDay(d Day) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "GenerateServerDay")
	traffic, err := day.Server(day.Day(d))
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return dayFrame(traffic), nil
}

// dayFrame returns traffic as a frame of the columns of ReadFlows and attack.
func dayFrame(traffic day.Traffic) dataframe.DataFrame {
	var fields []flow.Field
	for f := range flow.NumFields {
		if !f.IsDetail() {
			fields = append(fields, f)
		}
	}
	b := flow.NewBuilder(fields...)
	for i := range traffic.Flows {
		b.Add(&traffic.Flows[i])
	}
	kinds := dataframe.New(series.New(traffic.Attacks, series.String, "attack"))
	columns := append(flowframe.Columns(b.Table()), flowframe.Column{
		Name: "attack", Kind: series.String, Fill: func(w *flowframe.Writer) { w.Elements(kinds, 0) },
	})
	return flowframe.New(len(traffic.Flows), columns)
}
