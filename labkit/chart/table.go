package chart

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/show"
)

// tableRows is how many rows of a frame Table shows.
const tableRows = 20

// shortCaption is how many letters a caption has at most that stands on one line,
// however narrow its table is.
const shortCaption = 60

// Table shows the first 20 rows of frame as a table below the cell of a
// notebook, under a caption if one is given, and says how many rows it leaves
// out. Numbers stand on the right, and a click on a column's name sorts the rows
// shown, where the page may run scripts. A row with a 1 in a column "label" or
// "predicted" is an anomaly: the 1 has the mark ▲ and the row is bold. Outside
// a notebook Table prints the rows as [labkit.Text] does.
//
// In the manner of [text/template.Must] it panics if frame carries an error or
// has no columns.
func Table(frame dataframe.DataFrame, caption ...string) {
	b, err := tableBundle(frame, strings.Join(caption, " "))
	if err != nil {
		prefix(&err)
		panic(err)
	}
	show.Display(b)
}

func tableBundle(frame dataframe.DataFrame, caption string) (show.Bundle, error) {
	if frame.Err != nil {
		return show.Bundle{}, fmt.Errorf("cannot show a broken frame: %w", frame.Err)
	}
	if frame.Ncol() == 0 {
		return show.Bundle{}, errors.New("cannot show a frame without columns")
	}
	rows := frame.Nrow()
	shown := frame
	if rows > tableRows {
		first := make([]int, tableRows)
		for i := range first {
			first[i] = i
		}
		shown = frame.Subset(first)
	}
	text, err := labkit.Text(shown)
	if err != nil {
		return show.Bundle{}, err
	}
	if caption != "" {
		text = caption + "\n" + text
	}
	table := newTable(shown)
	var notes []string
	if rows > tableRows {
		notes = append(notes, fmt.Sprintf("The first %d of %s; %s more are left out.", tableRows, plural.Of(rows, "row"), plural.Number(rows-tableRows)))
		text = strings.TrimRight(text, "\n") + "\n" + notes[0]
	}
	if slices.Contains(table.anomaly, true) {
		notes = append(notes, "▲ and bold: an anomaly.")
	}
	return show.Bundle{HTML: table.html(caption, strings.Join(notes, " ")), Text: strings.TrimRight(text, "\n")}, nil
}

// A table is a frame as text, column by column.
type table struct {
	columns []tableColumn
	anomaly []bool // by row
}

type tableColumn struct {
	name   string
	number bool
	marks  bool // the column says which rows are anomalies
	cells  []string
}

func newTable(frame dataframe.DataFrame) table {
	t := table{anomaly: make([]bool, frame.Nrow())}
	for _, name := range frame.Names() {
		s := frame.Col(name)
		c := tableColumn{
			name:   name,
			number: numeric(s),
			marks:  numeric(s) && (name == "label" || name == "predicted"),
			cells:  s.Records(),
		}
		switch {
		case s.Type() == series.Float:
			c.cells = cells(s.Float())
		case s.Type() == series.Int && !strings.HasSuffix(name, "port") && !areTimes(s.Float()): // 49,152 is no port
			for i, n := range c.cells {
				c.cells[i] = grouped(n)
			}
		}
		if c.marks {
			for i, v := range s.Float() {
				if v == 1 {
					t.anomaly[i] = true
					c.cells[i] = "▲ 1"
				}
			}
		}
		t.columns = append(t.columns, c)
	}
	return t
}

// sortingHead opens a table's head. A click, or the Enter key, sorts the rows by
// the column, from high to low at first; what is no number comes last. A viewer
// that runs no scripts, as JupyterLab for a notebook of others, ignores it all.
var sortingHead = fmt.Sprintf(`<thead onmouseover="%s" onclick="%s" onkeydown="%s"><tr>`,
	html.EscapeString(`this.title = 'click a name to sort'; this.style.cursor = 'pointer'`),
	html.EscapeString(`const h = event.target.closest('th'); if (!h) return;
const up = h.ariaSort == 'descending' ? 1 : -1, b = this.parentNode.tBodies[0];
for (const c of this.rows[0].cells) c.ariaSort = null;
h.ariaSort = up > 0 ? 'ascending' : 'descending';
const text = r => r.cells[h.cellIndex].textContent.replace(/^\u25b2 /, ''), num = r => Number(text(r).replaceAll(',', ''));
b.append(...[...b.rows].sort((r, s) => isNaN(num(r)) || isNaN(num(s)) ?
 isNaN(num(r)) - isNaN(num(s)) || up * text(r).localeCompare(text(s)) : up * (num(r) - num(s))));`),
	html.EscapeString(`if (event.key == 'Enter') { event.stopPropagation(); this.onclick(event) }`))

// html returns the table as a fragment without colours of its own, so that it
// reads on a pale and on a dark page.
func (t table) html(caption, note string) string {
	var b strings.Builder
	b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse">`)
	if caption != "" {
		wrap := ""
		if utf8.RuneCountInString(caption) <= shortCaption {
			wrap = ";white-space:nowrap"
		}
		fmt.Fprintf(&b, `<caption style="caption-side:top;text-align:left;font-weight:bold%s">%s</caption>`, wrap, html.EscapeString(caption))
	}
	sortable := ""
	if len(t.anomaly) > 1 {
		b.WriteString(sortingHead)
		sortable = ` tabindex="0"`
	} else {
		b.WriteString("<thead><tr>")
	}
	for _, c := range t.columns {
		fmt.Fprintf(&b, `<th scope="col"%s style="text-align:%s">%s</th>`, sortable, c.align(), html.EscapeString(c.name))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for i, anomaly := range t.anomaly {
		t.writeRow(&b, i, anomaly)
	}
	b.WriteString("</tbody></table></div>")
	if note != "" {
		fmt.Fprintf(&b, "<p><small>%s</small></p>", html.EscapeString(note))
	}
	return b.String()
}

func (t table) writeRow(b *strings.Builder, i int, anomaly bool) {
	style := "font-variant-numeric:tabular-nums"
	if anomaly {
		style += ";font-weight:bold"
	}
	fmt.Fprintf(b, `<tr style="%s">`, style)
	for _, c := range t.columns {
		fmt.Fprintf(b, `<td style="text-align:%s">%s</td>`, c.align(), html.EscapeString(strings.TrimSpace(c.cells[i])))
	}
	b.WriteString("</tr>\n")
}

func (c tableColumn) align() string {
	if c.number {
		return "right"
	}
	return "left"
}
