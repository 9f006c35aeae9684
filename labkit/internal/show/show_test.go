package show

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"strings"
	"testing"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

func ExampleDisplay() {
	Display(Bundle{HTML: "<p>3 of 4 passed</p>", Text: "3 of 4 passed"})
	// Output: 3 of 4 passed
}

func TestPictureEscapesItsSentence(t *testing.T) {
	b := Picture([]byte("not decoded"), 640, `precision < 0.5 & "recall" > 0.9`, false)
	if want := `alt="precision &lt; 0.5 &amp; &#34;recall&#34; &gt; 0.9"`; !strings.Contains(b.HTML, want) {
		t.Errorf("HTML is %s: want %s in it", b.HTML, want)
	}
	if b.Text != b.Alt || b.Text != `precision < 0.5 & "recall" > 0.9` {
		t.Errorf("Text is %q and Alt %q: want the sentence as given", b.Text, b.Alt)
	}
}

// An interactive picture survives the way to the kernel, has no HTML, which would
// outrank it, and says how wide its still image is.
func TestInteractiveMessage(t *testing.T) {
	twin := map[string]any{"layer": []any{map[string]any{"mark": "bar", "height": 1.5, "axis": nil, "clip": true}}}
	message := message(Interactive(twin, []byte("an image"), 640, "60 of 100 found"))
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(message); err != nil {
		t.Fatal(err)
	}
	var got protocol.DisplayData
	if err := gob.NewDecoder(&buf).Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := map[protocol.MIMEType]any{
		"application/vnd.vegalite.v5+json": twin,
		protocol.MIMEImagePNG:              []byte("an image"),
		protocol.MIMETextPlain:             "60 of 100 found",
	}
	if !reflect.DeepEqual(got.Data, want) {
		t.Errorf("the kernel gets %v: want %v", got.Data, want)
	}
	meta := map[string]any{"alt": "60 of 100 found", "image/png": map[string]any{"width": 640}}
	if !reflect.DeepEqual(got.Metadata, meta) {
		t.Errorf("the metadata are %v: want %v", got.Metadata, meta)
	}
}

func TestSinkReceivesInPlaceOfTheNotebook(t *testing.T) {
	var got []Bundle
	Sink = func(b Bundle) { got = append(got, b) }
	defer func() { Sink = nil }()
	Display(Bundle{Text: "hello"})
	if len(got) != 1 || got[0].Text != "hello" {
		t.Errorf("Sink received %v: want one bundle that says hello", got)
	}
}
