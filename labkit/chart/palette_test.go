package chart

import (
	"image"
	"image/color"
	"testing"
)

func TestPalettedKeepsFewColours(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := range 256 {
		img.SetRGBA(i%16, i/16, color.RGBA{uint8(i), 100, uint8(255 - i), 255})
	}
	got := paletted(img)
	for i := range 256 {
		x, y := i%16, i/16
		if c := color.RGBAModel.Convert(got.At(x, y)); c != img.RGBAAt(x, y) {
			t.Fatalf("pixel (%d, %d) is %v: want %v", x, y, c, img.RGBAAt(x, y))
		}
	}
}

// The rarest colour of 257 becomes its neighbour.
func TestPalettedRoundsRareColours(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 257, 2))
	for x := range 257 {
		c := color.RGBA{uint8(x), uint8(x / 256 * 9), 0, 255}
		img.SetRGBA(x, 0, c)
		img.SetRGBA(x, 1, c)
	}
	rare := color.RGBA{0, 3, 0, 255}
	img.SetRGBA(256, 0, rare) // once, as (0, 9, 0) is now
	img.SetRGBA(256, 1, color.RGBA{0, 0, 0, 255})
	got := paletted(img)
	if len(got.Palette) != 256 {
		t.Errorf("%d colours: want 256", len(got.Palette))
	}
	if c := color.RGBAModel.Convert(got.At(256, 0)); c != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("%v became %v: want the nearest of the others, black", rare, c)
	}
}
