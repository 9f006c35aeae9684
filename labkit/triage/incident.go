package triage

import (
	"math"
	"slices"
	"strings"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// An Incident is what a person looks into as one thing: all that one host did, or
// the same that many hosts did to one target.
//
// ID names it from run to run: the host, or the target with the family of kinds.
// Numbers, times and places are not part of it, nor is which of the kinds of a
// family stood out most: a host that scans is the same incident on the next day,
// though it tried other ports.
type Incident struct {
	ID    string // "host 10.0.0.5", "attempts at 10.0.1.9:22", "flood at 10.0.1.3"
	State State  // against an earlier run, "" if not compared: see [Since]

	Kinds  []Kind   // of its findings, the most striking first
	Hosts  []string // who did it, in the order of places; none if it is a flood
	Target string   // of the many hosts, or of a flood; "" if it is what one host did
	Port   int      // of the target, -1 if there is more than one or none

	First, Last float64  // of its flows, in seconds since 1970; NaN if not known
	Count       int      // of its flows, each once as far as findings name theirs
	Score       float64  // of its most striking finding
	Techniques  []string // of MITRE ATT&CK
	Words       string   // of the most striking finding of each kind

	// Flows says where the first thousand of its flows were read, and UIDs, of the
	// same flows, which identifiers Zeek gave them: nil if none is known.
	Flows []flow.Origin
	UIDs  []string

	// Where is the condition that the flows of its findings fulfil, and no others:
	// see package [flowlab/labkit/flow/where]. It is "" of more than 20 findings.
	Where string
}

// mostExpected is of how many such findings by chance one may be to make an
// incident. On 48 generated days with one attack each there are 2.9 incidents a
// day, and the attacker is in one on 44; with 1 it is 2.3 and 32, with 30 it is
// 4.8 and 47.
const mostExpected = 10

// makesIncident tells whether a finding is striking enough. The score of a strange
// flow or unusual window has no scale but its threshold; and that a flow is strange
// makes no incident, as a share of all flows is always above a quantile.
func makesIncident(f *Finding) bool {
	switch f.Kind {
	case Strange:
		return false
	case Unusual:
		return f.StandsOut()
	}
	return f.StandsOut() || f.Score >= -math.Log10(mostExpected)
}

// manyHosts is from how many hosts on, that do the same to one target, the target
// is the incident: what two hosts do alike has one cause.
const manyHosts = 2

// Incidents merges the findings of which chance brings at most ten, in the order in
// which each incident is met first. A strange flow belongs to the incident of its
// host, and makes none by itself. It takes time in proportion to the findings and
// the flows that they name.
func Incidents(findings []Finding) []Incident {
	common := commonTargets(findings)
	var all []*merging
	at := map[string]*merging{}
	for i := range findings {
		f := &findings[i]
		if !makesIncident(f) {
			continue
		}
		id := "host " + f.Host
		place := targetOf(f)
		if len(common[place]) >= manyHosts || f.Kind == Flood {
			id = place.id()
		} else {
			place = aim{}
		}
		if at[id] == nil {
			at[id] = &merging{id: id, at: place}
			all = append(all, at[id])
		}
		at[id].findings = append(at[id].findings, f)
	}
	for i := range findings { // behind the others, so that no kind is hidden by it
		f := &findings[i]
		if of := at["host "+f.Host]; of != nil && f.Kind == Strange && f.StandsOut() {
			of.findings = append(of.findings, f)
		}
	}
	incidents := make([]Incident, len(all))
	for i, m := range all {
		incidents[i] = m.incident()
	}
	return incidents
}

// FindingsOf returns the findings of all hosts, in their order.
func FindingsOf(hosts []Host) []Finding {
	var all []Finding
	for _, h := range hosts {
		all = append(all, h.Findings...)
	}
	return all
}

// An aim is what is done, and to whom. That of nobody has an empty host.
type aim struct {
	door
	family string
}

func (a aim) id() string { return a.family + " at " + a.String() }

// targetOf returns at whom a finding aims. A flood may change its port.
func targetOf(f *Finding) aim {
	if f.Kind == Flood {
		return aim{door{f.Host, -1}, f.Kind.Family()}
	}
	return aim{door{f.Peer, f.Port}, f.Kind.Family()}
}

// commonTargets returns the hosts that do the same to one target.
func commonTargets(findings []Finding) map[aim]map[string]bool {
	hosts := map[aim]map[string]bool{}
	for i := range findings {
		f := &findings[i]
		if !makesIncident(f) || f.Peer == "" {
			continue
		}
		at := targetOf(f)
		if hosts[at] == nil {
			hosts[at] = map[string]bool{}
		}
		hosts[at][f.Host] = true
	}
	return hosts
}

// A merging has the findings of one incident.
type merging struct {
	id       string
	at       aim
	findings []*Finding
}

func (m *merging) incident() Incident {
	i := Incident{ID: m.id, Target: m.at.host, Port: -1, First: math.NaN(), Last: math.NaN(), Score: m.findings[0].Score}
	if i.Target != "" {
		i.Port = m.at.port
	}
	of := map[string][]*Finding{}
	var words []string
	for _, f := range m.findings {
		if f.Kind != Flood && of[f.Host] == nil {
			i.Hosts = append(i.Hosts, f.Host)
		}
		of[f.Host] = append(of[f.Host], f)
		if !slices.Contains(i.Kinds, f.Kind) {
			i.Kinds, words = append(i.Kinds, f.Kind), append(words, f.Words)
		}
		if f.Technique != "" && !slices.Contains(i.Techniques, f.Technique) {
			i.Techniques = append(i.Techniques, f.Technique)
		}
		if f.Kind != Strange { // whose score has another scale
			i.Score = max(i.Score, f.Score)
		}
		i.First, i.Last = fmin(i.First, f.First), fmax(i.Last, f.Last)
	}
	for _, host := range i.Hosts {
		i.addFlows(of[host])
	}
	if len(i.Hosts) == 0 {
		i.addFlows(m.findings)
	}
	i.Where = whereAny(m.findings)
	i.Words = strings.Join(words, "; and ")
	if n := len(i.Hosts); n > 1 {
		i.Words = plural.Of(n, "host") + ", of which the first: " + i.Words
	}
	return i
}

// addFlows counts the flows of a host's findings: one that two of them name once,
// and all that they do not name.
func (i *Incident) addFlows(findings []*Finding) {
	seen := map[flow.Origin]bool{}
	for _, f := range findings {
		i.Count += f.Count - len(f.Flows)
		for k, origin := range f.Flows {
			if seen[origin] {
				continue
			}
			i.Count++
			if len(i.Flows) < mostOrigins && origin.File != "" {
				i.addFlow(f, k)
			}
			if len(findings) > 1 && origin.Place != 0 { // else many flows may be there
				seen[origin] = true
			}
		}
	}
}

// addFlow names flow k of a finding.
func (i *Incident) addFlow(f *Finding, k int) {
	i.Flows = append(i.Flows, f.Flows[k])
	if f.UIDs == nil && i.UIDs == nil {
		return
	}
	for len(i.UIDs) < len(i.Flows) { // those before have none
		i.UIDs = append(i.UIDs, "")
	}
	if f.UIDs != nil {
		i.UIDs[len(i.Flows)-1] = f.UIDs[k]
	}
}

// mostConditions keeps the condition of an incident a line that one can type.
const mostConditions = 20

// whereAny returns the condition that the flows of any of the findings fulfil.
func whereAny(findings []*Finding) string {
	var all []string
	for _, f := range findings {
		if f.Where != "" && !slices.Contains(all, f.Where) {
			all = append(all, f.Where)
		}
		if len(all) > mostConditions {
			return ""
		}
	}
	return strings.Join(all, " || ")
}
