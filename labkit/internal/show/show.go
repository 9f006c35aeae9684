// Package show puts output below the cell of a notebook. It alone knows
// gonbui, the library that talks to the Go kernel.
//
// Every output goes out in several forms in one bundle: as HTML for the browser
// and as plain text for terminals, diffs and screen readers; an interactive
// picture as a Vega-Lite specification, as an image for viewers that draw none,
// and as text. A program that runs outside a notebook prints the plain text, so
// examples and commands need no kernel.
package show

import (
	"encoding/base64"
	"encoding/gob"
	"fmt"
	"html"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Bundle is one output in its forms.
type Bundle struct {
	HTML string // a fragment for the browser; empty for an interactive picture
	Text string // what the output says, without markup
	Alt  string // for a picture: the sentence in its place, else empty

	Twin  map[string]any // an interactive picture: a Vega-Lite specification of JSON's types, else nil
	PNG   []byte         // the still image of Twin
	Width int            // of PNG, in CSS pixels
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
		awaitPrinted(os.Stdout)
		gonbui.SendData(message(b))
		gonbui.Sync()
	default:
		fmt.Println(b.Text)
	}
}

// Update puts b in the place of what the last Update with this id has shown, or
// below the cell the first time. Outside a notebook it prints b.Text.
func Update(id string, b Bundle) {
	if Sink != nil || !gonbui.IsNotebook {
		Display(b)
		return
	}
	awaitPrinted(os.Stdout)
	data := message(b)
	data.DisplayID = id
	gonbui.SendData(data)
	gonbui.Sync()
}

// NewID returns an id for [Update] that no other output has.
func NewID() string { return gonbui.UniqueId() }

// PrintsOnly tells whether Display prints a Bundle's Text and needs nothing else
// of it.
func PrintsOnly() bool { return Sink == nil && !gonbui.IsNotebook }

// Picture returns the Bundle of a PNG image that is width CSS pixels wide,
// or less where the page is narrower. The sentence alt says what it shows. Unless
// it is shaded, so that the darker says more, a dark page may turn light and dark
// round: it has the class "turnable".
func Picture(png []byte, width int, alt string, shaded bool) Bundle {
	const img = `<img alt="%s" %swidth="%d" style="max-width:100%%;height:auto" src="data:image/png;base64,%s">`
	class := `class="turnable" `
	if shaded {
		class = ""
	}
	return Bundle{
		HTML: fmt.Sprintf(img, html.EscapeString(alt), class, width, base64.StdEncoding.EncodeToString(png)),
		Text: alt,
		Alt:  alt,
	}
}

// Interactive returns the Bundle of a Vega-Lite specification and the PNG image,
// so many CSS pixels wide, that stands for it where it is not drawn. The
// sentence alt says what they show.
//
// JupyterLab draws Vega-Lite itself, with nothing from the network. Without the
// image it would add one of its own, and the notebook would count as changed.
func Interactive(twin map[string]any, png []byte, width int, alt string) Bundle {
	return Bundle{Twin: twin, PNG: png, Width: width, Text: alt, Alt: alt}
}

const vegaLite protocol.MIMEType = "application/vnd.vegalite.v5+json"

// Values of the types that JSON has within a specification reach the kernel by
// gob, which has to know them.
func init() {
	gob.Register(map[string]any{})
	gob.Register([]any{})
}

// message returns b as Jupyter's display_data. JupyterLab takes a picture's
// alternative text from the HTML, or from the specification's description;
// nbconvert takes it from the metadata.
func message(b Bundle) *protocol.DisplayData {
	data := &protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMETextPlain: b.Text}}
	if b.Twin != nil { // HTML would outrank it
		data.Data[vegaLite] = b.Twin
		data.Data[protocol.MIMEImagePNG] = b.PNG
	} else {
		data.Data[protocol.MIMETextHTML] = b.HTML
	}
	if b.Alt != "" {
		data.Metadata = map[string]any{"alt": b.Alt}
	}
	if b.PNG != nil {
		data.Metadata[string(protocol.MIMEImagePNG)] = map[string]any{"width": b.Width}
	}
	return data
}
