package flowlog

import (
	"errors"
	"strings"
	"unicode/utf8"

	"flowlab/labkit/flow"
)

// parse returns the flows of a block and what is damaged in it: with strict
// options, the first fault alone.
func (b block) parse(name string, o flow.ReadOptions) part {
	if b.lost != nil {
		return part{records: 1, lost: []lostRecord{{0, b.lost, ""}}}
	}
	if b.layout == nil {
		return b.checkBlank(name)
	}
	if reason := b.layout.noFlows; reason != "" {
		lines := strings.Count(b.text, "\n")
		return part{records: lines, skipped: []flow.Count{{What: reason, N: lines}}}
	}
	// A row has a byte or more for each field, with what ends it: more rows than
	// that are blank lines.
	p := newRowParser(b.layout, name, min(strings.Count(b.text, "\n"), len(b.text)/max(1, len(b.layout.readers)))+1)
	p.lenient = o.Lenient
	p.known = spareWords.Get().(*knownWords)
	defer p.known.recycle()
	rows := blockRows{block: b, rowParser: p, options: o, scannable: b.isScannable()}
	p.line = b.line
	for text := b.text; text != "" && !rows.stopped(); {
		sound, bad := text, badByte(text, b.layout.anyBytes)
		if bad >= 0 {
			sound = text[:strings.LastIndexByte(text[:bad], '\n')+1]
		}
		rows.parse(sound)
		text = text[len(sound):]
		if bad >= 0 && !rows.stopped() {
			text = rows.loseBytes(text, bad-len(sound))
		}
	}
	rows.part.columns, rows.part.remarks, rows.part.hours = p.out, p.remarks, p.hours
	return rows.part
}

// blockRows are the rows of a block that is being parsed.
type blockRows struct {
	block
	*rowParser
	options   flow.ReadOptions
	scannable bool
	part      part
}

// stopped tells whether a fault ends the parsing.
func (r *blockRows) stopped() bool { return !r.options.Lenient && len(r.part.lost) > 0 }

// parse parses lines.
func (r *blockRows) parse(text string) {
	p := r.rowParser
	for ; text != ""; p.line++ {
		row, rest, terminated := strings.Cut(text, "\n")
		whole := text
		text = rest
		row = strings.TrimSuffix(row, "\r")
		if row == "" || row == r.rowParser.header { // parseRow refuses a line that only begins like the header
			continue
		}
		r.part.records++
		if r.scannable && terminated && p.scanRow(row) {
			continue
		}
		line := p.line
		column, err := p.parseRow(row)
		if err == errOpenQuote {
			if length := p.parseLines(whole); length > 0 {
				p.line += strings.Count(whole[:length], "\n") - 1
				text, err = whole[length:], nil
			}
		}
		if err == nil && !terminated {
			column, err = p.checkLastValue(row)
		}
		switch {
		case err != nil:
			r.lose(line, column, err, row)
			if r.stopped() {
				return
			}
		case p.skipped != "":
			r.part.skip(p.skipped)
		default:
			p.add(line)
		}
	}
}

// mostOpenLines is over how many lines a value in quotes may go.
const mostOpenLines = 20

// parseLines is parseRow of as many lines as a row takes that has a value over
// several lines. It returns their length, 0 if they are no row.
func (p *rowParser) parseLines(text string) (length int) {
	for range mostOpenLines {
		end := strings.IndexByte(text[length:], '\n')
		if end < 0 {
			return 0
		}
		length += end + 1
		switch _, err := p.parseRow(strings.TrimRight(text[:length], "\r\n")); err {
		case nil:
			return length
		case errOpenQuote:
		default:
			return 0
		}
	}
	return 0
}

func (p *part) skip(reason string) {
	for i := range p.skipped {
		if p.skipped[i].What == reason {
			p.skipped[i].N++
			return
		}
	}
	p.skipped = append(p.skipped, flow.Count{What: reason, N: 1})
}

// lose enters a row that is damaged.
func (r *blockRows) lose(line, column int, err error, row string) {
	if r.options.Reject == nil {
		row = "" // it would keep the block in memory
	}
	r.part.lost = append(r.part.lost, lostRecord{r.part.records - 1, faultAt(r.out.File, line, column, err), row})
}

// loseBytes enters the first line as damaged for the byte at an index, and
// returns the lines behind it.
func (r *blockRows) loseBytes(text string, bad int) string {
	row, rest, _ := strings.Cut(text, "\n")
	err := errors.New("bytes that are not UTF-8: want text in UTF-8")
	if text[bad] == 0 {
		err = errors.New("a NUL byte: want text in UTF-8")
	}
	r.part.records++
	r.lose(r.rowParser.line, bad+1, err, row)
	r.rowParser.line++
	return rest
}

// checkLastValue looks at the last line of a file if no newline ends it.
func (p *rowParser) checkLastValue(row string) (column int, err error) {
	if p.values[len(p.values)-1] == "" {
		return len(row) + 1, errors.New("the last line ends in an empty field and without a newline: the file may be cut off here; end the line if it is whole")
	}
	p.remark("no newline ends the last line: if the file was cut there, its last value is not whole", "")
	return 0, nil
}

// checkBlank finds lines that are not blank.
func (b block) checkBlank(name string) (p part) {
	blank := len(b.text) - len(strings.TrimLeft(b.text, "\r\n"))
	if blank < len(b.text) {
		err := errors.New("a row before any #fields: want the header of a Zeek log")
		p.records = strings.Count(b.text[blank:], "\n") + 1
		p.lost = []lostRecord{{0, faultAt(name, b.line+strings.Count(b.text[:blank], "\n"), 1, err), ""}}
	}
	return p
}

// badByte returns where text holds NUL or, unless it may, is not UTF-8; -1 if
// nowhere.
func badByte(text string, anyBytes bool) int {
	bad := strings.IndexByte(text, 0)
	if anyBytes || utf8.ValidString(text) {
		return bad
	}
	for i, r := range text {
		if i == bad {
			break
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return bad
}
