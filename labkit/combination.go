package labkit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/errprefix"
)

// RankAverage combines detectors whose scores have different units: each
// member's score becomes the fraction of its training scores that lie below
// (a tie counts half), and the row's score is the mean of the fractions, in
// [0, 1]. A row high in every member's ranking comes out on top.
//
// It helps where members err on different rows, and averages a good ranking
// away where one member is worse than chance.
//
// Source: C. C. Aggarwal and S. Sathe, Theoretical Foundations and Algorithms
// for Outlier Ensembles, SIGKDD Explorations 17(1), 2015.
type RankAverage struct {
	Detectors []Detector // at least one
}

var _ Detector = RankAverage{}
var _ ContextFitter = RankAverage{}

// Fit fits each member. Beyond the errors of every [Detector] it returns those
// of the members, and one if there are none.
func (r RankAverage) Fit(x *mat.Dense) (Model, error) {
	return r.FitContext(context.Background(), x)
}

// FitContext is Fit, and gives up once ctx is done: see [ContextFitter].
func (r RankAverage) FitContext(ctx context.Context, x *mat.Dense) (_ Model, err error) {
	defer prefix(&err, "RankAverage")
	members, err := fitMembers(ctx, r.Detectors, x)
	if err != nil {
		return nil, err
	}
	return newCombination("RankAverage", x.RawMatrix().Cols, members, ranks(members)), nil
}

// A rank is the opinion of a member by its sorted training scores: the fraction
// of them that lies below a score, ties counting half.
type rank []float64

func ranks(members []Model) []opinion {
	opinions := make([]opinion, len(members))
	for k, m := range members {
		opinions[k] = rank(slices.Sorted(slices.Values(m.TrainScores())))
	}
	return opinions
}

func (r rank) of(score float64) float64 {
	below := sort.SearchFloat64s(r, score)
	upTo := sort.Search(len(r), func(i int) bool { return r[i] > score })
	return float64(below+upTo) / float64(2*len(r))
}

// MajorityVote combines detectors by their decisions: each member flags a row
// that scores above its own [Threshold], and the row's score is the fraction
// of members that flag it, in [0, 1]. Predict with a threshold of 0.5 is the
// vote of the majority.
//
// A vote costs the ranking: with three members there are only four scores.
type MajorityVote struct {
	Detectors     []Detector // at least one
	Contamination float64    // of each member's threshold, in (0, 0.5]. 0 means 0.1.
}

var _ Detector = MajorityVote{}
var _ ContextFitter = MajorityVote{}

const defaultContamination = 0.1

// Fit fits each member and sets its threshold by its training scores. Beyond
// the errors of every [Detector] it returns those of the members, and one if
// there are none or Contamination is out of range.
func (m MajorityVote) Fit(x *mat.Dense) (Model, error) {
	return m.FitContext(context.Background(), x)
}

// FitContext is Fit, and gives up once ctx is done: see [ContextFitter].
func (m MajorityVote) FitContext(ctx context.Context, x *mat.Dense) (_ Model, err error) {
	defer prefix(&err, "MajorityVote")
	if m.Contamination == 0 {
		m.Contamination = defaultContamination
	}
	if err := checkContamination(m.Contamination); err != nil {
		return nil, err
	}
	members, err := fitMembers(ctx, m.Detectors, x)
	if err != nil {
		return nil, err
	}
	votes := make([]opinion, len(members))
	for k, member := range members {
		votes[k] = vote(Must(Threshold(member.TrainScores(), m.Contamination))) // both were checked
	}
	return newCombination("MajorityVote", x.RawMatrix().Cols, members, votes), nil
}

// A vote is the opinion of a member by its threshold: 1 above it, otherwise 0.
type vote float64

func (v vote) of(score float64) float64 {
	if score > float64(v) {
		return 1
	}
	return 0
}

func fitMembers(ctx context.Context, detectors []Detector, x *mat.Dense) ([]Model, error) {
	if err := checkTrain(x); err != nil {
		return nil, err
	}
	if len(detectors) == 0 {
		return nil, errors.New("no Detectors: want at least one")
	}
	members := make([]Model, len(detectors))
	for k, d := range detectors {
		if d == nil {
			return nil, fmt.Errorf("member %d is nil: want a Detector", k)
		}
		var err error
		if members[k], err = FitContext(ctx, d, x); err != nil {
			return nil, fmt.Errorf("member %d: %w", k, errprefix.Bare(err))
		}
		if members[k] == nil {
			return nil, fmt.Errorf("member %d: Fit returned neither a Model nor an error", k)
		}
		if err := checkMember(k, members[k].TrainScores(), x); err != nil {
			return nil, err
		}
	}
	return members, nil
}

// checkMember returns an error unless a member gave one finite score per row of
// x: members may be detectors that are not labkit's own.
func checkMember(member int, scores []float64, x *mat.Dense) error {
	if rows, _ := x.Dims(); len(scores) != rows {
		return fmt.Errorf("member %d gave %d scores for %d rows", member, len(scores), rows)
	}
	if i := slices.IndexFunc(scores, isNotFinite); i >= 0 {
		return fmt.Errorf("member %d scores row %d as %v: want a finite number", member, i, scores[i])
	}
	return nil
}

// An opinion makes a number in [0, 1] of a member's score.
type opinion interface{ of(score float64) float64 }

// A combination scores a row by the mean of its members' opinions.
type combination struct {
	method      string
	cols        int
	members     []Model
	opinions    []opinion // one per member
	trainScores []float64
}

func newCombination(method string, cols int, members []Model, opinions []opinion) *combination {
	c := &combination{method: method, cols: cols, members: members, opinions: opinions}
	scores := make([][]float64, len(members))
	for k, m := range members {
		scores[k] = m.TrainScores()
	}
	c.trainScores = c.mean(scores)
	return c
}

// Score returns the mean opinion on each row of x.
func (c *combination) Score(x *mat.Dense) (_ []float64, err error) {
	defer prefix(&err, c.method)
	if err := checkScore(x, c.cols); err != nil {
		return nil, err
	}
	scores := make([][]float64, len(c.members))
	for k, m := range c.members {
		var err error
		if scores[k], err = m.Score(x); err != nil {
			return nil, fmt.Errorf("member %d: %w", k, errprefix.Bare(err))
		}
		if err := checkMember(k, scores[k], x); err != nil {
			return nil, err
		}
	}
	return c.mean(scores), nil
}

// TrainScores returns the mean opinion on each row given to Fit.
func (c *combination) TrainScores() []float64 { return slices.Clone(c.trainScores) }

func (c *combination) mean(scores [][]float64) []float64 {
	mean := make([]float64, len(scores[0]))
	for k, opinion := range c.opinions {
		for i, s := range scores[k] {
			mean[i] += opinion.of(s)
		}
	}
	for i := range mean {
		mean[i] /= float64(len(scores))
	}
	return mean
}
