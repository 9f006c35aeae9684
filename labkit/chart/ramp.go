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

// vegaRamp is the encoding of the field "color", of such colours, which are drawn as
// they are. The legend has them in their order, with words for some.
func vegaRamp(colors []color.NRGBA, words map[string]string) spec {
	all := list{}
	for _, c := range colors {
		all = append(all, css(c))
	}
	return spec{"field": "color", "type": "nominal", "scale": spec{"domain": all, "range": all},
		"legend": spec{"title": nil, "orient": "top", "symbolType": "square", "symbolOpacity": 1, "columnPadding": 4, "labelLimit": 300,
			"labelExpr": vegaLiteral(words) + "[datum.label] || ''"}}
}
