package labkit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// days are the two doors, with the name that their errors carry.
var days = map[string]func(Day) (dataframe.DataFrame, error){"GenerateDay": GenerateDay, "GenerateServerDay": GenerateServerDay}

// A generated day is a table of flows as any other: it has ReadFlows' columns,
// is written and read again as it was, and gives features without a gap.
func TestGeneratedDayIsATableOfFlows(t *testing.T) {
	for name, generate := range days {
		frame := Must(generate(Day{Seed: 1, Attacks: []string{"beacon"}}))
		names := frame.Names()
		if last := len(names) - 1; names[last] != "attack" {
			t.Errorf("%s: columns %v: want attack at the end", name, names)
		}
		var csv strings.Builder
		if err := WriteFlows(&csv, frame); err != nil {
			t.Fatal(err)
		}
		again := Must(readText(csv.String()))
		if !slices.Equal(again.Names(), names[:len(names)-1]) || !slices.Equal(again.Types(), frame.Types()[:len(names)-1]) {
			t.Errorf("%s: columns %v, want those of ReadFlows, %v", name, names, again.Names())
		}
		for _, column := range again.Names() {
			if !slices.Equal(again.Col(column).Records(), frame.Col(column).Records()) {
				t.Errorf("%s: column %s is not the same when it is written and read again", name, column)
			}
		}
		if x, err := Features(Must(AddFeatures(frame))); err != nil || x.RawMatrix().Rows != frame.Nrow() {
			t.Errorf("%s: features: %v", name, err)
		}
		labels := Must(Labels(frame))
		for i, kind := range frame.Col("attack").Records() {
			if labels[i] != (kind == "beacon") || !labels[i] && kind != "" {
				t.Fatalf("%s: row %d has label %v and attack %q", name, i, labels[i], kind)
			}
		}
	}
}

func TestGenerateDayErrors(t *testing.T) {
	for name, generate := range days {
		_, err := generate(Day{Attacks: []string{"becon"}})
		if want := "labkit: " + name + `: no attack "becon": want port scan, `; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s…", err, want)
		}
	}
}

func ExampleGenerateDay() {
	flows := Must(GenerateDay(Day{Seed: 42, Attacks: []string{"exfiltration"}}))
	stolen := flows.Filter(dataframe.F{Colname: "attack", Comparator: series.Eq, Comparando: "exfiltration"})
	fmt.Println(flows.Nrow(), "flows,", stolen.Nrow(), "of an attack")
	fmt.Printf("%.1f GB sent by %s\n", stolen.Col("bytes_sent").Mean()*float64(stolen.Nrow())/1e9, stolen.Col("src_ip").Elem(0))
	// Output:
	// 18698 flows, 9 of an attack
	// 6.6 GB sent by 10.238.44.51
}

func BenchmarkGenerateDay(b *testing.B) {
	for name, generate := range days {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(generate(Day{Seed: 42, Attacks: AttackKinds()}))
			}
		})
	}
}
