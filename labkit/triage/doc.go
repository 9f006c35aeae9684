// Package triage says where to look first: it turns flows into ranked findings,
// with the reason in words and numbers.
//
// A row that a detector sees can be a flow, a host in a window of time, or a
// pair of hosts. Each kind of row has a list of its own, as an attack that is
// plain in one is nothing in the others: a refused connection is nothing, a
// thousand of them from one host in five minutes are a scan, and a connection
// every five minutes is seen in no window at all. The lists are not put into one
// matrix, where the many everyday columns hide the one that tells. They are
// combined by host: see [Traffic.Hosts].
//
// What a person looks into as one thing is an [Incident], known again on the next
// day by its ID: see [Incidents] and [Since].
package triage
