package flow

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseColumns(t *testing.T) {
	for text, want := range map[string]string{
		"ts=start_time,src_ip=source":          "[{ts start_time } {src_ip source }]",
		"# mine\nts = begin:ms\n\nduration=us": "[{ts begin ms} {duration  us}]",
		"dst_port=a:b":                         "[{dst_port a:b }]",
		"ts=a=b":                               "[{ts a=b }]",
	} {
		got, err := ParseColumns(text)
		if fmt.Sprint(got) != want || err != nil {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":            "no columns",
		"# ts=a":      "no columns",
		"ts":          `column "ts": want field=title`,
		"ts=":         "want field=title",
		"time=a":      "want one of ts, src_ip",
		"ts=a,ts=b":   "column ts is there twice",
		"src_ip=a:ms": "src_ip has no unit",
	} {
		if _, err := ParseColumns(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestLimits(t *testing.T) {
	got := Limits{Flows: -1, Ratio: 7}.Resolved()
	if want := (Limits{0, DefaultUnpacked, 7, DefaultLive}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestColumnSeconds(t *testing.T) {
	if (Column{Unit: "ms"}).Seconds() != 1e-3 || (Column{}).Seconds() != 0 {
		t.Error("ms is not a thousandth")
	}
}
