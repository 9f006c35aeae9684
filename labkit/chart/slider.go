package chart

import (
	"math"
	"slices"
	"sort"
)

// A slider is the parameter "at" of an interactive picture: a threshold as it
// lies on the scale. What a position flags is counted here, of all flows, and
// only looked up in the browser.
type slider struct {
	scale        scale
	lo, hi, step float64
	at           float64   // where it begins: the threshold in use, rounded
	places       []float64 // its positions, ascending; at is one of them
	thresholds   []float64 // what they stand for
}

// newSlider returns a slider for values from lo to hi on the scale, and for the
// threshold in use, which is not on it.
func newSlider(s scale, lo, hi, threshold float64) slider {
	at := s.at(threshold)
	lo, hi = min(lo, at), max(hi, at)
	if !(hi > lo) {
		lo, hi = widened(lo, hi)
	}
	step := niceStep(lo, hi)
	lo, hi = math.Floor(lo/step)*step, math.Ceil(hi/step)*step
	digits := axisDigits(lo, hi)
	r := slider{scale: s, lo: lo, hi: hi, step: step, at: rounded(at, digits)}
	r.places = []float64{r.at}
	for k := 0; lo+float64(k)*step <= hi+step/2; k++ {
		if place := rounded(lo+float64(k)*step, digits); math.Abs(place-r.at) > r.slack() {
			r.places = append(r.places, place)
		}
	}
	slices.Sort(r.places)
	r.places = slices.Compact(r.places)
	for _, place := range r.places {
		t := s.value(place)
		if place == r.at {
			t = threshold
		}
		r.thresholds = append(r.thresholds, t)
	}
	return r
}

// highest returns the highest position that flags a score; the score is an
// alert there and at all below. It lies below the slider if there is none.
func (r slider) highest(score float64) float64 {
	k := sort.Search(len(r.thresholds), func(i int) bool { return !(score > r.thresholds[i]) })
	if k == 0 {
		return rounded(r.lo-r.step, axisDigits(r.lo, r.hi))
	}
	return r.places[k-1]
}

// slack is more than the browser rounds a position by, and less than lies
// between two.
func (r slider) slack() float64 { return short(r.step / 1000) }

// params returns the parameter "at" and the control that moves it.
//
// The control is "range" with a capital: HTML knows no difference, and Vega makes
// the element of it with all attributes that are given, where of "range" it takes
// the limits alone (https://vega.github.io/vega/docs/signals/#bind). It hands
// over text, so that "at" makes a number of it.
func (r slider) params() list {
	name := "threshold "
	if r.scale.log {
		name = "log₁₀ of the threshold "
	}
	digits := axisDigits(r.lo, r.hi)
	control := spec{
		"input": "Range", "name": name, "aria-label": name,
		"min": rounded(r.lo, digits), "max": rounded(r.hi, digits), "step": short(r.step),
		// As wide as the picture: so many positions need the room.
		"style": "display:block;width:100%;margin:2px 0",
		// Lumino, below JupyterLab, leaves the keys to an element with this
		// attribute: an arrow would fold the notebook's sections otherwise.
		"data-lm-suppress-shortcuts": "true",
	}
	return list{
		spec{"name": "slid", "value": r.at, "bind": control},
		spec{"name": "at", "expr": "toNumber(slid)"},
	}
}

// niceStep returns a step of at most a 200th of a range.
func niceStep(lo, hi float64) float64 {
	step := roundStep((hi - lo) / 200)
	if !(step > 0) || math.IsInf(step, 0) {
		return 1
	}
	return step
}
