package terminal

import (
	"strconv"
	"strings"
	"unicode"
)

// Printable returns text that came from somebody else as it can be shown: what
// would move the cursor, colour the text or turn its direction is written out,
// as Go writes it in a string.
func Printable(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == unicode.ReplacementChar && !strings.HasPrefix(text[i:], "\uFFFD"):
			b.WriteString(`\x` + strconv.FormatUint(uint64(text[i])|0x100, 16)[1:]) // a byte that is no UTF-8
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

// NoFormula puts an apostrophe before a field that a spreadsheet would take for
// a formula (OWASP, CSV injection). A sign alone is none.
func NoFormula(field string) string {
	if len(field) > 1 && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
		return "'" + field
	}
	return field
}

// PrintableLines is [Printable] of text in lines, indented by tabs perhaps.
func PrintableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		said := strings.TrimLeft(line, "\t")
		lines[i] = line[:len(line)-len(said)] + Printable(said)
	}
	return strings.Join(lines, "\n")
}
