package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// detectors are those that a learner can choose.
var detectors = map[string]func(scoreOptions) labkit.Detector{
	"isolation-forest":     func(o scoreOptions) labkit.Detector { return labkit.IsolationForest{Seed: o.seed} },
	"local-outlier-factor": func(scoreOptions) labkit.Detector { return labkit.LocalOutlierFactor{} },
	"one-class-svm":        func(o scoreOptions) labkit.Detector { return labkit.OneClassSVM{Nu: max(leastNu, o.contamination)} },
}

// leastNu is the Python lab's. With a smaller Nu the few rows outside weigh so
// much that each pulls the boundary to itself.
const leastNu = 0.1

// mostRows is how many rows a detector is fitted to, if that is limited.
var mostRows = map[string]int{"local-outlier-factor": 50_000, "one-class-svm": 10_000}

// scoreBlock is how many rows are scored between two steps of the bar.
const scoreBlock = 4096

// A strangeFlow is a flow with its score and the reason for it.
type strangeFlow struct {
	flow    dataframe.DataFrame // one row
	score   float64
	anomaly bool
	reason  string
}

// find scores the flows and returns the strangest.
func (o scoreOptions) find(cmd *cobra.Command, flows preparedFlows) ([]strangeFlow, error) {
	x, err := detectorInput(flows.features)
	if err != nil {
		return nil, err
	}
	model, train, scores, err := o.scores(cmd, x)
	if err != nil {
		return nil, err
	}
	threshold, err := labkit.Threshold(scores, o.contamination)
	if err != nil {
		return nil, err
	}
	flagged := labkit.Predict(scores, threshold)
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s scored, %d above the threshold %.4g (contamination %v)\n",
		o.detector, plural.Of(len(scores), "flow"), labkit.CountTrue(flagged), threshold, o.contamination)

	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	order = order[:min(o.top, len(order))]
	reasons, err := explain(cmd, model, train, rowsOf(x, order), flows.features, order)
	if err != nil {
		return nil, err
	}
	found := make([]strangeFlow, len(order))
	for k, i := range order {
		found[k] = strangeFlow{flows.read.Subset(i), scores[i], flagged[i], reasons[k]}
	}
	return found, nil
}

// detectorInput returns the features as a detector sees them: in logarithms
// where they have long tails, and robustly scaled.
func detectorInput(features dataframe.DataFrame) (*mat.Dense, error) {
	flows, err := labkit.Log1p(features, "bytes_per_second", "packets_per_second", "bytes_per_packet")
	if err != nil {
		return nil, err
	}
	if flows, err = labkit.Log(flows, "duration"); err != nil {
		return nil, err
	}
	x, err := labkit.Features(flows)
	if err != nil {
		return nil, err
	}
	scaler, err := labkit.RobustScaler{}.Fit(x)
	if err != nil {
		return nil, err
	}
	return scaler.Transform(x)
}

// scores fits the detector, to some of the rows if they are too many for it,
// and scores all. It returns the model and the rows that it was fitted to, too.
func (o scoreOptions) scores(cmd *cobra.Command, x *mat.Dense) (labkit.Model, *mat.Dense, []float64, error) {
	rows, _ := x.Dims()
	train, drawn := x, []int(nil)
	if most := mostRows[o.detector]; most > 0 && rows > most {
		drawn = rand.New(rand.NewPCG(uint64(o.seed), 0)).Perm(rows)[:most]
		slices.Sort(drawn)
		train = rowsOf(x, drawn)
		fmt.Fprintf(cmd.ErrOrStderr(), "%s is fitted to %d of %d flows, drawn with seed %d\n", o.detector, most, rows, o.seed)
	}
	bar := newProgress(cmd, "fitting", -1)
	bar.RenderBlank()
	model, err := labkit.FitContext(cmd.Context(), detectors[o.detector](o), train)
	bar.Finish()
	if err != nil {
		return nil, nil, nil, err
	}
	fitted := model.TrainScores()
	if drawn == nil {
		return model, train, fitted, nil
	}
	scores, err := scoreAll(cmd, model, x)
	if err != nil {
		return nil, nil, nil, err
	}
	for k, i := range drawn { // as the detector judges the rows that it knows
		scores[i] = fitted[k]
	}
	return model, train, scores, nil
}

// scoreAll scores rows, with a bar.
func scoreAll(cmd *cobra.Command, model labkit.Model, x *mat.Dense) ([]float64, error) {
	rows, cols := x.Dims()
	scores := make([]float64, 0, rows)
	bar := newProgress(cmd, "scoring", int64(rows))
	defer bar.Finish()
	for first := 0; first < rows; first += scoreBlock {
		end := min(first+scoreBlock, rows)
		part, err := model.Score(x.Slice(first, end, 0, cols).(*mat.Dense))
		if err != nil {
			return nil, err
		}
		scores = append(scores, part...)
		bar.Add(end - first)
	}
	return scores, nil
}

func rowsOf(x *mat.Dense, rows []int) *mat.Dense {
	out := mat.NewDense(len(rows), x.RawMatrix().Cols, nil)
	for k, i := range rows {
		out.SetRow(k, x.RawRowView(i))
	}
	return out
}
