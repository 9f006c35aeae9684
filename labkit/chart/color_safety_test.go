package chart

import (
	"fmt"
	"image/color"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A vision is how an eye sees linear RGB. The matrices are those of G. M.
// Machado, M. M. Oliveira and L. A. F. Fernandes, A Physiologically-based Model
// for Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009, at severity
// 1.0 (https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html).
var visions = map[string][3][3]float64{
	"normal vision": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"deuteranopia":  {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"protanopia":    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
}

// Any two colours that a picture may tell series apart by differ by at least 15
// in CIELAB (ΔE*ab 1976), where about 2 can just be seen side by side.
func TestSeriesColoursStayApart(t *testing.T) {
	for name, eye := range visions {
		for i, a := range seriesColors {
			for _, b := range seriesColors[:i] {
				if d := distance(lab(see(a, eye)), lab(see(b, eye))); d < 15 {
					t.Errorf("with %s, %s and %s differ by %.1f: want at least 15", name, hex(a), hex(b), d)
				}
			}
		}
		if d := distance(lab(see(normalColor, eye)), lab(see(anomalyColor, eye))); d < 50 {
			t.Errorf("with %s, normal and anomaly differ by %.1f: want at least 50", name, d)
		}
	}
}

// Lines and areas have a contrast of 3 to the ground, text of 4.5: success
// criteria 1.4.11 and 1.4.3 of WCAG 2.2 (https://www.w3.org/TR/WCAG22/).
func TestContrast(t *testing.T) {
	for _, c := range append([]color.NRGBA{normalColor, anomalyColor}, seriesColors...) {
		if r := contrast(c, background); r < 3 {
			t.Errorf("%s has contrast %.2f to the ground: want at least 3", hex(c), r)
		}
	}
	for _, c := range []color.NRGBA{ink, quietInk} {
		if r := contrast(c, background); r < 4.5 {
			t.Errorf("text of colour %s has contrast %.2f: want at least 4.5", hex(c), r)
		}
	}
}

// In the dark, interactive pictures have the colours of look.css, for each that is
// too dark there, and these keep the same contrasts and stay apart.
func TestDarkColours(t *testing.T) {
	css, err := os.ReadFile("../internal/setup/look.css")
	if err != nil {
		t.Fatal(err)
	}
	dark := func(c color.NRGBA) color.NRGBA {
		for _, channel := range []string{"stroke", "fill"} {
			m := regexp.MustCompile(channel + `="` + strings.ToLower(hex(c)) + `"\] \{ ` + channel + `: #(..)(..)(..);`).FindStringSubmatch(string(css))
			if m != nil {
				for i, part := range []*uint8{&c.R, &c.G, &c.B} {
					v, _ := strconv.ParseUint(m[1+i], 16, 8)
					*part = uint8(v)
				}
				break
			}
		}
		return c
	}
	if !strings.Contains(string(css), `:not(:has([fill="`+strings.ToLower(hex(scoreRamp[0]))+`"]))`) {
		t.Errorf("pictures with the colour %s, of the lowest score, are made dark, where the darker means more", hex(scoreRamp[0]))
	}
	ground := dark(background)
	if r := contrast(ground, background); r < 10 {
		t.Fatalf("the ground is %s: want a dark one", hex(ground))
	}
	for i, c := range seriesColors {
		if r := contrast(dark(c), ground); r < 3 {
			t.Errorf("%s has contrast %.2f to the dark ground as %s: want at least 3", hex(c), r, hex(dark(c)))
		}
		for name, eye := range visions {
			for _, other := range seriesColors[:i] {
				if d := distance(lab(see(dark(c), eye)), lab(see(dark(other), eye))); d < 15 {
					t.Errorf("with %s, %s and %s differ by %.1f in the dark: want at least 15", name, hex(dark(c)), hex(dark(other)), d)
				}
			}
		}
	}
	for _, c := range []color.NRGBA{ink, quietInk} {
		if r := contrast(dark(c), ground); r < 4.5 {
			t.Errorf("text of colour %s has contrast %.2f in the dark: want at least 4.5", hex(dark(c)), r)
		}
	}
	if r := contrast(dark(gridColor), ground); r > 2 {
		t.Errorf("the grid has contrast %.2f in the dark: want it quiet", r)
	}
}

// In the dark, still pictures are turned round: their text and their lines keep
// enough contrast.
func TestTurnedColours(t *testing.T) {
	css, err := os.ReadFile("../internal/setup/look.css")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(css), "img.turnable {\n  border-radius: 4px;\n  filter: invert(0.9) hue-rotate(180deg);") {
		t.Error("still pictures are not turned dark as this test knows it")
	}
	if r := contrast(turned(ink), turned(background)); r < 7 {
		t.Errorf("text of a still picture has contrast %.2f in the dark: want at least 7", r)
	}
	for _, c := range seriesColors {
		if r := contrast(turned(c), turned(background)); r < 3 {
			t.Errorf("%s has contrast %.2f in a still picture in the dark: want at least 3", hex(c), r)
		}
	}
}

// turned is a colour after the filters invert(0.9) and hue-rotate(180deg) of CSS
// (W3C, "Filter Effects Module Level 1").
func turned(c color.NRGBA) color.NRGBA {
	const p = 0.9
	in := [3]float64{}
	for i, v := range []uint8{c.R, c.G, c.B} {
		in[i] = float64(v)*(1-2*p) + 255*p
	}
	grey := 0.213*in[0] + 0.715*in[1] + 0.072*in[2]
	out := [3]uint8{}
	for i, v := range in {
		out[i] = uint8(max(0, min(255, 2*grey-v)))
	}
	return color.NRGBA{R: out[0], G: out[1], B: out[2], A: c.A}
}

// The colours of scores are read by their lightness: it falls at every step, for
// every eye.
func TestRampDarkens(t *testing.T) {
	for name, eye := range visions {
		for i := 1; i < len(scoreRamp); i++ {
			a, b := lab(see(scoreRamp[i-1], eye)), lab(see(scoreRamp[i], eye))
			if step := a[0] - b[0]; step < 4 {
				t.Errorf("with %s, step %d of the ramp of scores darkens by %.1f: want at least 4", name, i, step)
			}
		}
	}
}

// The measure itself: black on white is 21, and red and green that cannot be
// told apart are near each other.
func TestColourMeasures(t *testing.T) {
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}
	if r := contrast(white, black); math.Abs(r-21) > 1e-9 {
		t.Errorf("contrast of black and white is %v: want 21", r)
	}
	if l := lab(linear(white)); math.Abs(l[0]-100) > 0.01 || math.Abs(l[1]) > 0.1 || math.Abs(l[2]) > 0.1 {
		t.Errorf("white is %.2f in CIELAB: want 100, 0, 0", l)
	}
	red, green := color.NRGBA{0xC0, 0x50, 0x20, 255}, color.NRGBA{0x7A, 0x82, 0x00, 255}
	full, weak := visions["normal vision"], visions["deuteranopia"]
	seen, confused := distance(lab(see(red, full)), lab(see(green, full))), distance(lab(see(red, weak)), lab(see(green, weak)))
	if seen < 40 || confused > 20 {
		t.Errorf("%s and %s differ by %.1f, with deuteranopia by %.1f: want more than 40, less than 20", hex(red), hex(green), seen, confused)
	}
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// linear returns light intensities, by the curve of sRGB (IEC 61966-2-1).
func linear(c color.NRGBA) [3]float64 {
	var out [3]float64
	for i, v := range []uint8{c.R, c.G, c.B} {
		if f := float64(v) / 255; f <= 0.04045 {
			out[i] = f / 12.92
		} else {
			out[i] = math.Pow((f+0.055)/1.055, 2.4)
		}
	}
	return out
}

func see(c color.NRGBA, eye [3][3]float64) [3]float64 {
	light := linear(c)
	var out [3]float64
	for i, row := range eye {
		for j, v := range row {
			out[i] += v * light[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// lab returns the CIELAB coordinates of linear sRGB, for the white point D65.
func lab(rgb [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*rgb[0] + 0.3575761*rgb[1] + 0.1804375*rgb[2]) / 0.95047)
	y := f(0.2126729*rgb[0] + 0.7151522*rgb[1] + 0.0721750*rgb[2])
	z := f((0.0193339*rgb[0] + 0.1191920*rgb[1] + 0.9503041*rgb[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// contrast is the ratio of relative luminances of WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	luminance := func(c color.NRGBA) float64 {
		l := linear(c)
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
