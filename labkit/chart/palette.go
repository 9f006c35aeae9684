package chart

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"iter"
	"maps"
	"slices"
)

// maxColors is how many colours a picture keeps.
const maxColors = 128

// paletted returns img in the maxColors colours that cover most of it, each other
// pixel in the nearest of them. A chart has few colours but for the edges of
// letters and lines: the file shrinks to less than half and no eye sees it.
func paletted(img image.Image) *image.Paletted {
	bounds := img.Bounds()
	rgba := image.NewRGBA(bounds)
	draw.Draw(rgba, bounds, img, bounds.Min, draw.Src)

	pixels := make(map[color.RGBA]int)
	for c, n := range runs(rgba) {
		pixels[c] += n
	}
	palette := mostFrequent(pixels, maxColors)
	nearest := make(map[color.RGBA]uint8, len(pixels))
	for c := range pixels {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	at := 0
	for c, n := range runs(rgba) {
		index := nearest[c]
		for range n {
			out.Pix[at] = index
			at++
		}
	}
	return out
}

// runs yields the colours of an image of its own, from left to right and from
// top to bottom, each with the number of pixels that have it on end. A chart's
// are long: to count them spares looking up each pixel.
func runs(img *image.RGBA) iter.Seq2[color.RGBA, int] {
	return func(yield func(color.RGBA, int) bool) {
		for pix := img.Pix; len(pix) > 0; {
			first, n := [4]uint8(pix), 1
			for len(pix) > 4*n && [4]uint8(pix[4*n:]) == first {
				n++
			}
			if !yield(color.RGBA{R: first[0], G: first[1], B: first[2], A: first[3]}, n) {
				return
			}
			pix = pix[4*n:]
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
