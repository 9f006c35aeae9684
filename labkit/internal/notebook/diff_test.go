package notebook

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// one returns a notebook of one executed code cell.
func one(outputs ...any) *Notebook {
	fields := map[string]any{"cell_type": "code", "source": "f()", "outputs": outputs}
	return &Notebook{fields: map[string]any{"cells": []any{fields}}, cells: []Cell{{fields}}}
}

func printed(name string, lines ...any) output {
	return output{"output_type": "stream", "name": name, "text": lines}
}

func shown(mime string, value any) output {
	return output{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{mime: value}}
}

func failed(message string) output {
	return output{"output_type": "error", "ename": "ERROR", "evalue": message, "traceback": []any{message}}
}

// dot returns a picture in base64: w by h pixels, white, one of them in c.
func dot(t *testing.T, w, h int, c color.Color) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	img.Set(1, 1, c)
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes())
}

func inHTML(picture string) string {
	return fmt.Sprintf(`<figure><img alt="a dot" src="data:image/png;base64,%s"></figure>`, picture)
}

func TestDiff(t *testing.T) {
	black := dot(t, 4, 4, color.Black)
	almost := dot(t, 4, 4, color.Gray{2})
	red := dot(t, 4, 4, color.RGBA{255, 0, 0, 255})
	flat := dot(t, 8, 2, color.Black)

	for _, test := range []struct {
		name      string
		want, got *Notebook
		message   string // "" if the two are equal
	}{
		{"equal", one(printed("stdout", "a\n", "1\n")), one(printed("stdout", "a\n1\n")), ""},
		{"text in other pieces", one(printed("stdout", "a\n1\n")), one(printed("stdout", "a\n"), printed("stdout", "1\n")), ""},
		{"streams in other order", one(printed("stdout", "a"), shown("text/html", "<b>")), one(shown("text/html", "<b>"), printed("stdout", "a")), ""},
		{"number", one(printed("stdout", "a\n", "F1 0.600\n")), one(printed("stdout", "a\n", "F1 0.601\n")), `n, cell 1: stdout, line 2:` + "\n\tgot  \"F1 0.601\"\n\twant \"F1 0.600\""},
		{"missing line", one(printed("stdout", "a\nb")), one(printed("stdout", "a")), "(no such line)"},
		{"standard error", one(), one(printed("stderr", "warning")), "stderr, line 1"},
		{"missing output", one(shown("text/html", "<b>")), one(), "0 displays: want 1"},
		{"further output", one(), one(shown("text/html", "<b>")), "1 displays: want 0"},
		{"error", one(shown("text/html", "<b>")), one(failed("exit status 2")), "type error"},
		{"other error", one(failed("exit status 1")), one(failed("exit status 2")), "evalue"},
		{"type of data", one(shown("text/html", "<b>")), one(shown("text/plain", "<b>")), "types [text/plain]: want [text/html]"},
		{"HTML", one(shown("text/html", "<td>1")), one(shown("text/html", "<td>2")), "text/html, line 1"},
		{"JSON", one(shown("application/vnd.vegalite.v5+json", map[string]any{"a": 1})), one(shown("application/vnd.vegalite.v5+json", map[string]any{"a": 2})), "line 2"},
		{"picture within tolerance", one(shown("image/png", black)), one(shown("image/png", almost)), ""},
		{"picture", one(shown("image/png", black)), one(shown("image/png", red)), "image/png: pixels differ"},
		{"picture's shape", one(shown("image/png", black)), one(shown("image/png", flat)), "png of (8,2) pixels: want png of (4,4)"},
		{"broken picture", one(shown("image/png", black)), one(shown("image/png", "AAAA")), "cannot be decoded"},
		{"picture in HTML within tolerance", one(shown("text/html", inHTML(black))), one(shown("text/html", inHTML(almost))), ""},
		{"picture in HTML", one(shown("text/html", inHTML(black))), one(shown("text/html", inHTML(red))), "text/html, picture 1: pixels differ"},
		{"number of cells", one(), &Notebook{}, "n has 0 cells: want 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Diff("n", test.want, test.got)
			switch {
			case test.message == "" && err != nil:
				t.Errorf("equal notebooks differ: %v", err)
			case test.message != "" && err == nil:
				t.Error("different notebooks are equal")
			case err != nil && !strings.Contains(err.Error(), test.message):
				t.Errorf("error is %q: want %q in it", err, test.message)
			}
		})
	}
}

func TestDiffOfSource(t *testing.T) {
	want, got := one(), one()
	got.cells[0].fields["source"] = "g()"
	if err := Diff("n", want, got); err == nil || !strings.Contains(err.Error(), "source, line 1") {
		t.Errorf("error is %v: want one on the source", err)
	}
}

func TestKeepOutputs(t *testing.T) {
	black, almost := dot(t, 4, 4, color.Black), dot(t, 4, 4, color.Gray{2})
	n := one(shown("image/png", almost))
	n.KeepOutputs(one(shown("image/png", black)))
	if got := n.cells[0].outputs()[0]["data"].(map[string]any)["image/png"]; got != black {
		t.Error("a picture that looks the same was replaced")
	}
	n = one(printed("stdout", "2"))
	n.KeepOutputs(one(printed("stdout", "1")))
	if got := streams(n.cells[0].outputs())["stdout"]; got != "2" {
		t.Errorf("kept %q: want the new output", got)
	}
}

func TestFailures(t *testing.T) {
	if err := Failures("n", one(printed("stderr", "only a warning"))); err != nil {
		t.Errorf("a cell without an error output failed: %v", err)
	}
	if err := Failures("n", one(printed("stderr", "no such command\nexit status 1\n"))); err == nil || !strings.Contains(err.Error(), "no such command") {
		t.Errorf("error is %v: want one that says what the shell command said", err)
	}
	html := shown("text/html", "<style>\n.a{}</style><div>./main.go:7: undefined: <b>x</b> &amp; y</div>")
	err := Failures("n", one(printed("stderr", "panic: boom\n"), html, failed("exit status 2")))
	want := "n, cell 1 failed: exit status 2\n\tpanic: boom\n\t./main.go:7: undefined: x & y"
	if err == nil || err.Error() != want {
		t.Errorf("error is %q: want %q", err, want)
	}
}

// What the compiler says comes first, wherever the kernel shows it: a table of
// results has room for one line.
func TestFailuresBeginWithTheCompilersMessage(t *testing.T) {
	// As GoNB 0.11.4 shows it.
	html := output{"output_type": "display_data", "data": map[string]any{"text/html": `<style>.gonb-err-location {}</style><div>
<div style="white-space: pre-wrap;"> # gonb_c810fe82</div>
<div><span><span>Cell[9]: Line 2</span> <span>./main.go:20:9: </span></span>undefined: bites<div class="gonb-err-context">}
func f(x int) int {</div></div></div>`}}
	err := Failures("n", one(html, printed("stdout", "late"), failed("exit status 1")))
	want := "n, cell 1 failed: line 2: undefined: bites\n\texit status 1\n\tlate"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("failures are %v: want them to begin with %q", err, want)
	}
}

func TestCompileErrors(t *testing.T) {
	// As GoNB 0.11.4 shows two errors.
	html := shown("text/html", `<style>.gonb-err-location {}</style><div>
<div style="white-space: pre-wrap;"> # gonb_be833868</div>
<div><span><span>Cell[3]: Line 2</span> <span>./main.go:9:2: </span></span>declared and not used: x<div class="gonb-err-context">)
<div class="gonb-err-line">	x := 1
</div></div></div>
<div><span><span>Cell[3]: Line 3</span> <span>/tmp/gonb_be833868/main.go:10:17: </span></span>cannot use 3 (untyped int constant) as string value<div class="gonb-err-context">	x := 1
</div></div></div>`)
	cell := func(outputs ...any) Cell { return one(outputs...).Cells()[0] }
	refused := cell(html, failed(`failed to run "go build": exit status 1`))
	want := "line 2: declared and not used: x|line 3: cannot use 3 (untyped int constant) as string value"
	if got := strings.Join(refused.CompileErrors(), "|"); got != want {
		t.Errorf("the compiler says %q: want %q", got, want)
	}
	if !strings.HasPrefix(refused.Failure(), "line 2: declared and not used: x\n") {
		t.Errorf("the failure is %q: want it to begin with what the compiler says first", refused.Failure())
	}
	for what, c := range map[string]Cell{
		"a panic":                            cell(printed("stderr", "panic: boom\n"), failed("exit status 2")),
		"a cell that only shows such a text": cell(html),
	} {
		if got := c.CompileErrors(); got != nil {
			t.Errorf("%s: the compiler says %q: want nothing", what, got)
		}
	}
}

// A cell with the tag timing may print other numbers, as often as it likes, and
// draw another picture. Other words, and another kind of display, are seen.
func TestDiffOfTimingCells(t *testing.T) {
	timed := func(outputs ...any) *Notebook {
		n := one(outputs...)
		n.cells[0].fields["metadata"] = map[string]any{"tags": []any{"timing"}}
		return n
	}
	picture := shown("text/html", inHTML("AAAA"))
	want := timed(printed("stdout", "12 flows/s, 3.5 s\n", "7 flows/s, 11.25 s\n", "done\n"), picture)
	for _, c := range []struct {
		got     *Notebook
		message string
	}{
		{timed(printed("stdout", "9000 flows/s, 0 s\n", "done\n"), shown("text/html", inHTML("BBBB"))), ""},
		{timed(printed("stdout", "12 flows/s, 3.5 s\n", "failed\n"), picture), "shape of stdout"},
		{timed(printed("stdout", "12 flows/s, 3.5 s\n", "done\n")), "displays"},
		{timed(printed("stdout", "12 flows/s, 3.5 s\n", "done\n"), shown("text/plain", "x")), "displays"},
	} {
		err := Diff("n", want, c.got)
		if (err == nil) != (c.message == "") || err != nil && !strings.Contains(err.Error(), c.message) {
			t.Errorf("error %v, want %q", err, c.message)
		}
	}
}
