package triage

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// What a model of FitWindows says in its Settings, to judge windows by it alone.
const (
	sizeSetting  = "size of windows"
	rowsSetting  = "rows of tails"
	tailsSetting = "tails of counts"
)

// tailSettings returns what a model says of the windows that it was fitted to:
// their size, and the tails of every n-th row, so that there are at most as many
// as a Live keeps.
func tailSettings(rows [][]float64, size time.Duration) (map[string]string, error) {
	var some [][]float64
	for i := 0; i < len(rows); i += (len(rows)-1)/liveRows + 1 {
		some = append(some, rows[i])
	}
	tails, err := json.Marshal(tailsOf(some))
	return map[string]string{
		sizeSetting: size.String(), rowsSetting: strconv.Itoa(len(some)), tailsSetting: string(tails),
	}, err
}

// WindowSize returns the size of the windows that a model of [FitWindows] was
// fitted to.
func WindowSize(model *labkit.Fitted) (time.Duration, error) {
	if model == nil {
		return 0, errors.New("there is no model: want one of FitWindows")
	}
	size, err := time.ParseDuration(model.Settings[sizeSetting])
	if err != nil || size <= 0 {
		return 0, errors.New("the model does not say of which windows it is: want one of FitWindows")
	}
	return size, nil
}

func readTails(model *labkit.Fitted) (rows int, tails [][]float64, err error) {
	if rows, err = strconv.Atoi(model.Settings[rowsSetting]); err == nil {
		err = json.Unmarshal([]byte(model.Settings[tailsSetting]), &tails)
	}
	if err != nil || rows < 1 || len(tails) != len(measures) {
		return 0, nil, errors.New("the model does not say what is usual in its windows: want one of FitWindows")
	}
	return rows, tails, nil
}

// judgeFixed returns the rows that are above the model's threshold.
func (w *liveSize) judgeFixed(rows []window.Row) ([]Finding, error) {
	values, scores, err := w.scored(rows)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for i := range rows {
		if scores[i] > w.Threshold {
			best, _ := w.surprise(values[i])
			found = append(found, w.finding(&rows[i], best, values[i], scores[i]))
		}
	}
	return found, nil
}

// AddRows takes rows of windows that were counted elsewhere, and returns those
// that stand out. It needs [LiveOptions].Fixed and rows of windows of the model's
// size, without flows to groups; those of a host come in the order of their
// windows, and different hosts in any order.
func (l *Live) AddRows(rows []window.Row) ([]Finding, error) {
	if !l.options.Fixed {
		return nil, errors.New("labkit: triage.Live: rows of windows need a model that is fixed")
	}
	if len(rows) == 0 {
		return nil, nil
	}
	found, err := l.sizes[0].judgeFixed(rows)
	if err != nil {
		return nil, fmt.Errorf("labkit: triage.Live: %w", err)
	}
	return l.news(found), nil
}

// AddPair takes the next flow for its pair alone: for flows whose windows are
// counted elsewhere. It returns the pairs with a rhythm when it is time to look.
func (l *Live) AddPair(f *flow.Flow) []Finding {
	if flow.IsGroup(f.DstIP) {
		return nil
	}
	l.pairs.add(f)
	at := flow.Unknown() // what tells the time
	at.TS, at.Duration, at.SrcIP = f.TS, f.Duration, f.SrcIP
	var found []Finding
	for _, w := range l.sizes {
		if rows := w.op.Add(at); len(rows) > 0 {
			found = append(found, l.pairs.look(rows[len(rows)-1].Start)...)
		}
	}
	return l.news(found)
}

// ClosePairs ends a stream of [Live.AddPair].
func (l *Live) ClosePairs() []Finding {
	for _, w := range l.sizes {
		w.op.Close()
	}
	return l.news(l.pairs.judge(l.pairs.Look))
}
