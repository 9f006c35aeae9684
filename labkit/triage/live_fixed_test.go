package triage

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// fixed returns options with a model of a day without an attack.
func fixed(t *testing.T, size time.Duration) LiveOptions {
	t.Helper()
	flows, _ := office(t, 2, "port scan")
	model, err := FitWindows(labkit.IsolationForest{Seed: 1, Trees: 20}, flows, size, 0.002)
	if err != nil {
		t.Fatal(err)
	}
	return LiveOptions{Model: model, Fixed: true, Lateness: 10 * time.Minute}
}

func sortFindings(all []Finding) []Finding {
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Last, b.Last))
	})
	return all
}

// What a Live finds in a stream is found, too, where its windows were counted
// elsewhere and its hosts spread over workers, of which each was restored once.
func TestLiveFixedFindsTheSameInRowsOfAnyWorker(t *testing.T) {
	o := fixed(t, time.Minute)
	flows, _ := office(t, 1, "port scan")
	var want []Finding
	for _, f := range live(t, o, flows) {
		if f.Kind != RareBeacon {
			want = append(want, f)
		}
	}
	if len(want) < 3 {
		t.Fatalf("%d findings: want some to compare", len(want))
	}
	flows = slices.DeleteFunc(slices.Clone(flows), func(f flow.Flow) bool { return flow.IsGroup(f.DstIP) })
	rows, err := window.Rows(flows, window.Options{Size: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	workers := make([][]window.Row, 3)
	for _, r := range rows {
		at := int(r.Key[len(r.Key)-1]) % len(workers)
		workers[at] = append(workers[at], r)
	}
	var got []Finding
	for _, rows := range workers {
		got = append(got, ofRows(t, o, rows)...)
	}
	if !reflect.DeepEqual(sortFindings(got), sortFindings(want)) {
		t.Errorf("%d findings of three workers: want the %d of one stream\n%v\n%v", len(got), len(want), got, want)
	}
}

// ofRows gives rows to a Live by tens, and in the middle to another that it is
// restored to.
func ofRows(t *testing.T, o LiveOptions, rows []window.Row) (all []Finding) {
	t.Helper()
	l, err := NewLive(o)
	if err != nil {
		t.Fatal(err)
	}
	half := len(rows) / 2
	for i, r := range rows {
		if i == half {
			state, err := l.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			if l, err = NewLive(o); err != nil {
				t.Fatal(err)
			}
			if err := l.Restore(state); err != nil {
				t.Fatal(err)
			}
		}
		found, err := l.AddRows([]window.Row{r})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

// The pairs that a Live finds are those that it finds in flows whose windows are
// counted elsewhere.
func TestLivePairsAlone(t *testing.T) {
	o := fixed(t, time.Minute)
	flows, _ := office(t, 1, "beacon")
	var want []Finding
	for _, f := range live(t, o, flows) {
		if f.Kind == RareBeacon {
			want = append(want, f)
		}
	}
	l, err := NewLive(o)
	if err != nil {
		t.Fatal(err)
	}
	var got []Finding
	for i := range flows {
		got = append(got, l.AddPair(&flows[i])...)
	}
	got = append(got, l.ClosePairs()...)
	if len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("pairs alone: %v\nwant %v", got, want)
	}
}

// A mention is not forgotten because another host's rows are hours ahead.
func TestLiveFixedTellsOnceHoweverRowsAreMixed(t *testing.T) {
	o := fixed(t, time.Minute)
	row := func(key string, start float64) window.Row {
		return window.Row{Start: start, Key: key, Flows: 900, Failed: 900, FailedPorts: 900, FailedPeers: 900, MostTries: 900, MostFailedTries: 900, BytesSent: 1e9}
	}
	found := ofRows(t, o, []window.Row{row("a", 0), row("b", 0), row("b", 90_000), row("a", 60), row("a", 3600+60)})
	var told []string
	for _, f := range found {
		told = append(told, f.Host)
	}
	if want := []string{"a", "b", "b", "a"}; !slices.Equal(told, want) {
		t.Errorf("told %v: want %v", told, want)
	}
}

func TestLiveFixedWantsAModelOfWindows(t *testing.T) {
	if _, err := NewLive(LiveOptions{Fixed: true}); err == nil || !strings.Contains(err.Error(), "there is no model") {
		t.Errorf("without a model: %v", err)
	}
	o := fixed(t, time.Minute)
	for _, setting := range []string{sizeSetting, rowsSetting, tailsSetting} {
		broken := *o.Model
		broken.Settings = map[string]string{}
		for name, value := range o.Model.Settings {
			if name != setting {
				broken.Settings[name] = value
			}
		}
		if _, err := NewLive(LiveOptions{Model: &broken, Fixed: true}); err == nil || !strings.Contains(err.Error(), "the model does not say") {
			t.Errorf("a model without the %s: %v", setting, err)
		}
	}
	l, err := NewLive(LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.AddRows([]window.Row{{}}); err == nil {
		t.Error("a Live whose model is not fixed takes rows")
	}
}
