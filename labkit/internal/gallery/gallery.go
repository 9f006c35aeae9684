// Package gallery makes a web page of the pictures in the course's gallery, as
// they are committed. The page has no script, asks nothing of other hosts, and
// stands on any host for static files.
package gallery

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"flowlab/labkit/internal/notebook"
)

//go:embed page.html
var page string

var tmpl = template.Must(template.New("page").Parse(page))

// A section is what stands below a heading.
type section struct {
	Title   string
	Figures []figure
}

// A figure is one picture with what belongs to it.
type figure struct {
	ID, Title, Alt, File string
	Width, Height        int // in pixels of the page
	Prose                template.HTML
	Code                 string
}

// density is how many pixels of a picture there are to one of the page.
const density = 2

// Write writes the page of a solved notebook into a folder, index.html and a
// folder of pictures, and returns how many pictures it shows. What stands in the
// folder under these names is replaced.
func Write(n *notebook.Notebook, folder string) (pictures int, err error) {
	sections, images, err := read(n)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, sections); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Join(folder, "pictures"), 0o755); err != nil {
		return 0, err
	}
	for name, data := range images {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return 0, err
		}
	}
	return len(images), os.WriteFile(filepath.Join(folder, "index.html"), b.Bytes(), 0o644)
}

// read takes the pictures from the notebook's outputs, each with the prose before
// its cell, and returns the files of the pictures by their names.
func read(n *notebook.Notebook) ([]section, map[string][]byte, error) {
	var sections []section
	images := map[string][]byte{}
	prose := ""
	for _, c := range n.Cells() {
		if c.IsMarkdown() {
			title, rest := cutHeading(c.Source())
			if title != "" {
				sections = append(sections, section{Title: title})
			}
			prose = rest
			continue
		}
		picture, err := c.Picture()
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("cell %s: %w", c.ID(), err)
		case picture == nil || len(sections) == 0:
			continue
		}
		f := newFigure(c, picture, prose)
		images[f.File] = picture.Data
		last := &sections[len(sections)-1]
		last.Figures = append(last.Figures, f)
		prose = ""
	}
	sections = withFigures(sections)
	if len(sections) == 0 {
		return nil, nil, fmt.Errorf("the notebook shows no picture: is it executed?")
	}
	return sections, images, nil
}

func newFigure(c notebook.Cell, p *notebook.Picture, prose string) figure {
	id := strings.TrimPrefix(c.ID(), "gallery-")
	code := strings.TrimPrefix(c.Source(), "%%\n")
	title := id
	if m := drawn.FindStringSubmatch(code); m != nil {
		title = m[1]
	}
	return figure{
		ID: id, Title: title, Alt: p.Alt, File: "pictures/" + id + ".png",
		Width: p.Size.X / density, Height: p.Size.Y / density,
		Prose: inline(prose), Code: code,
	}
}

// drawn finds the name of the function that draws a picture.
var drawn = regexp.MustCompile(`chart\.(?:Show|Explore)\(chart\.(\w+)`)

// cutHeading returns the heading of the second rank that a text begins with, ""
// if there is none, and the rest.
func cutHeading(source string) (title, rest string) {
	line, rest, _ := strings.Cut(source, "\n")
	if title, ok := strings.CutPrefix(line, "## "); ok {
		return title, rest
	}
	return "", source
}

func withFigures(sections []section) (some []section) {
	for _, s := range sections {
		if len(s.Figures) > 0 {
			some = append(some, s)
		}
	}
	return some
}

// inline makes HTML of the little Markdown that the gallery's prose has: bold,
// italic and code. All else stays text.
func inline(markdown string) template.HTML {
	text := template.HTMLEscapeString(strings.TrimSpace(markdown))
	for _, m := range marks {
		text = m.mark.ReplaceAllString(text, m.html)
	}
	return template.HTML(text)
}

var marks = []struct {
	mark *regexp.Regexp
	html string
}{
	{regexp.MustCompile("`([^`]+)`"), "<code>$1</code>"},
	{regexp.MustCompile(`\*\*([^*]+)\*\*`), "<strong>$1</strong>"},
	{regexp.MustCompile(`\*([^*]+)\*`), "<em>$1</em>"},
}
