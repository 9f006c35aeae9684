package show

import (
	"strings"
	"testing"
)

func ExampleDisplay() {
	Display(Bundle{HTML: "<p>3 of 4 passed</p>", Text: "3 of 4 passed"})
	// Output: 3 of 4 passed
}

func TestPictureEscapesItsSentence(t *testing.T) {
	b := Picture([]byte("not decoded"), 640, `precision < 0.5 & "recall" > 0.9`)
	if want := `alt="precision &lt; 0.5 &amp; &#34;recall&#34; &gt; 0.9"`; !strings.Contains(b.HTML, want) {
		t.Errorf("HTML is %s: want %s in it", b.HTML, want)
	}
	if b.Text != b.Alt || b.Text != `precision < 0.5 & "recall" > 0.9` {
		t.Errorf("Text is %q and Alt %q: want the sentence as given", b.Text, b.Alt)
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
