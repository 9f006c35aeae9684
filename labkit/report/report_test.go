package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

const hostile = "</td></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'\n\x1b[31m\u202e\x00=cmd"

// fill puts a text into every text of a value, and one element into every list.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), text)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text)
			}
		}
	}
}

// parse returns the elements of a page, their attributes, and its text.
func parse(t *testing.T, page string) (elements map[string]int, attributes []xml.Attr, text string) {
	t.Helper()
	elements = map[string]int{}
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			return elements, attributes, text
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			attributes = append(attributes, token.Attr...)
		case xml.CharData:
			text += string(token)
		}
	}
}

func write(t *testing.T, r *Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Every text of a report, whatever it is, stays text: the page has the elements
// of one with plain text, and nothing that steers.
func TestHostileTextStaysText(t *testing.T) {
	var plain, evil Report
	fill(reflect.ValueOf(&plain).Elem(), "plain")
	fill(reflect.ValueOf(&evil).Elem(), hostile)
	plain.Pictures[0].SVG, evil.Pictures[0].SVG = "<svg></svg>", "<svg></svg>" // which package chart has made
	want, _, _ := parse(t, write(t, &plain))
	page := write(t, &evil)
	got, attributes, text := parse(t, page)
	for _, same := range []string{"table", "td", "tr", "code", "svg", "style"} {
		if got[same] != want[same] || got[same] == 0 {
			t.Errorf("%d elements %s, want the %d of a page with plain text", got[same], same, want[same])
		}
	}
	if got["script"]+got["img"] > 0 {
		t.Errorf("elements are %v: want no script and no image", got)
	}
	for _, a := range attributes {
		if strings.HasPrefix(a.Name.Local, "on") {
			t.Errorf("an attribute is %v", a)
		}
	}
	if strings.ContainsAny(page, "\x00\x1b\u202e") {
		t.Error("the page has characters that steer")
	}
	if !strings.Contains(text, `\x1b[31m\u202e`) || !strings.Contains(text, "<script>alert(1)") {
		t.Error("the text is not shown as text")
	}
}

// The page loads nothing, and forbids it.
func TestPageStandsAlone(t *testing.T) {
	var r Report
	fill(reflect.ValueOf(&r).Elem(), "plain")
	r.Pictures = nil
	elements, attributes, _ := parse(t, write(t, &r))
	for _, element := range []string{"link", "script", "img", "iframe", "object", "embed", "base", "form"} {
		if elements[element] > 0 {
			t.Errorf("the page has an element %s", element)
		}
	}
	policy := false
	for _, a := range attributes {
		policy = policy || strings.HasPrefix(a.Value, "default-src 'none'; style-src 'unsafe-inline'")
		if a.Name.Local == "src" || a.Name.Local == "href" {
			t.Errorf("the page names %s", a.Value)
		}
	}
	if !policy {
		t.Error("the page has no Content-Security-Policy")
	}
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Error("the style loads something")
	}
}

func TestPageSaysWhatWasFound(t *testing.T) {
	finding := triage.Finding{
		Kind: triage.FailedPorts, Host: "10.0.0.5", Peer: "10.0.0.9", Port: -1, First: 1772445600, Last: 1772445660, Count: 12345, Score: 7,
		Words: "300 ports tried in vain", Technique: "T1046", Where: `src_ip == "10.0.0.5" && failed`,
		Names: []triage.Name{{Field: "server_name", Value: "a.example", Flows: 2}},
	}
	strange := finding
	strange.Kind, strange.Technique, strange.Score, strange.Threshold = triage.Strange, "T1071.004", 0.5, 0.6
	r := Report{
		Title: "Monday", First: math.NaN(), Last: math.NaN(), Flows: 5_000_000,
		Hosts:   []triage.Host{{Place: 1, Address: "10.0.0.5", Findings: []triage.Finding{finding, strange}}, {Place: 2, Address: "10.0.0.6"}},
		Allowed: []Allowed{{"allow.txt:3: the backup", []string{"10.0.0.7: 5 GB sent"}, 4}},
		Sources: []Source{{"conn.log", flow.Report{Format: "Zeek conn.log", Flows: 5, Skipped: []flow.Count{{What: "of another kind", N: 2}}}}},
	}
	r.MoreHosts = 1
	_, _, text := parse(t, write(t, &r))
	for _, want := range []string{
		"Monday", "– to –", "5,000,000", "12,345", "10⁻⁷", "2026-03-02 10:00:00", "2026-03-02 10:01:00", "Network Service Discovery", "Application Layer Protocol: DNS",
		`src_ip == "10.0.0.5" && failed`, "server name a.example (2 flows)", "as others do", "1 host more is not shown", "the backup", "10.0.0.7: 5 GB sent", "skipped 2: of another kind",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if r.Suppressed() != 4 {
		t.Errorf("%d findings are suppressed, want 4", r.Suppressed())
	}
}
