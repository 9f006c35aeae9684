package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit"
	"flowlab/labkit/internal/show"
)

func forestScores() ([]float64, []bool) {
	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	x := labkit.Must(labkit.Features(flows))
	return labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x)).TrainScores(), labkit.Must(labkit.Labels(flows))
}

// What the browser looks up for a position of the slider is what labkit counts
// at the threshold it stands for, and the threshold in use is a position.
func TestCutRowsCountExactly(t *testing.T) {
	scores, labels := forestScores()
	lof := labkit.Must(labkit.LocalOutlierFactor{}.Fit(labkit.Must(labkit.Features(labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42))))))).TrainScores()
	for name, c := range map[string]struct {
		scores []float64
		scale  scale
	}{"linear": {scores, scale{}}, "logarithmic": {lof, scale{log: true}}} {
		threshold := labkit.Must(labkit.Threshold(c.scores, 0.1))
		at := c.scale.all(c.scores)
		lo, hi := widened(slices.Min(at), slices.Max(at))
		rows := cutRows(c.scores, labels, c.scale, lo, hi, niceStep(lo, hi), threshold)
		if len(rows) < 100 || len(rows) > 400 {
			t.Errorf("%s: %d positions: want 100 to 400", name, len(rows))
		}
		found := false
		for i, r := range rows {
			row := r
			exact := row["place"].(float64)
			if c.scale.log {
				exact = math.Pow(10, exact)
			}
			if row["place"] == short(c.scale.at(threshold)) {
				found, exact = true, threshold
			}
			want := labkit.Must(labkit.NewConfusion(labkit.Predict(c.scores, exact), labels))
			if got := (labkit.Confusion{TP: row["tp"].(int), FP: row["fp"].(int), FN: row["fn"].(int), TN: row["tn"].(int)}); got != want {
				t.Errorf("%s: at %v the row says %+v: want %+v", name, exact, got, want)
			}
			if i > 0 && rows[i-1]["next"] != row["place"] {
				t.Errorf("%s: a gap before %v", name, row["place"])
			}
		}
		if !found {
			t.Errorf("%s: the threshold in use, %v, is no position", name, threshold)
		}
	}
}

// What a timeline's twin says of missed anomalies counts those that its sample
// leaves out, and its threshold flags what labkit's does.
func TestTimelineTwinCounts(t *testing.T) {
	const n = 5000
	scores, times, labels := make([]float64, n), make([]float64, n), make([]bool, n)
	for i := range n {
		times[i], scores[i], labels[i] = float64(i), 0.4+0.1*math.Sin(float64(i)), i%10 == 0
	}
	threshold := labkit.Must(labkit.Threshold(scores, 0.1))
	twin, err := labkit.Must(Timeline(times, scores, labels, threshold, "")).vegaLite()
	if err != nil {
		t.Fatal(err)
	}
	encoded := string(labkit.Must(json.Marshal(twin)))
	if !strings.Contains(encoded, "format(500 - datum.right") {
		t.Error("the twin does not subtract from all 500 anomalies")
	}
	at := twin["params"].([]any)[0].(map[string]any)["value"].(float64)
	if got, want := labkit.CountTrue(labkit.Predict(scores, at)), labkit.CountTrue(labkit.Predict(scores, threshold)); got != want || len(fmt.Sprint(at)) > 9 {
		t.Errorf("the slider begins at %v, with %d alerts: want a short number with %d", at, got, want)
	}
}

// A sample holds what matters, is no larger than it may be, and says what it is.
func TestSamplePoints(t *testing.T) {
	if s := samplePoints(maxPoints, nil, ""); len(s.rows) != maxPoints || s.note != "" {
		t.Errorf("of %d flows %d are kept, with the note %q: want all and none", maxPoints, len(s.rows), s.note)
	}
	// 49,998 others for the 1,998 places that are left: every 26th, 1,923.
	s := samplePoints(50_000, []int{49_999, 7}, "anomalies")
	if len(s.rows) != 1925 || !slices.Contains(s.rows, 7) || !slices.Contains(s.rows, 49_999) || !slices.IsSorted(s.rows) {
		t.Errorf("%d rows: want 1925 in order, with 7 and 49999 among them", len(s.rows))
	}
	if want := "1925 of 50000 flows: 2 anomalies and every 26th of the others"; s.note != want {
		t.Errorf("the note is %q: want %q", s.note, want)
	}
}

// Explore sends a specification that JupyterLab draws and takes for what it
// is: of version 5, with the sentence, without a word of HTML, and with nothing
// to fetch from the network.
func TestExplore(t *testing.T) {
	scores, labels := forestScores()
	var got []show.Bundle
	show.Sink = func(b show.Bundle) { got = append(got, b) }
	defer func() { show.Sink = nil }()
	Explore(Scores(scores, labels, 0.5, "Isolation Forest"))
	if len(got) != 1 {
		t.Fatalf("%d outputs: want one", len(got))
	}
	b := got[0]
	if b.HTML != "" || len(b.PNG) == 0 || b.Width != 640 || b.Text != b.Alt {
		t.Errorf("the bundle has HTML %q, %d bytes of PNG %d wide: want none, some, 640", b.HTML, len(b.PNG), b.Width)
	}
	if b.Twin["$schema"] != "https://vega.github.io/schema/vega-lite/v5.json" || b.Twin["description"] != b.Alt || b.Alt == "" {
		t.Errorf("the twin has schema %v and description %v", b.Twin["$schema"], b.Twin["description"])
	}
	encoded, err := json.Marshal(b.Twin)
	if err != nil || strings.Count(string(encoded), "http") != 1 || strings.Contains(string(encoded), `"url"`) {
		t.Errorf("error %v; the twin names %d addresses: want that of the schema only", err, strings.Count(string(encoded), "http"))
	}
	checkJSONTypes(t, b.Twin)
}

// checkJSONTypes fails on a value that gob could not carry to the kernel.
func checkJSONTypes(t *testing.T, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			checkJSONTypes(t, e)
		}
	case []any:
		for _, e := range v {
			checkJSONTypes(t, e)
		}
	case nil, string, float64, bool:
	default:
		t.Errorf("a value of type %T in the twin", v)
	}
}

func TestExploreWithoutATwin(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), "no interactive twin") {
			t.Errorf("Explore panicked with %v: want an error that says there is no twin", err)
		}
	}()
	Explore(ConfusionMatrix(labkit.Confusion{TP: 1}, ""))
}
