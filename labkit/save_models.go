package labkit

import (
	"errors"
	"fmt"

	"flowlab/labkit/internal/state"
)

// This file writes what detectors have learned as numbers, and reads it again.
// Whoever reads trusts nothing: a model that comes out can be scored with,
// whatever went in, and takes no more memory than one that Fit returns.

// A savedModel is a Model that can be written.
type savedModel interface {
	Model
	kind() string // the name of its Detector
	columns() int
	write(w *state.Writer)
}

// modelReader returns what reads the numbers of a model of a kind, with so many
// columns. Nested is how many combinations may lie in one another from here on.
func modelReader(kind string) func(r *state.Reader, cols, nested int) savedModel {
	switch kind {
	case "IsolationForest":
		return readForest
	case "LocalOutlierFactor":
		return readLocalOutlierModel
	case "OneClassSVM":
		return readOneClassModel
	case "HalfSpaceTrees":
		return readHalfSpaceForest
	case "ZScore", "IQR":
		return func(r *state.Reader, _, _ int) savedModel { return readBaseline(kind, r) }
	case "RankAverage":
		return readRankAverage
	case "MajorityVote":
		return readMajorityVote
	}
	return nil
}

// maxNested is how many combinations can lie in one another.
const maxNested = 8

// writeModel writes the kind of a model and what it has learned.
func writeModel(w *state.Writer, model Model, nested int) error {
	m, ok := model.(savedModel)
	if !ok {
		return fmt.Errorf("the model is %T: want what Fit of a Detector of labkit returned", model)
	}
	w.Text(m.kind())
	c, ok := m.(*combination)
	if !ok {
		m.write(w)
		return nil
	}
	if nested == 0 {
		return fmt.Errorf("more than %d combinations lie in one another", maxNested)
	}
	w.Int(len(c.members))
	for _, member := range c.members {
		if err := writeModel(w, member, nested-1); err != nil {
			return err
		}
	}
	c.write(w)
	return nil
}

// readModel reads what writeModel has written: a model of so many columns.
func readModel(r *state.Reader, cols, nested int) Model {
	kind := r.Text()
	read := modelReader(kind)
	if read == nil {
		r.Fail(fmt.Errorf("there is no detector %.40q", kind))
		return nil
	}
	model := read(r, cols, nested)
	if r.Err() != nil {
		return nil
	}
	if got := model.columns(); got != cols {
		r.Fail(fmt.Errorf("the model has %d columns: want %d", got, cols))
		return nil
	}
	return model
}

func (c *combination) kind() string { return c.method }
func (c *combination) columns() int { return c.cols }

// write writes what there is beside the members: the thresholds of votes. Ranks
// are made of the members' training scores.
func (c *combination) write(w *state.Writer) {
	for _, o := range c.opinions {
		if v, ok := o.(vote); ok {
			w.Float(float64(v))
		}
	}
}

func readRankAverage(r *state.Reader, cols, nested int) savedModel {
	members := readMembers(r, cols, nested)
	if r.Err() != nil {
		return nil
	}
	return newCombination("RankAverage", cols, members, ranks(members))
}

func readMajorityVote(r *state.Reader, cols, nested int) savedModel {
	members := readMembers(r, cols, nested)
	votes := make([]opinion, len(members))
	for k := range votes {
		votes[k] = vote(r.Float())
	}
	if r.Err() != nil {
		return nil
	}
	return newCombination("MajorityVote", cols, members, votes)
}

func readMembers(r *state.Reader, cols, nested int) []Model {
	members := make([]Model, r.Count(1))
	if nested == 0 || len(members) == 0 {
		r.Fail(fmt.Errorf("a combination of %d members: want at least one, and at most %d combinations in one another", len(members), maxNested))
		return nil
	}
	rows := 0
	for k := range members {
		if members[k] = readModel(r, cols, nested-1); r.Err() != nil {
			return nil
		}
		n := len(members[k].TrainScores())
		if k == 0 {
			rows = n
		}
		if n == 0 || n != rows {
			r.Fail(errors.New("members of a combination were fitted on different rows"))
			return nil
		}
	}
	return members
}
