package check

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"

	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
	"flowlab/labkit/internal/texttable"
)

// Hint shows a hint for the exercise with this id: number 1 is a nudge, the
// last nearly the answer. A wrong id or number is said so, with the nearest id.
func Hint(id string, number int) {
	text, err := hint(id, number)
	if err != nil {
		text = err.Error()
	}
	display(text)
}

func hint(id string, number int) (string, error) {
	e, err := Find(id)
	if err != nil {
		return "", err
	}
	text, err := e.Hint(number)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Hint %d of %d, %s: %s", number, len(e.Hints), e.Title, text), nil
}

// Reset forgets what was reached in the exercises with these ids. Without ids
// it forgets all, and keeps the old progress file under another name. The
// notebooks stay as they are.
func Reset(ids ...string) {
	display(reset(ids))
}

func reset(ids []string) string {
	path := progress.Path()
	if path == "" {
		return "There is no progress to reset outside a notebook."
	}
	for _, id := range ids {
		if _, err := Find(id); err != nil {
			return err.Error()
		}
	}
	notes, err := progress.Reset(path, ids...)
	if err != nil {
		return err.Error()
	}
	what := cmp.Or(strings.Join(ids, ", "), "all exercises")
	return strings.Join(append(notes, "Reset: "+what+"."), "\n")
}

// display shows lines of text.
func display(text string) {
	show.Display(show.Bundle{HTML: `<div style="white-space:pre-wrap">` + html.EscapeString(text) + "</div>", Text: text})
}

// Progress shows what was reached in each exercise of the course.
func Progress() {
	entries := map[string]progress.Entry{}
	var notes []string
	if path := progress.Path(); path != "" {
		var err error
		entries, notes, err = progress.Load(path)
		if err != nil {
			notes = append(notes, err.Error())
		}
	}
	show.Display(overview(entries, notes))
}

// WriteProgress writes the table of [Progress] as text, from the progress file
// at path, and reports whether all exercises are passed. A missing file is no
// error: then none is.
func WriteProgress(w io.Writer, path string) (allPassed bool, err error) {
	entries, notes, err := progress.Load(path)
	if err != nil {
		return false, err
	}
	if _, err := fmt.Fprintln(w, overview(entries, notes).Text); err != nil {
		return false, err
	}
	missing := func(e *Exercise) bool { return entries[e.ID].Best != progress.Passed }
	return !slices.ContainsFunc(catalogue, missing), nil
}

// overview returns the table of all exercises as HTML and as text.
func overview(entries map[string]progress.Entry, notes []string) show.Bundle {
	headers := []string{"Notebook", "Exercise", "Id", "Best", "Last", "Attempts"}
	rows := make([][]string, len(catalogue))
	passed := 0
	for i, e := range catalogue {
		entry := entries[e.ID]
		if entry.Best == progress.Passed {
			passed++
		}
		rows[i] = []string{e.Notebook, e.Title, e.ID, mention(entry.Best), mention(entry.Last), strconv.Itoa(entry.Attempts)}
	}
	caption := fmt.Sprintf("%d of %d exercises passed", passed, len(catalogue))
	return show.Bundle{
		HTML: htmlTable(caption, headers, rows, notes),
		Text: strings.Join(append([]string{textTable(headers, rows), caption}, notes...), "\n"),
	}
}

// mention writes a state with its symbol.
func mention(s progress.State) string { return s.Symbol() + " " + s.String() }

func htmlTable(caption string, headers []string, rows [][]string, notes []string) string {
	var b strings.Builder
	b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse">`)
	fmt.Fprintf(&b, `<caption style="caption-side:top;text-align:left;font-weight:bold">%s</caption><thead><tr>`, caption)
	for _, h := range headers {
		fmt.Fprintf(&b, `<th scope="col" style="text-align:left">%s</th>`, h)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, cell := range row {
			fmt.Fprintf(&b, `<td style="text-align:left">%s</td>`, html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	for _, note := range notes {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(note))
	}
	b.WriteString("</div>")
	return b.String()
}

func textTable(headers []string, rows [][]string) string {
	columns := make([]texttable.Column, len(headers))
	for j, h := range headers {
		columns[j] = texttable.Column{Header: h, Left: true}
		for _, row := range rows {
			columns[j].Cells = append(columns[j].Cells, row[j])
		}
	}
	return texttable.Render(columns...)
}
