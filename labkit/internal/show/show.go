// Package show puts output below the cell of a notebook. It alone knows
// gonbui, the library that talks to the Go kernel.
//
// Every output goes out twice in one bundle: as HTML for the browser and as
// plain text for terminals, diffs and screen readers. A program that runs
// outside a notebook prints the plain text, so examples and commands need no
// kernel.
package show

import (
	"encoding/base64"
	"fmt"
	"html"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Bundle is one output in its two forms.
type Bundle struct {
	HTML string // a fragment for the browser
	Text string // what the fragment says, without markup
	Alt  string // for a picture: the sentence in its place, else empty
}

// Sink receives every Bundle in place of the notebook unless it is nil: a test
// sees what a learner would.
var Sink func(Bundle)

// Display puts b below the cell and returns once it is there, so that it
// stands between the lines printed before and after. Outside a notebook it
// prints b.Text.
func Display(b Bundle) {
	switch {
	case Sink != nil:
		Sink(b)
	case gonbui.IsNotebook:
		gonbui.SendData(message(b))
		gonbui.Sync()
	default:
		fmt.Println(b.Text)
	}
}

// Picture returns the Bundle of a PNG image that is width CSS pixels wide,
// or less where the page is narrower. The sentence alt says what it shows.
func Picture(png []byte, width int, alt string) Bundle {
	const img = `<img alt="%s" width="%d" style="max-width:100%%;height:auto" src="data:image/png;base64,%s">`
	return Bundle{
		HTML: fmt.Sprintf(img, html.EscapeString(alt), width, base64.StdEncoding.EncodeToString(png)),
		Text: alt,
		Alt:  alt,
	}
}

// message returns b as Jupyter's display_data. JupyterLab takes a picture's
// alternative text from the HTML, nbconvert from the metadata.
func message(b Bundle) *protocol.DisplayData {
	data := &protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  b.HTML,
		protocol.MIMETextPlain: b.Text,
	}}
	if b.Alt != "" {
		data.Metadata = map[string]any{"alt": b.Alt}
	}
	return data
}
