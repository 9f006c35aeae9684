package labkit

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
)

// TestAddFeaturesByHand takes a flow of 400 bytes and 4 packets in 2 seconds,
// an empty one that took no time, and one on each side of port 1024.
func TestAddFeaturesByHand(t *testing.T) {
	flows := Must(AddFeatures(frameOf(t, `bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port
300,99,3,1,2,443
0,0,0,0,0,4444
0,1,0,1,0.0005,1023
1,0,1,0,1,1024
`)))
	for column, want := range map[string][]float64{
		"duration":           {2, 0.001, 0.001, 1},
		"total_bytes":        {399, 0, 1, 1},
		"total_packets":      {4, 0, 1, 1},
		"bytes_per_second":   {399. / 2, 0, 1 / 0.001, 1},
		"packets_per_second": {2, 0, 1 / 0.001, 1},
		"bytes_ratio":        {300. / 400, 0, 0, 1. / 2},
		"packets_ratio":      {3. / 5, 0, 0, 1. / 2},
		"bytes_per_packet":   {399. / 5, 0, 1. / 2, 1. / 2},
		"is_well_known_port": {1, 0, 1, 0},
		"is_suspicious_port": {0, 1, 0, 0},
	} {
		if got := flows.Col(column).Float(); !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", column, got, want)
		}
	}
}

func TestFeaturesAreThePythonLabs(t *testing.T) {
	got := Must(Features(Must(AddFeatures(GenerateFlows(42)))))
	wantMatrix(t, "seed 42", got, readMatrix(t, "seed42_features.csv", FeatureColumns...), 1e-12)
}

func TestAddFeaturesLeavesItsInput(t *testing.T) {
	flows := frameOf(t, "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,1,1,1,0,80\n")
	Must(AddFeatures(flows))
	if flows.Ncol() != 6 || flows.Col("duration").Float()[0] != 0 {
		t.Errorf("the flows given are now\n%v", flows)
	}
}

// A feature is missing if, and only if, one of the columns it is made of is.
func TestMissingValuesPropagate(t *testing.T) {
	madeOf := map[string]string{
		"total_bytes":        "bytes_sent bytes_recv",
		"total_packets":      "packets_sent packets_recv",
		"bytes_per_second":   "bytes_sent bytes_recv duration",
		"packets_per_second": "packets_sent packets_recv duration",
		"bytes_ratio":        "bytes_sent bytes_recv",
		"packets_ratio":      "packets_sent packets_recv",
		"bytes_per_packet":   "bytes_sent bytes_recv packets_sent packets_recv",
		"duration":           "duration",
		"is_well_known_port": "dst_port",
		"is_suspicious_port": "dst_port",
	}
	inputs := []string{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port"}
	for k, input := range inputs {
		cells := []string{"1", "1", "1", "1", "1", "1"}
		cells[k] = "NaN"
		flows := frameOf(t, strings.Join(inputs, ",")+"\n1,1,1,1,1,1\n"+strings.Join(cells, ",")+"\n")
		flows = Must(AddFeatures(flows))
		for feature, from := range madeOf {
			want := slices.Contains(strings.Fields(from), input)
			values := flows.Col(feature).Float()
			if math.IsNaN(values[0]) || math.IsNaN(values[1]) != want {
				t.Errorf("%s without %s is %v; missing: want %v", feature, input, values[1], want)
			}
		}
	}
}

func TestFeaturesKeepsTheOrderOfColumns(t *testing.T) {
	got := Must(Features(frameOf(t, "a,b,c\n1,2,3\n4,5,6\n"), "c", "a"))
	wantMatrix(t, "c, a", got, mat.NewDense(2, 2, []float64{3, 1, 6, 4}), 0)
}

func TestFeaturesRefuses(t *testing.T) {
	frame := frameOf(t, "a,b,host\n1,NaN,x\n2,5,y\n3,NaN,z\n")
	infinite := frameOf(t, "a\n1\n+Inf\n")
	for _, c := range []struct {
		name    string
		frame   dataframe.DataFrame
		columns []string
		want    string
	}{
		{"unknown column", frame, []string{"a", "q"}, `Features: no column "q": the frame has a, b, host`},
		{"default columns", frame, nil, `Features: no column "bytes_per_second"`},
		{"text", frame, []string{"host"}, `Features: column "host" holds text: want numbers`},
		{"missing", frame, []string{"a", "b"}, `Features: column "b" is missing or not finite in 2 of 3 rows, first in row 0: Complete`},
		{"infinite", infinite, nil, `no column "bytes_per_second"`},
		{"infinite", infinite, []string{"a"}, `column "a" is missing or not finite in 1 of 2 rows, first in row 1`},
		{"no rows", frame.Subset([]int{}), []string{"a"}, "Features: the frame has no rows: want at least one"},
		{"broken frame", dataframe.DataFrame{Err: errors.New("out of paper")}, []string{"a"}, "Features: the data frame is not usable: out of paper"},
	} {
		_, err := Features(c.frame, c.columns...)
		wantError(t, c.name, err, c.want)
	}
	_, err := AddFeatures(frame)
	wantError(t, "AddFeatures", err, `AddFeatures: no column "bytes_sent": the frame has a, b, host`)
	_, err = AddFeatures(frameOf(t, "bytes_sent\nmany\n"))
	wantError(t, "AddFeatures", err, `AddFeatures: column "bytes_sent" holds text: want numbers`)
}

func TestComplete(t *testing.T) {
	frame := frameOf(t, "id,a,b\n0,1,1\n1,NaN,2\n2,3,NaN\n3,+Inf,4\n4,5,5\n")
	for _, c := range []struct {
		columns []string
		want    []float64 // of column id
		dropped int
	}{
		{[]string{"id"}, []float64{0, 1, 2, 3, 4}, 0},
		{[]string{"a"}, []float64{0, 2, 4}, 2},
		{[]string{"b"}, []float64{0, 1, 3, 4}, 1},
		{[]string{"a", "b"}, []float64{0, 4}, 3},
	} {
		got, dropped, err := Complete(frame, c.columns...)
		if err != nil || dropped != c.dropped || !slices.Equal(got.Col("id").Float(), c.want) {
			t.Errorf("Complete of %q: rows %v, %d dropped, error %v; want rows %v, %d dropped", c.columns, got.Col("id"), dropped, err, c.want, c.dropped)
		}
		if _, err := Features(got, c.columns...); err != nil {
			t.Errorf("Features of what Complete returns: %v", err)
		}
	}
}

func TestCompleteOfNothing(t *testing.T) {
	got, dropped, err := Complete(frameOf(t, "a,b\n+Inf,1\nNaN,2\n"), "a")
	if err != nil || got.Err != nil || got.Nrow() != 0 || dropped != 2 {
		t.Errorf("%d rows, %d dropped, error %v, frame error %v; want none, 2", got.Nrow(), dropped, err, got.Err)
	}
	_, _, err = Complete(frameOf(t, "a\n1\n"), "b")
	wantError(t, "unknown column", err, `Complete: no column "b": the frame has a`)
	_, _, err = Complete(frameOf(t, "a\nx\n"), "a")
	wantError(t, "text", err, `Complete: column "a" holds text`)
}

func TestLabels(t *testing.T) {
	if got := Must(Labels(frameOf(t, "label\n0\n1\n0\n"))); !slices.Equal(got, []bool{false, true, false}) {
		t.Errorf("labels 0, 1, 0 are %v", got)
	}
	for text, want := range map[string]string{
		"label\n0\n2\n":   "Labels: label in row 1 is 2: want 0 (normal) or 1 (anomaly)",
		"label\n0.5\n":    "label in row 0 is 0.5",
		"label\n1\nNaN\n": "label in row 1 is NaN",
		"label\nbad\n":    `column "label" holds text`,
		"class\n0\n":      `no column "label": the frame has class`,
	} {
		_, err := Labels(frameOf(t, text))
		wantError(t, text, err, want)
	}
}

func TestTop(t *testing.T) {
	frame := frameOf(t, "id\n0\n1\n2\n3\n4\n")
	scores := []float64{0.5, 0.9, 0.5, -1, 0.9}
	for n, want := range map[int][]float64{
		1: {1},
		2: {1, 4},
		3: {1, 4, 0},
		5: {1, 4, 0, 2, 3},
	} {
		top := Must(Top(frame, scores, n))
		if got := top.Col("id").Float(); !slices.Equal(got, want) {
			t.Errorf("top %d are rows %v, want %v", n, got, want)
		}
		if !slices.Equal(top.Names(), []string{"id", "anomaly_score"}) || top.Col("anomaly_score").Float()[0] != 0.9 {
			t.Errorf("top %d:\n%v", n, top)
		}
	}
	nan := math.NaN()
	for _, c := range []struct {
		frame  dataframe.DataFrame
		scores []float64
		n      int
		want   string
	}{
		{frame, scores[:4], 1, "Top: 4 scores for 5 rows: want one score per row"},
		{frame, scores, 0, "Top: n is 0: want 1 to the number of rows, 5"},
		{frame, scores, 6, "Top: n is 6: want 1 to"},
		{frame, []float64{1, 2, nan, 4, 5}, 1, "Top: score 2 is NaN"},
		{dataframe.DataFrame{Err: errors.New("out of paper")}, nil, 1, "Top: the data frame is not usable: out of paper"},
	} {
		_, err := Top(c.frame, c.scores, c.n)
		wantError(t, c.want, err, c.want)
	}
}

func TestAddFeaturesKeepsFractionsOfPackets(t *testing.T) {
	flows := dataframe.New(
		series.New([]float64{10}, series.Float, "bytes_sent"), series.New([]float64{20}, series.Float, "bytes_recv"),
		series.New([]int{2}, series.Int, "packets_sent"), series.New([]float64{0.5}, series.Float, "packets_recv"),
		series.New([]float64{1}, series.Float, "duration"), series.New([]int{80}, series.Int, "dst_port"),
	)
	if got := Must(AddFeatures(flows)).Col("total_packets").Float()[0]; got != 2.5 {
		t.Errorf("total_packets is %v, want 2.5", got)
	}
	negative := flows.Mutate(series.New([]float64{-1}, series.Float, "bytes_sent"))
	_, err := AddFeatures(negative)
	wantError(t, "negative bytes", err, `AddFeatures: column "bytes_sent", row 0 is -1: want 0 or above`)
}

// A notebook that writes into FeatureColumns changes its own list.
func TestFeatureColumnsAreNotTheDefault(t *testing.T) {
	defer func(name string) { FeatureColumns[0] = name }(FeatureColumns[0])
	flows := Must(AddFeatures(GenerateFlows(42)))
	want := Must(Features(flows))
	FeatureColumns[0] = "duration"
	if got := Must(Features(flows)); !mat.Equal(got, want) {
		t.Error("Features takes other columns since FeatureColumns was changed")
	}
}
