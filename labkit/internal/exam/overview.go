package exam

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
	"flowlab/labkit/internal/texttable"
)

// Say shows lines of text below the cell.
func Say(text string) { show.Display(said(text)) }

func said(text string) show.Bundle {
	return show.Bundle{HTML: `<div style="white-space:pre-wrap">` + html.EscapeString(text) + "</div>", Text: text}
}

// ShowOverview shows below the cell what was reached in the exercises: first
// those of one notebook and what comes next, then all of them, folded. Without a
// notebook it shows all.
func ShowOverview(exercises []*Exercise, notebook string, entries map[string]progress.Entry, notes []string) {
	b := overview(exercises, entries, notes)
	if notebook != "" {
		b = folded(exercises, notebook, entries, b)
	}
	show.Display(b)
}

// OverviewText returns the table of all exercises as text, and what comes next.
func OverviewText(exercises []*Exercise, entries map[string]progress.Entry, notes []string) string {
	return overview(exercises, entries, append(notes, next(exercises, "", entries))).Text
}

// folded puts the exercises of a notebook before an overview of all.
func folded(exercises []*Exercise, notebook string, entries map[string]progress.Entry, all show.Bundle) show.Bundle {
	var here []*Exercise
	for _, e := range exercises {
		if e.Notebook == notebook {
			here = append(here, e)
		}
	}
	b := overview(here, entries, []string{next(exercises, notebook, entries)})
	b.HTML += "<details><summary>All notebooks: " + counted(exercises, entries) + "</summary>" + all.HTML + "</details>"
	b.Text += "\nAll notebooks: " + counted(exercises, entries)
	return b
}

// next names the first exercise that is not passed: of the notebook, else of
// those behind it, else of all.
func next(exercises []*Exercise, notebook string, entries map[string]progress.Entry) string {
	begin := max(0, slices.IndexFunc(exercises, func(e *Exercise) bool { return e.Notebook == notebook }))
	for _, e := range slices.Concat(exercises[begin:], exercises[:begin]) {
		if entries[e.ID].Best == progress.Passed {
			continue
		}
		says := fmt.Sprintf("Next: %s (%s)", e.Title, e.ID)
		if e.Notebook != notebook {
			says += ", in " + e.Notebook
		}
		return says + "."
	}
	return "All exercises are passed."
}

// counted says how many of the exercises are passed.
func counted(exercises []*Exercise, entries map[string]progress.Entry) string {
	passed := 0
	for _, e := range exercises {
		if entries[e.ID].Best == progress.Passed {
			passed++
		}
	}
	return fmt.Sprintf("%d of %d exercises passed", passed, len(exercises))
}

// overview returns the table of what was reached in the exercises, as HTML and as
// text. The notebook is named in each row if there are several.
func overview(exercises []*Exercise, entries map[string]progress.Entry, notes []string) show.Bundle {
	headers := []string{"Notebook", "Exercise", "Id", "Best", "Last", "Attempts"}
	rows := make([][]string, len(exercises))
	for i, e := range exercises {
		entry := entries[e.ID]
		rows[i] = []string{e.Notebook, e.Title, e.ID, mention(entry.Best), mention(entry.Last), strconv.Itoa(entry.Attempts)}
	}
	if !slices.ContainsFunc(exercises, func(e *Exercise) bool { return e.Notebook != exercises[0].Notebook }) {
		headers = headers[1:]
		for i := range rows {
			rows[i] = rows[i][1:]
		}
	}
	caption := counted(exercises, entries)
	return show.Bundle{
		HTML: htmlTable(caption, headers, rows, notes),
		Text: strings.Join(append([]string{textTable(headers, rows), caption}, notes...), "\n"),
	}
}

// mention writes a state with its symbol.
func mention(s progress.State) string { return s.Symbol() + " " + s.String() }

// named finds the name of a notebook in a note.
var named = regexp.MustCompile(`\bin (\d\d_\w+)`)

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
			fmt.Fprintf(&b, `<td style="text-align:left;white-space:nowrap">%s</td>`, html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	for _, note := range notes {
		fmt.Fprintf(&b, "<p>%s</p>", named.ReplaceAllString(html.EscapeString(note), `in <a href="$1.ipynb">$1</a>`))
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
