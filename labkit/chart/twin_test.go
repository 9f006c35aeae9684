package chart

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

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
		rows := cutRows(c.scores, labels, newSlider(c.scale, lo, hi, threshold))
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
			if row["place"] == newSlider(c.scale, lo, hi, threshold).at {
				found, exact = true, threshold
			}
			want := labkit.Must(labkit.NewConfusion(labkit.Predict(c.scores, exact), labels))
			if got := (labkit.Confusion{TP: row["tp"].(int), FP: row["fp"].(int), FN: row["fn"].(int), TN: row["tn"].(int)}); got != want {
				t.Errorf("%s: at %v the row says %+v: want %+v", name, exact, got, want)
			}
			if said := fmt.Sprintf("Precision: %v\nRecall: %v\nF1 Score: %v", row["precision"], row["recall"], row["F1"]); said != want.String() {
				t.Errorf("%s: at %v the row says %q: want %q", name, exact, said, want)
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

// A rate is written as Go writes it, which takes the nearest of its binary value:
// 49/80, 0.6125 and a little more, is 0.613; its percentage is a tie, and even.
func TestRatesInWords(t *testing.T) {
	scores, labels := make([]float64, 160), make([]bool, 160)
	for i := range scores {
		labels[i] = i < 80
		scores[i] = map[bool]float64{true: 1}[i < 49 || i >= 155]
	}
	row := cutRows(scores, labels, newSlider(scale{}, 0, 1, 0.5))[0]
	for name, want := range map[string]string{"recall": "0.613", "precision": "0.907", "tpShare": "61.2%", "fnShare": "38.8%", "fpShare": "6.2%", "tnShare": "93.8%"} {
		if row[name] != want {
			t.Errorf("%s is %v: want %s", name, row[name], want)
		}
	}
	nothing := cutRows([]float64{1}, []bool{false}, newSlider(scale{}, 1, 1, 99))
	if last := nothing[len(nothing)-1]; last["precision"] != "undefined" || last["recall"] != "undefined" || last["tpShare"] != "" {
		t.Errorf("of one normal flow and no alert the row says %v: want undefined rates", last)
	}
}

// At every position of its slider a timeline's twin counts the alerts of all
// flows as labkit does, those that are right, and those of each interval; the
// points it draws are alerts where labkit says so.
func TestTimelineTwinCounts(t *testing.T) {
	const n = 20_000 // far above maxPoints, with more alerts than its sample holds
	r := rand.New(rand.NewPCG(1, 2))
	scores, times, labels := make([]float64, n), make([]float64, n), make([]bool, n)
	for i := range n {
		times[i], scores[i], labels[i] = float64(i), math.Round(4000+1000*r.Float64())/1e4, i%10 == 0 // many on a position
	}
	threshold := labkit.Must(labkit.Threshold(scores, 0.1))
	edges := intervals(0, n-1)
	for name, s := range map[string]scale{"linear": {}, "logarithmic": {log: true}} {
		slider := newSlider(s, s.at(slices.Min(scores)), s.at(slices.Max(scores)), threshold)
		rows := alertRows(times, scores, labels, edges, slider)
		points := timelineRows([]int{0, 7, 19_999}, times, scores, labels, slider)
		for k, at := range slider.places {
			exact := slider.thresholds[k]
			flagged := labkit.Predict(scores, exact)
			want := labkit.Must(labkit.NewConfusion(flagged, labels))
			var flaggedTimes []float64
			for _, i := range whereTrue(flagged) {
				flaggedTimes = append(flaggedTimes, times[i])
			}
			alerts, right, perInterval := 0, 0, make([]float64, len(edges)-1)
			for _, row := range rows {
				if row["place"].(float64) > at-slider.slack() { // as the browser asks
					alerts += row["flows"].(int)
					right += row["right"].(int)
					perInterval[row["interval"].(int)] += float64(row["flows"].(int))
				}
			}
			if alerts != want.TP+want.FP || right != want.TP || !slices.Equal(perInterval, counts(flaggedTimes, edges)) {
				t.Fatalf("%s: at %v there are %d alerts, %d right: want %d and %d, as in each interval", name, at, alerts, right, want.TP+want.FP, want.TP)
			}
			for _, p := range points {
				if got := p["place"].(float64) > at-slider.slack(); got != flagged[p["row"].(int)] {
					t.Errorf("%s: at %v the point of row %v is an alert: %v", name, at, p["row"], got)
				}
			}
		}
		if k := slices.Index(slider.places, slider.at); k < 0 || slider.thresholds[k] != threshold || len(slider.places) < 100 || len(fmt.Sprint(slider.at)) > 9 {
			t.Errorf("%s: the slider begins at %v and has %d positions: want the threshold in use, shortly, and at least 100", name, slider.at, len(slider.places))
		}
	}
}

// The sentence of a timeline's twin counts alerts, and missed among all anomalies.
func TestTimelineTwinReadsTheCounts(t *testing.T) {
	twin, err := labkit.Must(Timeline([]float64{0, 1, 2}, []float64{1, 2, 3}, []bool{false, true, true}, 2, "")).vegaLite()
	if err != nil {
		t.Fatal(err)
	}
	encoded := string(labkit.Must(json.Marshal(twin["vconcat"])))
	if !strings.Contains(encoded, "format(2 - datum.found") || strings.Count(encoded, `"name":"alerts"`) != 2 {
		t.Errorf("the twin does not subtract from both anomalies, or not both its counts are of the data alerts: %s", encoded)
	}
	if data := twin["datasets"].(map[string]any)["alerts"]; !strings.HasPrefix(data.(string), "flows,interval,place,right\n") {
		t.Errorf("the alerts are %v", data)
	}
}

// A point of a scatter plot's twin lies where its flow does, and within the axes,
// however narrow their range.
func TestScatterTwinPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range [][2]float64{{100.01, 100.09}, {1_230_000, 1_240_000}, {-7.5e8, -7.5e8 + 1}, {1234567.891, 1234567.891}, {0, 1}, {0.01, 9e6}} {
		values := make([]float64, 300)
		for i := range values {
			values[i] = c[0] + (c[1]-c[0])*math.Pow(r.Float64(), 4)
		}
		values[0], values[1] = c[0], c[1]
		flows := dataframe.New(series.New(values, series.Float, "a"), series.New(values, series.Float, "b"))
		twin := scatterTwin(flows, "a", "b", scaleOf(values), scaleOf(values), nil)
		encoding := twin["vconcat"].(list)[0].(spec)["encoding"].(spec)
		places := csvColumns(t, twin["datasets"].(spec)["flows"].(string))
		for axis, name := range map[string]string{"x": "c0", "y": "c1"} {
			domain := encoding[axis].(spec)["scale"].(spec)["domain"].(list)
			lo, hi := domain[0].(float64), domain[1].(float64)
			for i, drawn := range places[name] {
				at, want := scaleOf(values).at(drawn), scaleOf(values).at(values[i])
				if at < lo || at > hi || math.Abs(at-want) > (hi-lo)/1000 {
					t.Fatalf("%v: row %d is drawn at %v on %s: want it at %v, within %v", c, i, at, axis, want, domain)
				}
			}
		}
	}
}

// csvColumns reads a dataset of numbers.
func csvColumns(t *testing.T, data string) map[string][]float64 {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]float64{}
	for _, record := range records[1:] {
		for k, text := range record {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			columns[records[0][k]] = append(columns[records[0][k]], v)
		}
	}
	return columns
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
	if want := "1,925 of 50,000 flows: 2 anomalies and every 26th of the others"; s.note != want {
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
