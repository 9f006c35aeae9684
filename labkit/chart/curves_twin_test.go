package chart

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// roundScores returns scores of four digits, which no picture rounds, with many
// ties, and labels that they tell apart a little.
func roundScores(n int) ([]float64, []bool) {
	r := rand.New(rand.NewPCG(3, 4))
	scores, labels := make([]float64, n), make([]bool, n)
	for i := range n {
		labels[i] = i%10 == 0
		scores[i] = math.Round(1000*math.Abs(r.NormFloat64())) / 1000
		if labels[i] {
			scores[i] += 0.5
		}
		scores[i] = math.Round(1000*scores[i]) / 1000
	}
	return scores, labels
}

// confusionFrom counts what is flagged if all scores from a threshold up are.
func confusionFrom(scores []float64, labels []bool, least float64) labkit.Confusion {
	flagged := make([]bool, len(scores))
	for i, s := range scores {
		flagged[i] = s >= least
	}
	return labkit.Must(labkit.NewConfusion(flagged, labels))
}

// cellsOf reads a dataset, with NaN for what is no number.
func cellsOf(t *testing.T, fig Figure, dataset string) map[string][]float64 {
	t.Helper()
	twin, err := fig.vegaLite()
	if err != nil {
		t.Fatal(err)
	}
	records := labkit.Must(csv.NewReader(strings.NewReader(twin["datasets"].(spec)[dataset].(string))).ReadAll())
	columns := map[string][]float64{}
	for _, record := range records[1:] {
		for k, text := range record {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				v = math.NaN()
			}
			columns[records[0][k]] = append(columns[records[0][k]], v)
		}
	}
	return columns
}

// A point of a curve's twin is what labkit counts at the threshold that it tells.
func TestCurveTwinsTellThresholds(t *testing.T) {
	scores, labels := roundScores(5000)
	series := Series{Name: "a", Scores: scores}
	for name, c := range map[string]struct {
		fig Figure
		at  func(labkit.Confusion) (x, y float64)
	}{
		"ROC": {labkit.Must(ROC(labels, series)), func(c labkit.Confusion) (x, y float64) {
			return float64(c.FP) / float64(c.FP+c.TN), float64(c.TP) / float64(c.TP+c.FN)
		}},
		"PrecisionRecall": {labkit.Must(PrecisionRecall(labels, series)), func(c labkit.Confusion) (x, y float64) {
			return float64(c.TP) / float64(c.TP+c.FN), float64(c.TP) / float64(c.TP+c.FP)
		}},
	} {
		data := cellsOf(t, c.fig, "curves")
		if n := len(data["x"]); n < 100 || n > maxCurvePoints+1 {
			t.Errorf("%s: %d points: want 100 to %d", name, n, maxCurvePoints+1)
		}
		for i, threshold := range data["threshold"] {
			x, y := 0.0, 0.0 // above all scores
			if name == "PrecisionRecall" {
				y = data["y"][1] // where the line begins
			}
			if !math.IsNaN(threshold) {
				x, y = c.at(confusionFrom(scores, labels, threshold))
			}
			if math.Abs(x-data["x"][i]) > 1e-5 || math.Abs(y-data["y"][i]) > 1e-5 {
				t.Fatalf("%s: at %v the point is (%v, %v): want (%v, %v)", name, threshold, data["x"][i], data["y"][i], x, y)
			}
		}
	}
}

// By hand: the first level begins at 0, and the third point reaches no further than
// the second.
func TestStepsOfACurvesTwin(t *testing.T) {
	c := modelCurve{x: []float64{0.25, 0.5, 0.5, 1}, y: []float64{1, 0.8, 0.4, 0.6}, thresholds: []float64{9, 8, 7, 6}}
	for interpolate, want := range map[string]string{
		stepBefore: "(0, 1) <nil> true, (0.25, 1) 9 true, (0.5, 0.8) 8 true, (0.5, 0.4) 7 false, (1, 0.6) 6 true",
		"linear":   "(0.25, 1) 9 true, (0.5, 0.8) 8 true, (0.5, 0.4) 7 true, (1, 0.6) 6 true",
	} {
		var points []string
		for _, r := range (curveKind{interpolate: interpolate}).rows(c, 0) {
			points = append(points, fmt.Sprintf("(%v, %v) %v %v", r["x"], r["y"], r["threshold"], r["line"]))
		}
		if got := strings.Join(points, ", "); got != want {
			t.Errorf("%s: %s\nwant %s", interpolate, got, want)
		}
	}
}

// A threshold of a sweep's twin does what labkit counts, and the best is there.
func TestSweepTwinCounts(t *testing.T) {
	scores, labels := roundScores(5000)
	data := cellsOf(t, labkit.Must(ThresholdSweep(scores, labels, 1.5, "")), "cuts")
	best := 0.0
	for _, s := range scores {
		best = max(best, labkit.Must(confusionFrom(scores, labels, s).F1()))
	}
	if got := slices.Max(data["F1"]); math.Abs(got-best) > 1e-5 {
		t.Errorf("the highest F1 is %v: want %v", got, best)
	}
	if n := len(data["alerts"]); n < 100 || n > maxCuts+2 {
		t.Errorf("%d thresholds: want 100 to %d", n, maxCuts+2)
	}
	for i, threshold := range data["threshold"] {
		c := confusionFrom(scores, labels, threshold)
		if data["alerts"][i] != float64(c.TP+c.FP) || data["found"][i] != float64(c.TP) || data["missed"][i] != float64(c.FN) ||
			math.Abs(data["precision"][i]-float64(c.TP)/float64(c.TP+c.FP)) > 1e-5 {
			t.Fatalf("just below %v there are %v alerts, %v right and %v missed: want %+v", threshold, data["alerts"][i], data["found"][i], data["missed"][i], c)
		}
	}
}

// The neighbours of a flow are in its twin with their distances, however many
// other flows are left out.
func TestNeighborsTwin(t *testing.T) {
	// On a line at i², from 4,000 (16,000,000) the nearest are 3,999 (7,999 away),
	// 4,001 (8,001) and 3,998 (15,996); the last has its own third, 3,996 or
	// 4,000, at 15,988: 3998² − 3996².
	const n, row = 5000, 4000
	x, labels := mat.NewDense(n, 2, nil), make([]bool, n)
	for i := range n {
		x.SetRow(i, []float64{float64(i) * float64(i), 0})
		labels[i] = i == 4001
	}
	fig := labkit.Must(Neighbors(x, row, 3, labels, ""))
	near := cellsOf(t, fig, "neighbours")
	got := map[float64][2]float64{}
	for i, r := range near["row"] {
		got[r] = [2]float64{near["place"][i], near["distance"][i]}
	}
	if want := map[float64][2]float64{3999: {1, 7999}, 4001: {2, 8001}, 3998: {3, 15996}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the neighbours are %v: want %v", got, want)
	}
	if i := slices.Index(near["row"], 3998); near["reach"][i] != 15988 {
		t.Errorf("row 3998 has its third neighbour at %v: want 15988", near["reach"][i])
	}
	flows := cellsOf(t, fig, "flows")
	drawn := slices.Concat(flows["row"], near["row"])
	slices.Sort(drawn)
	if !slices.Contains(drawn, row) || len(drawn) > maxPoints || len(slices.Compact(slices.Clone(drawn))) != len(drawn) {
		t.Errorf("of %d flows that are drawn %v is one: %v; want it, each once, and %d at most", len(drawn), row, slices.Contains(drawn, row), maxPoints)
	}
	if _, ok := flows["distance"]; ok {
		t.Error("flows that are no neighbours have a distance")
	}
	twin := labkit.Must(fig.vegaLite())
	flow := twin["vconcat"].(list)[0].(spec)["layer"].(list)[3].(spec)
	if filter := fmt.Sprint(flow["transform"]); filter != "[map[filter:datum.row == 4000]]" {
		t.Errorf("on top is drawn what the filter %s leaves: want the flow", filter)
	}
	for kind, want := range map[string]int{"normal neighbour": 2, "anomalous neighbour": 1, "flow 4000": 0} {
		if got := strings.Count(twin["datasets"].(spec)["neighbours"].(string), kind); got != want {
			t.Errorf("%d of the neighbours are of the kind %q: want %d", got, kind, want)
		}
	}
}

// Points of the neighbours' twin tell anomalies by their shape, neighbours or not,
// and say no more than is known of them.
func TestKindsOfNeighbors(t *testing.T) {
	x, labels := mat.NewDense(6, 2, []float64{0, 0, 1, 0, 0, 2, 10, 0, 0, 11, 13, 0}), []bool{false, true, false, false, true, false}
	for name, c := range map[string]struct {
		labels []bool
		kinds  []string // of each row
		shapes string
	}{
		"labelled": {labels, []string{"flow 0", "anomalous neighbour", "normal neighbour", "other flow", "anomaly", "other flow"},
			"[circle triangle-up circle triangle-up diamond]"},
		"without labels": {nil, []string{"flow 0", "neighbour", "neighbour", "other flow", "other flow", "other flow"}, "[circle circle diamond]"},
	} {
		twin := labkit.Must(labkit.Must(Neighbors(x, 0, 2, c.labels, "")).vegaLite())
		data := twin["datasets"].(spec)
		kinds := make([]string, len(c.kinds))
		for _, set := range []string{"flows", "neighbours"} {
			records := labkit.Must(csv.NewReader(strings.NewReader(data[set].(string))).ReadAll())
			row, kind := slices.Index(records[0], "row"), slices.Index(records[0], "kind")
			for _, record := range records[1:] {
				kinds[labkit.Must(strconv.Atoi(record[row]))] = record[kind]
			}
		}
		if !slices.Equal(kinds, c.kinds) {
			t.Errorf("%s: the rows are %q: want %q", name, kinds, c.kinds)
		}
		for i, layer := range twin["vconcat"].(list)[0].(spec)["layer"].(list)[1:] {
			encoding := layer.(spec)["encoding"].(spec)
			if shapes := fmt.Sprint(encoding["shape"].(spec)["scale"].(spec)["range"]); shapes != c.shapes {
				t.Errorf("%s: the shapes of layer %d are %s: want %s", name, i, shapes, c.shapes)
			}
			header, _, _ := strings.Cut(data[layer.(spec)["data"].(spec)["name"].(string)].(string), "\n")
			for _, said := range encoding["tooltip"].(list) {
				if field := said.(spec)["field"].(string); !slices.Contains(strings.Split(header, ","), field) {
					t.Errorf("%s: layer %d tells %q, which its data, %s, have not", name, i, field, header)
				}
			}
		}
	}
}

// The twin of reasons has a bar for every column, where the picture sums up; from
// the ordinary score they make the flow's. What a column is called is only text.
func TestReasonsTwin(t *testing.T) {
	const n = 15
	e := labkit.Explanation{Ordinary: 1, Score: 1}
	columns, values := make([]string, n), make([]float64, n)
	for i := range n {
		e.Contributions = append(e.Contributions, float64(i-5)/8)
		e.Score += float64(i-5) / 8
		columns[i], values[i] = fmt.Sprintf("c%d", i), float64(i)
	}
	columns[0] = `"];alert(1)//</script>`
	fig := labkit.Must(Reasons(e, columns, values, ""))
	sum := e.Ordinary
	for _, by := range cellsOf(t, fig, "columns")["by"] {
		sum += by
	}
	if math.Abs(sum-e.Score) > 1e-9 {
		t.Errorf("the bars make %v: want the score, %v", sum, e.Score)
	}
	axis := labkit.Must(fig.vegaLite())["encoding"].(spec)["y"].(spec)["axis"].(spec)
	if said := axis["labelExpr"].(string); !strings.Contains(said, `"\"];alert(1)//\u003c/script\u003e = 0"`) || !strings.HasSuffix(said, "][datum.value]") {
		t.Errorf("the names are the expression %s", said)
	}
}

// Explore names the figures that have a twin, all of them and no other.
func TestTwinsAreNamed(t *testing.T) {
	err := labkit.Must(ConfusionMatrix(labkit.Confusion{TP: 1}, "")).Explore()
	in := ordinary([]float64{1, 2, 3, 5, 8, 0.5})
	in.threshold = 3
	for name, figure := range figures() {
		fig, failed := figure(in)
		if failed != nil {
			continue
		}
		said := strings.ReplaceAll(strings.ReplaceAll(err.Error(), ",", ""), " or ", " ")
		if named := slices.Contains(strings.Fields(said), name); named != (fig.twin != nil) {
			t.Errorf("%s has a twin: %v; the error names it: %v", name, fig.twin != nil, named)
		}
	}
}

// A twin is as wide as the cell, and no narrower than a plot. Views that stand
// below each other share the signal only if all are of one width.
func TestTwinsAreAsWideAsTheCell(t *testing.T) {
	in := ordinary([]float64{1, 2, 3, 5, 8, 0.5})
	in.threshold = 3
	for name, figure := range figures() {
		fig, err := figure(in)
		if err != nil || fig.twin == nil {
			continue
		}
		twin := labkit.Must(fig.vegaLite())
		if params := fmt.Sprint(twin["params"]); strings.Count(params, "name:width") != 1 || !strings.Contains(params, "max(320, (containerSize()") {
			t.Errorf("%s has the parameters %s: want the width of the cell among them", name, params)
		}
		views, several := twin["vconcat"].(list)
		if !several {
			views = list{twin}
		}
		for i, view := range views {
			if width := view.(spec)["width"]; width != float64(twinWidth) {
				t.Errorf("%s: view %d is %v wide: want %d", name, i, width, twinWidth)
			}
		}
	}
}

// A picture says below its title what can be done with it.
func TestHelpStandsBelowTheTitle(t *testing.T) {
	for name, title := range map[string]string{"with a title": "A beacon", "without": ""} {
		twin := labkit.Must(labkit.Must(Gaps([]float64{0, 1, 2, 3}, title)).vegaLite())
		if said := fmt.Sprint(twin["title"]); !strings.Contains(said, "Hover to read a gap") || !strings.Contains(said, title) {
			t.Errorf("%s: %s", name, said)
		}
	}
}
