package chart

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
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
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			pixels[rgba.RGBAAt(x, y)]++
		}
	}
	palette := mostFrequent(pixels, maxColors)
	nearest := make(map[color.RGBA]uint8, len(pixels))
	for c := range pixels {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[rgba.RGBAAt(x, y)])
		}
	}
	return out
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
