package gallery

import (
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
)

var (
	sources = regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	figures = regexp.MustCompile(`<figure>\n<img src="[^"]+" alt="[^"]{20,}"`)
	anchors = regexp.MustCompile(`<article id="([^"]+)"`)
)

func TestGallery(t *testing.T) {
	n, err := notebook.Read(coursetest.Repo(t).Path("solutions", "gallery.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	pictures, err := Write(n, folder)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	html := string(data)
	if described := len(figures.FindAllString(html, -1)); pictures < 18 || described != pictures {
		t.Errorf("%d pictures, %d of them with a sentence for those who do not see them: want 18 or more, and all", pictures, described)
	}
	if strings.Contains(html, "<script") {
		t.Error("the page has a script")
	}
	ids := map[string]bool{}
	for _, m := range anchors.FindAllStringSubmatch(html, -1) {
		ids["#"+m[1]] = true
	}
	if len(ids) != pictures {
		t.Errorf("%d pictures have %d anchors", pictures, len(ids))
	}
	for _, m := range sources.FindAllStringSubmatch(html, -1) {
		switch file := filepath.Join(folder, filepath.FromSlash(m[1])); {
		case m[1] == "data:,", m[1] == "#top", ids[m[1]]:
		default:
			if _, err := os.Stat(file); err != nil {
				t.Errorf("the page asks for %q, which is not in the folder", m[1])
			}
		}
	}
}

// A picture of one pixel, with words around it that look like HTML.
func TestWordsStayText(t *testing.T) {
	const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
	n, err := notebook.Parse([]byte(`{"cells": [
		{"cell_type": "markdown", "id": "a", "source": "## A <b>\n\n**Bold**, ` + "`a<b`" + ` and <script>alert(1)</script>"},
		{"cell_type": "code", "id": "gallery-one", "source": "%%\nchart.Show(chart.ROC(a < b))", "outputs": [
			{"data": {"image/png": "` + pixel + `", "text/plain": "a \"quote\" <i>"}}]},
		{"cell_type": "code", "id": "gallery-none", "source": "x", "outputs": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if pictures, err := Write(n, folder); pictures != 1 || err != nil {
		t.Fatalf("%d pictures, error %v", pictures, err)
	}
	data, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h2>A &lt;b&gt;</h2>", "<strong>Bold</strong>, <code>a&lt;b</code> and &lt;script&gt;", `alt="a &#34;quote&#34; &lt;i&gt;"`, "<h3>ROC</h3>", "chart.ROC(a &lt; b)"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the page lacks %s:\n%s", want, data)
		}
	}
}

func TestNoPictures(t *testing.T) {
	n, err := notebook.Parse([]byte(`{"cells": [{"cell_type": "code", "id": "a", "source": "x", "outputs": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(n, t.TempDir()); err == nil || !strings.Contains(err.Error(), "shows no picture") {
		t.Errorf("error %v: want one that says that there is no picture", err)
	}
}

func TestInline(t *testing.T) {
	for markdown, want := range map[string]template.HTML{
		"**Why?** It is *so*, `f(x)`.": "<strong>Why?</strong> It is <em>so</em>, <code>f(x)</code>.",
		"2 < 3":                        "2 &lt; 3",
		"":                             "",
	} {
		if got := inline(markdown); got != want {
			t.Errorf("%q is %q: want %q", markdown, got, want)
		}
	}
}
