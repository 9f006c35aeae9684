package chart

import (
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"maps"
	"slices"
)

// paletted returns img in the 256 colours that cover most of it, each other
// pixel in the nearest of them. A chart has few colours but for the edges of
// letters and lines: the file shrinks to less than half and no eye sees it.
func paletted(img image.Image) *image.Paletted {
	bounds := img.Bounds()
	rgba, ok := img.(*image.RGBA)
	if !ok {
		rgba = image.NewRGBA(bounds)
		draw.Draw(rgba, bounds, img, bounds.Min, draw.Src)
	}
	pixels := make(map[color.RGBA]int)
	eachRun(rgba, func(c color.RGBA, _, _, n int) { pixels[c] += n })
	palette := mostFrequent(pixels, 256)
	nearest := make(map[color.RGBA]uint8, len(pixels))
	for c := range pixels {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	eachRun(rgba, func(c color.RGBA, x, y, n int) {
		first := out.PixOffset(x, y)
		run := out.Pix[first : first+n]
		index := nearest[c]
		for i := range run {
			run[i] = index
		}
	})
	return out
}

// eachRun calls f for the runs of n equal pixels in a row, from x on: a chart
// has far fewer of them than pixels.
func eachRun(img *image.RGBA, f func(c color.RGBA, x, y, n int)) {
	bounds := img.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		row := img.Pix[img.PixOffset(bounds.Min.X, y):][:4*bounds.Dx()]
		for start := 0; start < len(row); {
			first := binary.LittleEndian.Uint32(row[start:])
			end := start + 4
			for end < len(row) && binary.LittleEndian.Uint32(row[end:]) == first {
				end += 4
			}
			f(color.RGBA{row[start], row[start+1], row[start+2], row[start+3]}, bounds.Min.X+start/4, y, (end-start)/4)
			start = end
		}
	}
}

// mostFrequent returns at most n colours, those of most pixels first. The
// order is total, so that equal pictures have equal palettes.
func mostFrequent(pixels map[color.RGBA]int, n int) color.Palette {
	order := slices.SortedFunc(maps.Keys(pixels), func(a, b color.RGBA) int {
		return cmp.Or(
			cmp.Compare(pixels[b], pixels[a]),
			cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B), cmp.Compare(a.A, b.A))
	})
	var palette color.Palette
	for _, c := range order[:min(n, len(order))] {
		palette = append(palette, c)
	}
	return palette
}
