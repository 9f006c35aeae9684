package chart

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// The element is well-formed, and text in it is text.
func TestSVG(t *testing.T) {
	hostile := "</text><script>alert(1)</script>"
	fig, err := HostTimeline([]float64{1, 2, 3}, []Span{{hostile, 1, 2}}, hostile)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := fig.SVG()
	if err != nil {
		t.Fatal(err)
	}
	var elements []string
	text := ""
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements = append(elements, token.Name.Local)
		case xml.CharData:
			text += string(token)
		}
	}
	if elements[0] != "svg" || elements[1] != "title" || strings.Contains(svg, "<script") {
		t.Errorf("the elements are %v: want svg, title and no script", elements)
	}
	if strings.Count(text, hostile) < 2 { // in the title and on its bar
		t.Errorf("the texts are %q: want %s in them", text, hostile)
	}
	for _, c := range pageColors[:4] {
		if !strings.Contains(svg, "var("+c.variable+","+strings.ToUpper(css(c.color))+")") {
			t.Errorf("nothing is drawn in %s", c.variable)
		}
	}
	if _, err := (Figure{}).SVG(); err == nil {
		t.Error("an empty figure is drawn")
	}
}
