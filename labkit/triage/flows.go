package triage

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// Options say how flows are judged.
type Options struct {
	Detector      string  // of Detectors; "" is the first
	Contamination float64 // the share of flows that are marked, in (0, 0.5]
	Calibration   float64 // the share of flows, below 1, that the detector is not fitted to, at most MostCalibrated
	Seed          uint32
}

// JudgedFlows are flows with the scores of a detector.
type JudgedFlows struct {
	Scores    []float64 // of the flows that are complete
	Threshold float64   // contamination of the scores are above

	traffic *Traffic
	rows    []int32 // which flow of the traffic each is
	scaler  labkit.Scaler
	model   labkit.Model

	// Some of the flows that the detector was fitted to, as it sees them, and their
	// scores: what reasons compare a flow with.
	compared       *mat.Dense
	comparedScores []float64

	calibration labkit.Calibration // by the scores of flows that it was not fitted to
}

// A StrangeFlow is a flow and why it is strange.
type StrangeFlow struct {
	Flow flow.Flow // as it was read
	P    float64   // the p-value by the calibration, NaN without one
	Finding
}

// Flows has a detector judge each flow by the eight features of the course, in
// logarithms where they have long tails, and robustly scaled. A score says how
// far a flow is from what is usual in the traffic, not that it is an attack.
//
// What is not known is handled so that as few flows as possible drop out, and
// noted: nothing was received where an exporter saw no answer, bytes that were
// not counted are 0, a flow without a duration lasted 0 seconds.
func (t *Traffic) Flows(ctx context.Context, o Options) (*JudgedFlows, error) {
	choice, err := detectorNamed(cmp.Or(o.Detector, Detectors[0].Name))
	if err != nil {
		return nil, err
	}
	j, x, err := t.prepare(2)
	if err != nil {
		return nil, err
	}
	kept, out, err := heldOut(len(j.rows), o)
	if err != nil {
		return nil, err
	}
	if j.scaler, err = (labkit.RobustScaler{}).Fit(rowsOf(x, kept)); err != nil {
		return nil, err
	}
	if err := scaleInPlace(x, j.scaler); err != nil {
		return nil, err
	}
	if err := j.judge(ctx, choice, o, x, kept); err != nil {
		return nil, err
	}
	if err := j.calibrate(out); err != nil {
		return nil, err
	}
	j.Threshold, err = labkit.Threshold(j.Scores, o.Contamination)
	return j, err
}

// prepare returns the flows that are complete, of which there must be at least
// some, and their features in logarithms.
func (t *Traffic) prepare(least int) (*JudgedFlows, *mat.Dense, error) {
	rows := t.complete()
	if len(rows) < least {
		return nil, nil, fmt.Errorf("%s with packets and a port: want at least %d for a detector", plural.Of(len(rows), "flow"), least)
	}
	x, err := t.logFeatures(rows)
	return &JudgedFlows{traffic: t, rows: rows}, x, err
}

// judge fits the detector to the rows that are kept for it, or to some of them if
// it does not bear all, and scores all rows.
func (j *JudgedFlows) judge(ctx context.Context, choice DetectorChoice, o Options, x *mat.Dense, kept []int) (err error) {
	rows, first := j.candidates(choice, x, kept)
	if most := choice.MostRows; most > 0 && len(rows) > most {
		j.traffic.note("%s is fitted to %d of %d flows, drawn with seed %d", choice.Name, most, len(rows), o.Seed)
		drawn := rand.New(rand.NewPCG(uint64(o.Seed), 0)).Perm(len(rows))[:most]
		slices.Sort(drawn)
		for k, i := range drawn {
			drawn[k] = rows[i]
		}
		rows = drawn
	}
	train := rowsOf(x, rows)
	if j.model, err = labkit.FitContext(ctx, choice.New(o), train); err != nil {
		return err
	}
	fitted := j.model.TrainScores()
	j.compareWith(train, fitted)
	if train == x {
		j.Scores = fitted
		return nil
	}
	if j.Scores, err = labkit.ScoreContext(ctx, j.model, x); err != nil {
		return err
	}
	known := make(map[int]float64, len(rows)) // as the detector judges the rows that it knows
	for k, i := range rows {
		known[i] = fitted[k]
	}
	for i := range j.Scores {
		at := i
		if first != nil {
			at = first[i]
		}
		if score, ok := known[at]; ok {
			j.Scores[i] = score
		}
	}
	return nil
}

// compareWith keeps some flows, as the detector sees them, and their scores.
func (j *JudgedFlows) compareWith(train *mat.Dense, scores []float64) {
	chosen := everyKth(len(scores))
	j.compared, j.comparedScores = rowsOf(train, chosen), make([]float64, len(chosen))
	for k, i := range chosen {
		j.comparedScores[k] = scores[i]
	}
}

// candidates returns the rows to fit a detector to: those kept for it, or one of
// each that are equal if it does not bear so many equal ones. Then first has for
// each of the kept rows the first that is equal to it, and for others the row itself.
func (j *JudgedFlows) candidates(choice DetectorChoice, x *mat.Dense, kept []int) (rows, first []int) {
	if choice.MostEqual == 0 {
		return kept, nil
	}
	n, cols := x.Dims()
	seen, times, most := map[string]int{}, map[int]int{}, 0
	key := make([]byte, 0, 8*cols)
	var distinct []int
	first = everyRow(n)
	for _, i := range kept {
		key = key[:0]
		for _, v := range x.RawRowView(i) {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v))
		}
		at, ok := seen[string(key)]
		if !ok {
			at = i
			seen[string(key)] = i
			distinct = append(distinct, i)
		}
		first[i] = at
		times[at]++
		most = max(most, times[at])
	}
	if most <= choice.MostEqual || len(distinct) < 2 {
		return kept, nil
	}
	j.traffic.note("%s breaks on more than %d equal rows, and one occurs %d times: it is fitted to one of each, %d of %d flows", choice.Name, choice.MostEqual, most, len(distinct), len(kept))
	return distinct, first
}

// everyRow returns the numbers below n.
func everyRow(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// rowsOf returns rows of a matrix: the matrix itself if they are all of them.
func rowsOf(x *mat.Dense, rows []int) *mat.Dense {
	all, cols := x.Dims()
	if len(rows) == all {
		return x
	}
	out := mat.NewDense(len(rows), cols, nil)
	for k, i := range rows {
		out.SetRow(k, x.RawRowView(i))
	}
	return out
}

// Top returns the n strangest flows, the strangest first, each with the reason:
// the features that add most to its score, by Shapley values.
func (j *JudgedFlows) Top(ctx context.Context, n int) ([]StrangeFlow, error) {
	return j.TopBut(ctx, n, func(*Finding) bool { return false })
}

// TopBut is Top without the flows that are to be left out, for which no reason is
// computed. It asks once for each flow, the strangest first, until there are n.
func (j *JudgedFlows) TopBut(ctx context.Context, n int, leftOut func(*Finding) bool) ([]StrangeFlow, error) {
	if n < 1 {
		return nil, errors.New("no flow asked for: want 1 or more")
	}
	explainer, err := labkit.NewExplainer(judged{j.model, j.comparedScores}, j.compared)
	if err != nil {
		return nil, err
	}
	usual, err := j.medians()
	if err != nil {
		return nil, err
	}
	var top []StrangeFlow
	for i := range highestOf(j.Scores) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s := j.strange(i, "")
		if leftOut(&s.Finding) {
			continue
		}
		one, err := describe(j.traffic.inputs(j.rows[i : i+1]))
		if err != nil {
			return nil, err
		}
		row, err := j.asSeen(one.features)
		if err != nil {
			return nil, err
		}
		explanation, err := explainer.Explain(row)
		if err != nil {
			return nil, err
		}
		s.Words = usual.reason(explanation[0], one)
		if top = append(top, s); len(top) == n {
			break
		}
	}
	return top, nil
}

// asSeen returns features as the detector sees them.
func (j *JudgedFlows) asSeen(features *mat.Dense) (*mat.Dense, error) {
	logs, err := labkit.InLogs(features)
	if err != nil {
		return nil, err
	}
	return j.scaler.Transform(logs)
}

func (j *JudgedFlows) strange(i int, reason string) StrangeFlow {
	f := j.traffic.flow(int(j.rows[i]))
	finding := Finding{
		Kind: Strange, Host: f.SrcIP, Peer: f.DstIP, Port: f.DstPort, First: f.TS, Last: f.End(), Count: 1,
		Score: j.Scores[i], Threshold: j.Threshold, Words: reason, Where: whereFlow(&f), Protocol: f.Protocol,
	}
	if math.IsNaN(finding.Last) {
		finding.Last = f.TS
	}
	if f.Origin.File != "" {
		finding.Flows = []flow.Origin{f.Origin}
	}
	return StrangeFlow{f, j.pValue(i), finding}
}

// addTo gives each host its strangest flow as the last finding, if that is above
// the threshold.
func (j *JudgedFlows) addTo(hosts []Host) {
	if j == nil {
		return
	}
	strangest := map[string]int{}
	for k, i := range j.rows {
		if j.Scores[k] <= j.Threshold {
			continue
		}
		source := j.traffic.flow(int(i)).SrcIP
		if best, ok := strangest[source]; !ok || j.Scores[k] > j.Scores[best] {
			strangest[source] = k
		}
	}
	for i := range hosts {
		h := &hosts[i]
		k, ok := strangest[h.Address]
		if !ok {
			continue
		}
		f := j.strange(k, "")
		f.Words = fmt.Sprintf("a strange flow to %s: score %.3g, threshold %.3g", door{f.Peer, f.Port}, f.Score, f.Threshold)
		h.Findings = append(h.Findings, f.Finding)
	}
}

// Above returns how many flows are above the threshold.
func (j *JudgedFlows) Above() int { return labkit.CountTrue(labkit.Predict(j.Scores, j.Threshold)) }
