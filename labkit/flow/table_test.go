package flow

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// numbered returns a flow that has a value in every field, another for each i,
// and in some of them none.
func numbered(i int) Flow {
	f := Unknown()
	for field := range NumFields {
		switch {
		case (i+int(field))%5 == 0: // not known
		case field == Label:
			f.Label = i % 2
		case field.IsWord():
			f.SetWord(field, fmt.Sprint(field, "-", i%7))
		default:
			f.SetNumber(field, float64(i+int(field)))
		}
	}
	f.Origin = Origin{"a.log", i + 1}
	return f
}

func everyField() (fields []Field) {
	for f := range NumFields {
		fields = append(fields, f)
	}
	return fields
}

// What is put into a table is in it, in any number of parts.
func TestBuilderRoundTrip(t *testing.T) {
	const flows = partFlows + 100
	b, s := NewBuilder(everyField()...), NewSequenceBuilder(everyField()...)
	for i := range flows {
		f, last := numbered(i), numbered(flows-1-i)
		b.Add(&f)
		s.Put(flows-1-i, &last) // from the last to the first
	}
	for name, table := range map[string]*Table{"Builder": b.Table(), "SequenceBuilder": s.Table()} {
		if table.Len() != flows || table.Report.Flows != flows || len(table.Parts) < 2 {
			t.Fatalf("%s: %d flows in %d parts", name, table.Len(), len(table.Parts))
		}
		for i, f := range table.All() {
			if got, want := fmt.Sprint(f), fmt.Sprint(numbered(i)); got != want {
				t.Fatalf("%s: flow %d is %s, want %s", name, i, got, want)
			}
		}
	}
}

// Each file has parts of its own, so that a flow leads back to it.
func TestBuilderOfSeveralFiles(t *testing.T) {
	b := NewBuilder(DstPort)
	var want []string
	for _, file := range []string{"a.log", "b.log", "a.log"} {
		f := Unknown()
		f.Origin = Origin{file, 7}
		want = append(want, f.Origin.String())
		b.Add(&f)
	}
	var got []string
	for _, f := range b.Table().All() {
		got = append(got, f.Origin.String())
	}
	if !slices.Equal(got, want) || got[0] != "a.log:7" {
		t.Errorf("%v, want %v", got, want)
	}
}

// Columns that a table does not have are not known of its flows.
func TestTableWithoutColumns(t *testing.T) {
	b := NewBuilder(DstPort, State)
	f := numbered(1)
	b.Add(&f)
	table := b.Table()
	got := table.Parts[0].Flow(0)
	if got.DstPort != f.DstPort || got.State != f.State || !math.IsNaN(got.TS) || got.SrcIP != "" || got.Label != -1 {
		t.Errorf("%+v", got)
	}
	if !table.Has(State) || table.Has(TS) {
		t.Errorf("fields %v", table.Fields)
	}
	if table.Drop(State); table.Has(State) {
		t.Errorf("fields %v", table.Fields)
	}
}

func TestTableCounts(t *testing.T) {
	b := NewBuilder(DstPort, State)
	for i := range 10 {
		f := Unknown()
		if i < 4 {
			f.DstPort, f.State = i, "SF"
		}
		b.Add(&f)
	}
	table := b.Table()
	if got := fmt.Sprint(table.Report.Unset); got != "[{dst_port 6} {state 6}]" {
		t.Error(got)
	}
	if !table.AnyWord(State) || !table.Any(DstPort, func(v float64) bool { return v == 3 }) || table.Any(DstPort, func(v float64) bool { return v == 4 }) {
		t.Error("a value is there that is not, or the other way round")
	}
	table.Parts[0].Truncate(5)
	table.CountUnset()
	if got := fmt.Sprint(table.Len(), table.Report.Unset); got != "5 [{dst_port 1} {state 1}]" {
		t.Error(got)
	}
	table.Clear(DstPort)
	if table.Any(DstPort, func(v float64) bool { return v >= 0 }) {
		t.Error("a port is left")
	}
}

func ExampleBuilder() {
	b := NewBuilder(SrcIP, DstPort)
	for _, port := range []int{53, 443} {
		f := Unknown()
		f.SrcIP, f.DstPort = "192.0.2.10", port
		b.Add(&f)
	}
	for i, f := range b.Table().All() {
		fmt.Println(i, f.SrcIP, f.DstPort)
	}
	// Output:
	// 0 192.0.2.10 53
	// 1 192.0.2.10 443
}

func TestLimitsOfFields(t *testing.T) {
	for _, c := range []struct {
		field Field
		value float64
		ok    bool
	}{
		{SrcPort, 0, true}, {DstPort, 65535, true}, {DstPort, 65536, false}, {DstPort, 1.5, false}, {DstPort, -1, false},
		{TS, 0, true}, {TS, 1 << 33, true}, {TS, 1<<33 + 1, false}, {Duration, 1e300, true}, {Duration, -0.5, false},
		{Duration, math.Inf(1), false}, {Duration, math.NaN(), false}, {PacketsSent, 0.5, false}, {BytesSent, 0.5, true},
		{Label, 0, true}, {Label, 1, true}, {Label, 2, false}, {State, 1, false},
	} {
		if err := c.field.CheckNumber(c.value); (err == nil) != c.ok {
			t.Errorf("%s %v: %v", c.field, c.value, err)
		}
	}
	for _, c := range []struct {
		field Field
		word  string
		ok    bool
	}{
		{SrcIP, "192.0.2.1", true}, {SrcIP, "::1", true}, {SrcIP, "192.0.2.256", false}, {SrcIP, "host", false},
		{Protocol, "TCP", true}, {Protocol, "255", true}, {Protocol, "256", false},
		{State, "SF", true}, {State, "a b", true}, {State, "a\x1b[31m", false}, {State, "a\u009bb", false}, {State, "a\u202eb", false}, {State, "NaN", false},
		{UID, strings.Repeat("x", 1000), true}, {UID, strings.Repeat("x", 1001), false},
	} {
		if err := c.field.CheckWord(c.word); (err == nil) != c.ok {
			t.Errorf("%s %q: %v", c.field, c.word, err)
		}
	}
}

// Each field has a name of its own, and leads back from it.
func TestFieldOf(t *testing.T) {
	for f := range NumFields {
		if got, ok := FieldOf(f.String()); !ok || got != f {
			t.Errorf("%s is %v, %v", f, got, ok)
		}
	}
	if _, ok := FieldOf("bytes"); ok {
		t.Error("bytes is a field")
	}
}
