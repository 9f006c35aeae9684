package exam

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/show"
	"flowlab/labkit/internal/texttable"
)

// Say shows lines of text below the cell.
func Say(text string) {
	show.Display(show.Bundle{HTML: `<div style="white-space:pre-wrap">` + html.EscapeString(text) + "</div>", Text: text})
}

// ShowOverview shows below the cell what was reached in the exercises.
func ShowOverview(exercises []*Exercise, entries map[string]progress.Entry, notes []string) {
	show.Display(overview(exercises, entries, notes))
}

// OverviewText returns what [ShowOverview] shows, as text.
func OverviewText(exercises []*Exercise, entries map[string]progress.Entry, notes []string) string {
	return overview(exercises, entries, notes).Text
}

// overview returns the table of what was reached in the exercises, as HTML and as text.
func overview(exercises []*Exercise, entries map[string]progress.Entry, notes []string) show.Bundle {
	headers := []string{"Notebook", "Exercise", "Id", "Best", "Last", "Attempts"}
	rows := make([][]string, len(exercises))
	passed := 0
	for i, e := range exercises {
		entry := entries[e.ID]
		if entry.Best == progress.Passed {
			passed++
		}
		rows[i] = []string{e.Notebook, e.Title, e.ID, mention(entry.Best), mention(entry.Last), strconv.Itoa(entry.Attempts)}
	}
	caption := fmt.Sprintf("%d of %d exercises passed", passed, len(exercises))
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
