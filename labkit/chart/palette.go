package chart

import (
	"cmp"
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
	runs(rgba, func(c color.RGBA, _, n int) { pixels[c] += n })

	palette := mostFrequent(pixels, 256)
	nearest := make(map[color.RGBA]uint8, len(pixels))
	for c := range pixels {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	runs(rgba, func(c color.RGBA, from, n int) {
		index := nearest[c]
		for i := range out.Pix[from : from+n] {
			out.Pix[from+i] = index
		}
	})
	return out
}

// runs calls f for each run of equal pixels in a row of the image: their
// colour, the number of the first, counted from the top left, and how many. A
// chart has far fewer runs than pixels.
func runs(img *image.RGBA, f func(c color.RGBA, from, n int)) {
	width, height := img.Bounds().Dx(), img.Bounds().Dy()
	for y := range height {
		line := img.Pix[y*img.Stride : y*img.Stride+4*width]
		for x := 0; x < width; {
			start := x
			c := color.RGBA{line[4*x], line[4*x+1], line[4*x+2], line[4*x+3]}
			for x < width && string(line[4*x:4*x+4]) == string(line[4*start:4*start+4]) {
				x++
			}
			f(c, y*width+start, x-start)
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
