package labkit

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// A judge is a detector with the cut that scikit-learn's fit_predict makes.
type judge struct {
	detector      Detector
	contamination float64 // 0: the detector's own boundary
}

func judges(seed uint32) map[string]judge {
	return map[string]judge{
		"forest":       {IsolationForest{Seed: seed}, 0.1},
		"small forest": {IsolationForest{Trees: 13, SampleSize: 64, Seed: seed}, 0.2},
		"LOF":          {LocalOutlierFactor{}, 0.1},
		"SVM":          {OneClassSVM{Nu: 0.1}, 0},
	}
}

// TestLabelsAreScikitLearns compares labels at ten seeds of the lab's data and
// on six other sets. The reference has a hash of each row of labels, written
// as 0 and 1; testdata/README.md says how it was made.
func TestLabelsAreScikitLearns(t *testing.T) {
	data := map[string]*mat.Dense{}
	for _, record := range readRecords(t, "other_labels.csv")[1:] {
		name, seed, method, count, sum := record[0], uint32(number(t, record[1])), record[2], record[3], record[4]
		key := fmt.Sprintf("%s, seed %d", name, seed)
		if data[key] == nil {
			data[key] = labelData(t, name, seed)
		}
		flagged := judges(seed)[method].predict(data[key])
		got := fmt.Sprintf("%x", sha256.Sum256(bits(flagged)))
		if got != sum {
			t.Errorf("%s: %s flags other rows than scikit-learn (%d, reference %s)", key, method, CountTrue(flagged), count)
		}
	}
}

func (j judge) predict(x *mat.Dense) []bool {
	scores := Must(j.detector.Fit(x)).TrainScores()
	if j.contamination == 0 {
		return Predict(scores, 0)
	}
	return Predict(scores, Must(Threshold(scores, j.contamination)))
}

// labelData draws the rows that numpy draws at the same seed.
func labelData(t *testing.T, name string, seed uint32) *mat.Dense {
	r := randomstate.New(seed)
	switch name {
	case "flows":
		x := Must(Features(Must(AddFeatures(GenerateFlows(seed)))))
		return Must(Must(RobustScaler{}.Fit(x)).Transform(x))
	case "clusters":
		return drawMatrix(400, 4, func(i int) float64 { return r.Normal(0, 1) + float64(6*(i%3)) })
	case "integers":
		return drawMatrix(300, 3, func(int) float64 { return float64(r.Intn(6)) })
	case "heavy tails":
		return drawMatrix(500, 5, func(int) float64 { return r.LogNormal(0, 2) })
	}
	t.Fatalf("no data set %q", name)
	return nil
}

// drawMatrix fills a matrix row by row; value is given the row's number.
func drawMatrix(rows, cols int, value func(row int) float64) *mat.Dense {
	x := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			x.Set(i, j, value(i))
		}
	}
	return x
}

func bits(flags []bool) []byte {
	text := make([]byte, len(flags))
	for i, f := range flags {
		text[i] = '0'
		if f {
			text[i] = '1'
		}
	}
	return text
}
