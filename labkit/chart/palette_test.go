package chart

import (
	"image"
	"image/color"
	"testing"
)

func TestPalettedKeepsFewColours(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 16, maxColors/16))
	for i := range maxColors {
		img.SetRGBA(i%16, i/16, color.RGBA{uint8(i), 100, uint8(255 - i), 255})
	}
	got := paletted(img)
	for i := range maxColors {
		x, y := i%16, i/16
		if c := color.RGBAModel.Convert(got.At(x, y)); c != img.RGBAAt(x, y) {
			t.Fatalf("pixel (%d, %d) is %v: want %v", x, y, c, img.RGBAAt(x, y))
		}
	}
}

// The rarest colour, one too many, becomes its neighbour.
func TestPalettedRoundsRareColours(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, maxColors+1, 2))
	for x := range maxColors + 1 {
		c := color.RGBA{uint8(x), 0, 0, 255}
		img.SetRGBA(x, 0, c)
		img.SetRGBA(x, 1, c)
	}
	rare := color.RGBA{0, 3, 0, 255}
	img.SetRGBA(maxColors, 0, rare) // once, the others twice
	img.SetRGBA(maxColors, 1, color.RGBA{0, 0, 0, 255})
	got := paletted(img)
	if len(got.Palette) != maxColors {
		t.Errorf("%d colours: want %d", len(got.Palette), maxColors)
	}
	if c := color.RGBAModel.Convert(got.At(maxColors, 0)); c != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("%v became %v: want the nearest of the others, black", rare, c)
	}
}

// A part of a picture is what that part of the whole is.
func TestPalettedOfAPart(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 9, 7))
	for i := range 9 * 7 {
		img.SetRGBA(i%9, i/9, color.RGBA{uint8(i), uint8(i % 5), 0, 255})
	}
	for _, part := range []image.Rectangle{image.Rect(2, 1, 6, 5), image.Rect(0, 2, 9, 5)} {
		got := paletted(img.SubImage(part))
		if got.Bounds() != part {
			t.Fatalf("bounds %v: want %v", got.Bounds(), part)
		}
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				if c := color.RGBAModel.Convert(got.At(x, y)); c != img.RGBAAt(x, y) {
					t.Errorf("pixel (%d, %d) is %v: want %v", x, y, c, img.RGBAAt(x, y))
				}
			}
		}
	}
}
