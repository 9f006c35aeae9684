package exam

import (
	"fmt"
	"html"
	"strings"

	"flowlab/labkit/internal/show"
)

// quotedSection names the section that teaches the matter of an exercise.
func (e *Exercise) quotedSection() string { return "“" + e.Section + "”" }

// SectionLink returns where JupyterLab finds that section: it gives a heading its
// text for an anchor, with a hyphen for each blank. The address names the
// notebook too, as JupyterLab follows a mere anchor in cells of text alone.
func (e *Exercise) SectionLink() string {
	return e.Notebook + ".ipynb#" + strings.ReplaceAll(e.Section, " ", "-")
}

// linked makes the name of the section a link in a piece of HTML.
func (e *Exercise) linked(text string) string {
	name := html.EscapeString(e.quotedSection())
	return strings.ReplaceAll(text, name, fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(e.SectionLink()), name))
}

// ShowHint shows a hint for an exercise below the cell, and which section to
// read for it.
func ShowHint(e *Exercise, number int) {
	text := fmt.Sprintf("Hint %d of %d, %s: %s\nThe section %s is about it.", number, len(e.Hints), e.Title, e.Hints[number-1], e.quotedSection())
	b := said(text)
	b.HTML = e.linked(b.HTML)
	show.Display(b)
}
