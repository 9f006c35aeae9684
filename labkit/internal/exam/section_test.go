package exam

import (
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
)

// The browser test follows such a link, and finds the heading in view.
func TestSectionsAreLinks(t *testing.T) {
	e := &Exercise{ID: "total", Notebook: "00_test", Title: "Total", Section: "A sum: what's <it>?", Hints: []string{"first", "second"}}
	const (
		link = `<a href="00_test.ipynb#A-sum:-what&#39;s-&lt;it&gt;?">“A sum: what&#39;s &lt;it&gt;?”</a>`
		name = "“A sum: what's <it>?”"
	)
	wrong := verdict{state: progress.Wrong, cases: 1}
	for what, b := range map[string]show.Bundle{
		"a report": newReport(e, wrong, 1).bundle(),
		"the last": newReport(e, wrong, 9).bundle(),
		"a hint":   coursetest.Shown(t, func() { ShowHint(e, 1) }),
	} {
		if !strings.Contains(b.HTML, link) || !strings.Contains(b.Text, name) || strings.Contains(b.Text, "href") {
			t.Errorf("%s: want the link %s, and as text %s, not\n%s\n%s", what, link, name, b.HTML, b.Text)
		}
	}
}
