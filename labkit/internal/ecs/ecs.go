// Package ecs writes findings as alerts in the names of the Elastic Common Schema
// (https://www.elastic.co/docs/reference/ecs), which Elasticsearch, Logstash,
// OpenSearch and other SIEMs read as they are.
package ecs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"flowlab/labkit/triage"
)

// Version is that of the schema.
const Version = "8.11.0"

// Origin says who writes an alert, and when.
type Origin struct {
	Version string // of the program, "" if not known
	Created time.Time
}

// Append appends a finding as one line of JSON.
func Append(out []byte, f *triage.Finding, o Origin) ([]byte, error) {
	line, err := json.Marshal(document(f, o))
	if err != nil {
		return out, fmt.Errorf("finding of %s: %w", f.Host, err)
	}
	return append(append(out, line...), '\n'), nil
}

// An object is one of JSON.
type object map[string]any

// set sets a field by its full name, "event.kind", unless it is empty.
func (o object) set(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	}
	parent, rest, nested := strings.Cut(name, ".")
	if !nested {
		o[name] = value
		return
	}
	inner, ok := o[parent].(object)
	if !ok {
		inner = object{}
		o[parent] = inner
	}
	inner.set(rest, value)
}

func document(f *triage.Finding, o Origin) object {
	d := object{}
	d.set("ecs.version", Version)
	d.set("message", f.Host+": "+f.Words)
	d.event(f, o)
	d.ends(f)
	d.threat(f.Technique)
	d.names(f)
	d.set("rule.id", string(f.Kind))
	d.set("rule.name", f.Kind.Title())
	d.set("rule.ruleset", "flowlab")
	d.set("observer.vendor", "flowlab")
	d.set("observer.product", "lab")
	d.set("observer.type", "ids")
	d.set("observer.version", o.Version)
	d.set("log.file.path", onlyFile(f))
	d.set("labels.flows", strconv.Itoa(f.Count))
	d.set("labels.where", f.Where)
	if f.Window > 0 {
		d.set("labels.window_seconds", strconv.FormatFloat(f.Window.Seconds(), 'f', -1, 64))
	}
	d.set("tags", []string{"flowlab", string(f.Kind)})
	return d
}

// event says what happened, and when. The time of an alert is that of its last
// flow: where one looks for it.
func (d object) event(f *triage.Finding, o Origin) {
	d.set("event.kind", "alert")
	d.set("event.category", []string{"network", "intrusion_detection"})
	d.set("event.type", []string{"info"})
	d.set("event.module", "flowlab")
	d.set("event.dataset", "flowlab.findings")
	d.set("event.provider", "lab score")
	d.set("event.action", string(f.Kind))
	d.set("event.reason", f.Words)
	d.set("event.id", id(f))
	d.set("event.created", date(o.Created))
	if !math.IsNaN(f.Score) && !math.IsInf(f.Score, 0) {
		d.set("event.risk_score", f.Score)
	}
	d.set("@timestamp", date(o.Created))
	if !math.IsNaN(f.First) {
		d.set("event.start", date(at(f.First)))
		d.set("@timestamp", date(at(f.First)))
	}
	if !math.IsNaN(f.Last) {
		d.set("event.end", date(at(f.Last)))
		d.set("@timestamp", date(at(f.Last)))
	}
	if d := d["event"].(object); f.Last >= f.First {
		d.set("duration", int64(math.Round((f.Last-f.First)*1e9)))
	}
}

// id names a finding: the same one of the same flows has the same name, so that
// what is written twice is stored once.
func id(f *triage.Finding) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%s|%d|%v|%s", f.Kind, f.Host, f.Peer, f.Port, f.Window, f.Where))
	return hex.EncodeToString(sum[:16])
}

func at(seconds float64) time.Time { return time.UnixMicro(int64(math.Round(seconds * 1e6))) }

func date(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z07:00") }

// ends says who and to whom. What a flood is done to is its destination.
func (d object) ends(f *triage.Finding) {
	source, destination := f.Host, f.Peer
	if f.Kind == triage.Flood {
		source, destination = f.Peer, f.Host
	}
	var all []string
	for name, address := range map[string]string{"source": source, "destination": destination} {
		d.set(name+".address", address)
		if a, err := netip.ParseAddr(address); err == nil {
			ip := a.WithZone("").String() // which Elasticsearch does not know
			d.set(name+".ip", ip)
			all = append(all, ip)
		}
	}
	slices.Sort(all)
	d.set("related.ip", slices.Compact(all))
	if a, err := netip.ParseAddr(f.Host); err == nil {
		d.set("network.type", map[bool]string{true: "ipv4", false: "ipv6"}[a.Unmap().Is4()])
	}
	transport := strings.ToLower(f.Protocol)
	d.set("network.transport", transport)
	if f.Port >= 0 && !strings.Contains(transport, "icmp") { // whose ports are types and codes
		d.set("destination.port", f.Port)
	}
}

// threat names the technique, and of a subtechnique both.
func (d object) threat(id string) {
	if id == "" {
		return
	}
	d.set("threat.framework", "MITRE ATT&CK")
	technique, sub, isSub := strings.Cut(id, ".")
	d.set("threat.technique.id", []string{technique})
	d.set("threat.technique.name", []string{triage.TechniqueName(technique)})
	d.set("threat.technique.reference", []string{"https://attack.mitre.org/techniques/" + technique + "/"})
	if isSub {
		d.set("threat.technique.subtechnique.id", []string{id})
		d.set("threat.technique.subtechnique.name", []string{triage.TechniqueName(id)})
		d.set("threat.technique.subtechnique.reference", []string{"https://attack.mitre.org/techniques/" + technique + "/" + sub + "/"})
	}
}

// names says what other logs know of the flows. A field that holds one value is
// set if there is one.
func (d object) names(f *triage.Finding) {
	fields := map[string]string{"query": "dns.question.name", "server_name": "tls.client.server_name", "ja3": "tls.client.ja3", "ja4": "labels.ja4"}
	values := map[string][]string{}
	var hosts []string
	for _, n := range f.Names {
		values[n.Field] = append(values[n.Field], n.Value)
		if n.Field != "ja3" && n.Field != "ja4" && !slices.Contains(hosts, n.Value) {
			hosts = append(hosts, n.Value)
		}
	}
	for field, name := range fields {
		if len(values[field]) == 1 {
			d.set(name, values[field][0])
		}
	}
	d.set("related.hosts", hosts)
	d.set("related.hash", values["ja3"])
}

// onlyFile returns the file that the flows were read from, "" if there are several.
func onlyFile(f *triage.Finding) string {
	for _, origin := range f.Flows {
		if origin.File != f.Flows[0].File {
			return ""
		}
	}
	if len(f.Flows) == 0 {
		return ""
	}
	return f.Flows[0].File
}
