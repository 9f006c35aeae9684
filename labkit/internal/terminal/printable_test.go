package terminal

import "testing"

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"ALL PASSED":              "ALL PASSED",
		"höher – 高 ✓":             "höher – 高 ✓",
		"\x1b[2J\x1b]0;owned\x07": `\x1b[2J\x1b]0;owned\a`,
		"\u009b31m":               `\u009b31m`,       // CSI of 8-bit terminals
		"\x9b31m":                 `\x9b31m`,         // the same as a byte
		"a\u202eb\u2066c":         `a\u202eb\u2066c`, // text turned round
		"one\ntwo\tthree\r":       `one\ntwo\tthree\r`,
		"\uFFFD":                  "\uFFFD",
		`C:\new`:                  `C:\new`,
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is shown as %q: want %q", text, got, want)
		}
	}
}

func TestNoFormula(t *testing.T) {
	for field, want := range map[string]string{
		"": "", "ada.ipynb": "ada.ipynb", "=HYPERLINK(1)": "'=HYPERLINK(1)", "+1": "'+1", "-1+1": "'-1+1", "-": "-", "@SUM(1)": "'@SUM(1)", "\tx": "'\tx", "1-1": "1-1",
	} {
		if got := NoFormula(field); got != want {
			t.Errorf("%q becomes %q: want %q", field, got, want)
		}
	}
}

func TestPrintableLines(t *testing.T) {
	const text, want = "a\x1b[2J\n\tb\tc\r\n\n\u202ed", `a\x1b[2J` + "\n\t" + `b\tc\r` + "\n\n" + `\u202ed`
	if got := PrintableLines(text); got != want {
		t.Errorf("%q is printed as %q: want %q", text, got, want)
	}
}
