package ecs

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"math"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

// A definition is what the schema says of a field.
type definition struct {
	kind  string
	array bool
}

// published returns the fields that ECS defines, as far as they are used here.
func published(t *testing.T) map[string]definition {
	t.Helper()
	f, err := os.Open("testdata/fields.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]definition{}
	for _, r := range rows[1:] {
		fields[r[0]] = definition{r[1], r[2] == "array"}
	}
	return fields
}

// validate checks a document against the definitions, and returns the fields that
// it has.
func validate(t *testing.T, fields map[string]definition, prefix string, value any) (has []string) {
	t.Helper()
	name := strings.TrimSuffix(prefix, ".")
	if inner, ok := value.(map[string]any); ok && fields[name].kind != "object" {
		for key, v := range inner {
			has = append(has, validate(t, fields, prefix+key+".", v)...)
		}
		return has
	}
	d, ok := fields[name]
	if !ok {
		t.Errorf("%s: want a field that ECS defines", name)
		return nil
	}
	values, isArray := value.([]any)
	if isArray != d.array {
		t.Errorf("%s is %v: want an array: %v", name, value, d.array)
	}
	if !isArray {
		values = []any{value}
	}
	for _, v := range values {
		if !d.fits(v) {
			t.Errorf("%s is %#v: want type %s", name, v, d.kind)
		}
	}
	return []string{name}
}

// fits tells whether Elasticsearch takes a value for a field of the type.
func (d definition) fits(v any) bool {
	text, isText := v.(string)
	number, isNumber := v.(float64)
	switch d.kind {
	case "keyword", "match_only_text":
		return isText && text != ""
	case "long":
		return isNumber && number == math.Trunc(number)
	case "float":
		return isNumber
	case "ip":
		a, err := netip.ParseAddr(text)
		return err == nil && a.Zone() == ""
	case "date":
		_, err := time.Parse(time.RFC3339Nano, text)
		return err == nil
	case "object": // labels: keywords
		members, ok := v.(map[string]any)
		for _, m := range members {
			if s, isText := m.(string); !isText || s == "" {
				return false
			}
		}
		return ok
	}
	return false
}

func parsed(t *testing.T, f *triage.Finding) map[string]any {
	t.Helper()
	line, err := Append(nil, f, Origin{Version: "1", Created: time.Unix(1_772_500_000, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(line), "\n"); n != 1 || line[len(line)-1] != '\n' {
		t.Errorf("%q: want one line", line)
	}
	var document map[string]any
	if err := json.Unmarshal(line, &document); err != nil {
		t.Fatal(err)
	}
	return document
}

func full() triage.Finding {
	return triage.Finding{
		Kind: triage.RareBeacon, Host: "10.0.0.5", Peer: "203.0.113.7", Port: 53, Protocol: "UDP",
		First: 1_772_445_600.25, Last: 1_772_449_200.5, Count: 13, Score: 4.5, Window: 5 * time.Minute,
		Words: "every 300 s", Technique: "T1071.004", Where: `src_ip == "10.0.0.5"`,
		Flows: []flow.Origin{{File: "conn.log", Place: 9}},
		Names: []triage.Name{{Field: "query", Value: "a.example", Flows: 3}, {Field: "server_name", Value: "b.example", Flows: 1}, {Field: "ja3", Value: "e7d705a3286e19ea42f587b344ee6865", Flows: 1}, {Field: "ja4", Value: "t13d1516h2", Flows: 1}},
	}
}

// Every finding is valid, the full one has every field of the table, and what is
// not known is left out.
func TestDocumentsAreValid(t *testing.T) {
	fields := published(t)
	f := full()
	has := validate(t, fields, "", any(parsed(t, &f)))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(has, name) {
			t.Errorf("the table has %s, which a full finding does not: want only what is used", name)
		}
	}
	for _, kind := range triage.Kinds() {
		bare := triage.Finding{Kind: kind, Host: "fe80::1%eth0", Port: -1, First: math.NaN(), Last: math.NaN(), Score: math.Inf(1)}
		validate(t, fields, "", any(parsed(t, &bare)))
		f.Kind = kind
		validate(t, fields, "", any(parsed(t, &f)))
	}
}

// 1772445600.25 is 2026-03-02 10:00:00.25 UTC; an hour and a quarter of a second
// later is the last flow.
func TestDocument(t *testing.T) {
	f := full()
	d := parsed(t, &f)
	at := func(name string) any {
		var v any = d
		for _, key := range strings.Split(name, ".") {
			inner, _ := v.(map[string]any)
			v = inner[key]
		}
		text, _ := json.Marshal(v)
		return string(text)
	}
	for name, want := range map[string]string{
		"@timestamp": `"2026-03-02T11:00:00.500000Z"`, "event.start": `"2026-03-02T10:00:00.250000Z"`, "event.end": `"2026-03-02T11:00:00.500000Z"`,
		"event.duration": `3600250000000`, "event.kind": `"alert"`, "event.category": `["network","intrusion_detection"]`, "event.type": `["info"]`,
		"source.ip": `"10.0.0.5"`, "destination.ip": `"203.0.113.7"`, "destination.port": `53`, "network.transport": `"udp"`, "network.type": `"ipv4"`,
		"threat.technique.id": `["T1071"]`, "threat.technique.subtechnique.id": `["T1071.004"]`, "threat.technique.subtechnique.name": `["DNS"]`,
		"related.ip": `["10.0.0.5","203.0.113.7"]`, "related.hosts": `["a.example","b.example"]`, "labels.flows": `"13"`, "rule.name": `"Regular connections to a host of its own"`,
	} {
		if got := at(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	again := full()
	again.Score = 9
	if id(&f) != id(&again) {
		t.Error("a score changes the id: want that of the same flows")
	}
	if again.Where = "failed"; id(&f) == id(&again) {
		t.Error("other flows have the same id")
	}
}

// What a flood is done to is its destination, and an ICMP type is no port.
func TestEnds(t *testing.T) {
	f := triage.Finding{Kind: triage.Flood, Host: "10.0.1.3", Port: 8, Protocol: "ICMP", First: math.NaN(), Last: math.NaN()}
	d := parsed(t, &f)
	if to, _ := d["destination"].(map[string]any); to["ip"] != "10.0.1.3" || to["port"] != nil || d["source"] != nil {
		t.Errorf("%v: want 10.0.1.3 as the destination alone", d)
	}
}

// Text from a log stays text.
func TestHostileText(t *testing.T) {
	f := full()
	f.Names = []triage.Name{{Field: "query", Value: "</script>\"\n\x1b[31m=cmd\u202e\xff"}}
	f.Flows[0].File = "a\nb.log"
	d := parsed(t, &f)
	validate(t, published(t), "", any(d))
}
