package chart

import (
	"image/color"
	"slices"
)

// A ramp gives each score one of the levels of scoreRamp.
type ramp struct {
	scale
	lo, hi float64 // as they lie on the scale
}

func rampOf(scores []float64) ramp {
	s := scaleOf(scores)
	return ramp{s, s.at(slices.Min(scores)), s.at(slices.Max(scores))}
}

func (r ramp) color(score float64) color.NRGBA {
	levels := len(scoreRamp)
	if !(r.hi > r.lo) {
		return scoreRamp[levels/2]
	}
	share := (r.at(score) - r.lo) / (r.hi - r.lo)
	return scoreRamp[min(levels-1, int(share*float64(levels)))]
}
