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

// maxColors is how many colours a picture keeps.
const maxColors = 128

// paletted returns img in the maxColors colours that cover most of it, each other
// pixel in the nearest of them. A chart has few colours but for the edges of
// letters and lines: the file shrinks to less than half and no eye sees it.
func paletted(img image.Image) *image.Paletted {
	runs := runsOf(img)
	pixels := make(map[uint32]int)
	for _, r := range runs {
		pixels[r.color] += int(r.pixels)
	}
	palette := mostFrequent(pixels, maxColors)
	nearest := make(map[uint32]uint8, len(pixels))
	for c := range pixels {
		nearest[c] = uint8(palette.Index(rgbaOf(c)))
	}
	out := image.NewPaletted(img.Bounds(), palette)
	rest := out.Pix
	for _, r := range runs {
		index := nearest[r.color]
		for i := range rest[:r.pixels] {
			rest[i] = index
		}
		rest = rest[r.pixels:]
	}
	return out
}

// A run is some pixels of one colour, red in the highest byte, alpha in the
// lowest.
type run struct {
	color, pixels uint32
}

// runsOf returns the pixels of an image, from left to right and from top to
// bottom. In a chart the runs are long: to count them spares looking up each
// pixel.
func runsOf(img image.Image) []run {
	bounds := img.Bounds()
	rgba, ok := img.(*image.RGBA)
	if !ok || rgba.Stride != 4*bounds.Dx() {
		rgba = image.NewRGBA(bounds)
		draw.Draw(rgba, bounds, img, bounds.Min, draw.Src)
	}
	runs := make([]run, 0, bounds.Dx()*bounds.Dy()/16)
	for pix := rgba.Pix[:4*bounds.Dx()*bounds.Dy()]; len(pix) > 0; {
		c, end := binary.BigEndian.Uint32(pix), 4
		for end < len(pix) && binary.BigEndian.Uint32(pix[end:]) == c {
			end += 4
		}
		runs = append(runs, run{c, uint32(end / 4)})
		pix = pix[end:]
	}
	return runs
}

func rgbaOf(c uint32) color.RGBA {
	return color.RGBA{R: uint8(c >> 24), G: uint8(c >> 16), B: uint8(c >> 8), A: uint8(c)}
}

// mostFrequent returns at most n colours, those of most pixels first. The
// order is total, so that equal pictures have equal palettes.
func mostFrequent(pixels map[uint32]int, n int) color.Palette {
	order := slices.SortedFunc(maps.Keys(pixels), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(pixels[b], pixels[a]), cmp.Compare(a, b))
	})
	var palette color.Palette
	for _, c := range order[:min(n, len(order))] {
		palette = append(palette, rgbaOf(c))
	}
	return palette
}
