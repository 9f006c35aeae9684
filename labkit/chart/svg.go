package chart

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// pageColors are those of the ground and of what is written on it. In a page they
// may be others, by the CSS variables of these names: on a dark ground, for one.
var pageColors = []struct {
	variable string
	color    color.NRGBA
}{
	{"--chart-paper", background}, {"--chart-ink", ink}, {"--chart-quiet", quietInk}, {"--chart-grid", gridColor}, {"--chart-empty", noFlow},
}

// SVG returns the figure as an element svg of a page of HTML, which shrinks where
// the page is narrower, with f.Alt for those who cannot see it. Its ground, ink and
// grid have the colours of [Figure.PNG] unless the page sets --chart-paper,
// --chart-ink, --chart-quiet, --chart-grid or --chart-empty. It returns an error
// as [Figure.PNG] does.
func (f Figure) SVG() (_ string, err error) {
	defer prefix(&err)
	if err := f.check(); err != nil {
		return "", err
	}
	canvas := vgsvg.New(f.Width, f.Height)
	canvas.SetColor(background)
	ground := draw.New(canvas)
	canvas.Fill(ground.Rectangle.Path())
	f.draw(ground)
	var document bytes.Buffer
	if _, err := canvas.WriteTo(&document); err != nil {
		return "", fmt.Errorf("cannot write the figure: %w", err)
	}
	_, element, _ := strings.Cut(document.String(), "<svg ")
	_, rest, _ := strings.Cut(element, ">")
	w, h := f.Width.Points(), f.Height.Points()
	element = fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %g %g" style="width:%dpx;max-width:100%%;height:auto">`, w, h, f.cssWidth()) +
		"<title>" + html.EscapeString(f.Alt) + "</title>" + rest
	for _, c := range pageColors {
		hex := strings.ToUpper(css(c.color)) // as vgsvg writes it
		element = strings.ReplaceAll(element, ":"+hex, ":var("+c.variable+","+hex+")")
	}
	return element, nil
}
