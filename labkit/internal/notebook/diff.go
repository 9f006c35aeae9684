package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Diff returns nil if the cells of got show what the cells of want show, and
// otherwise one error for each cell that differs, naming the notebook, the cell
// (counted from 1, text cells too) and the first line that differs.
//
// Of a cell with the tag timing, whose outputs depend on how fast the machine is,
// only the shape is compared: see diffShape.
//
// Text must be equal. Pictures are compared by their pixels, with a tolerance.
// What a cell prints and what it displays come to Jupyter by two pipes whose
// order is a matter of chance, so each is compared on its own.
func Diff(name string, want, got *Notebook) error {
	if len(want.cells) != len(got.cells) {
		return fmt.Errorf("%s has %d cells: want %d", name, len(got.cells), len(want.cells))
	}
	var errs []error
	for i, w := range want.cells {
		g := got.cells[i]
		err := diffText("source", w.Source(), g.Source())
		switch {
		case err != nil:
		case w.hasTag(timingTag):
			err = diffShape(w.outputs(), g.outputs())
		default:
			err = diffOutputs(w.outputs(), g.outputs())
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s, cell %d: %w", name, i+1, err))
		}
	}
	return errors.Join(errs...)
}

// diffOutputs returns the first difference between two cells' outputs.
func diffOutputs(want, got []output) error {
	wantStreams, gotStreams := streams(want), streams(got)
	for _, name := range []string{"stdout", "stderr"} {
		if err := diffText(name, wantStreams[name], gotStreams[name]); err != nil {
			return err
		}
	}
	wantRich, gotRich := rich(want), rich(got)
	for i := range min(len(wantRich), len(gotRich)) {
		if err := diffRich(wantRich[i], gotRich[i]); err != nil {
			return fmt.Errorf("display %d: %w", i+1, err)
		}
	}
	if len(wantRich) != len(gotRich) {
		return fmt.Errorf("%d displays: want %d", len(gotRich), len(wantRich))
	}
	return nil
}

// timingTag is on cells whose outputs depend on time.
const timingTag = "timing"

// diffShape compares which kinds of displays there are, and what is printed with
// each number taken for any other and each repeated line for one.
func diffShape(want, got []output) error {
	wantStreams, gotStreams := streams(want), streams(got)
	for _, name := range []string{"stdout", "stderr"} {
		if err := diffText("shape of "+name, shape(wantStreams[name]), shape(gotStreams[name])); err != nil {
			return err
		}
	}
	return diffText("displays", kinds(want), kinds(got))
}

var number = regexp.MustCompile(`-?\d+([.,:]\d+)*`)

// shape is a text without what depends on time: numbers, and how often a line
// comes.
func shape(text string) string {
	lines := strings.Split(number.ReplaceAllString(text, "0"), "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return strings.Join(slices.Compact(lines), "\n")
}

// kinds lists the MIME types of displays.
func kinds(outputs []output) string {
	var b strings.Builder
	for _, o := range rich(outputs) {
		data, _ := o["data"].(map[string]any)
		fmt.Fprintln(&b, o["output_type"], slices.Sorted(maps.Keys(data)))
	}
	return b.String()
}

// streams joins what was printed, by the name of the stream.
func streams(outputs []output) map[string]string {
	joined := map[string]string{}
	for _, o := range outputs {
		if name, ok := o["name"].(string); ok && o["output_type"] == "stream" {
			joined[name] += text(o["text"])
		}
	}
	return joined
}

// rich returns the outputs that are not printed text.
func rich(outputs []output) []output {
	return slices.DeleteFunc(slices.Clone(outputs), func(o output) bool {
		return o["output_type"] == "stream"
	})
}

// diffRich compares two displays, one MIME type after the other.
func diffRich(want, got output) error {
	if w, g := fmt.Sprint(want["output_type"]), fmt.Sprint(got["output_type"]); w != g {
		return fmt.Errorf("output is of type %s: want %s", g, w)
	}
	wantData, _ := want["data"].(map[string]any)
	gotData, _ := got["data"].(map[string]any)
	wantTypes, gotTypes := slices.Sorted(maps.Keys(wantData)), slices.Sorted(maps.Keys(gotData))
	if !slices.Equal(wantTypes, gotTypes) {
		return fmt.Errorf("data has types %v: want %v", gotTypes, wantTypes)
	}
	for _, mime := range wantTypes {
		if err := diffData(mime, wantData[mime], gotData[mime]); err != nil {
			return err
		}
	}
	// Errors keep their message outside data; metadata holds alternative texts.
	for _, key := range []string{"ename", "evalue", "metadata"} {
		if err := diffJSON(key, want[key], got[key]); err != nil {
			return err
		}
	}
	return nil
}

// diffData compares two values of one MIME type.
func diffData(mime string, want, got any) error {
	switch {
	case mime == "image/png" || mime == "image/jpeg":
		if err := diffImage(text(want), text(got)); err != nil {
			return fmt.Errorf("%s: %w", mime, err)
		}
		return nil
	case mime == "text/html":
		return diffHTML(text(want), text(got))
	case strings.HasSuffix(mime, "json"):
		return diffJSON(mime, want, got)
	}
	return diffText(mime, text(want), text(got))
}

// diffJSON compares two JSON trees, in the lines of their indented form.
func diffJSON(what string, want, got any) error {
	w, err := json.MarshalIndent(want, "", " ")
	if err != nil {
		return err
	}
	g, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		return err
	}
	return diffText(what, string(w), string(g))
}

// diffText returns an error that shows the first line in which two texts differ.
func diffText(what, want, got string) error {
	if want == got {
		return nil
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	line := func(lines []string) string {
		if i >= len(lines) {
			return "(no such line)"
		}
		return fmt.Sprintf("%q", shorten(lines[i]))
	}
	return fmt.Errorf("%s, line %d:\n\tgot  %s\n\twant %s", what, i+1, line(g), line(w))
}

// shorten cuts a line that would fill the screen.
func shorten(line string) string {
	const limit = 300
	if r := []rune(line); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return line
}
