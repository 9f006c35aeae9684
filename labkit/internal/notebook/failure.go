package notebook

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
)

// Failures returns an error for each cell of n that ended in an error, with the
// message of the Go compiler or the panic, and nil if there is none. A shell
// command (! or !*) that fails counts too, though GoNB gives it no error output.
func Failures(name string, n *Notebook) error {
	var errs []error
	for i, c := range n.cells {
		outputs := c.outputs()
		j := slices.IndexFunc(outputs, isError)
		if j < 0 {
			j = slices.IndexFunc(outputs, failedCommand)
		}
		if j >= 0 {
			errs = append(errs, fmt.Errorf("%s, cell %d failed: %s", name, i+1, failure(outputs[:j+1])))
		}
	}
	return errors.Join(errs...)
}

// failure says in words what the outputs up to an error tell. GoNB prints a
// panic to standard error and a failing %test to standard output, and shows the
// compiler's message as HTML before the error, which itself only names the
// command that failed: that message comes first.
func failure(outputs []output) string {
	last := len(outputs) - 1
	printed := streams(outputs)
	parts := []string{text(outputs[last]["evalue"]), printed["stdout"], ansi.ReplaceAllString(printed["stderr"], "")}
	for i, o := range outputs[:last] {
		data, _ := o["data"].(map[string]any)
		said := plain(text(data["text/html"]))
		m := compiled.FindStringSubmatch(said)
		if m != nil {
			parts = slices.Insert(parts, 0, "line "+m[1]+": "+m[2])
		}
		if m != nil || i == last-1 {
			parts = append(parts, said)
		}
	}
	var lines []string
	for _, line := range strings.Split(strings.Join(parts, "\n"), "\n") {
		if line = strings.TrimRight(line, " \t"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n\t")
}

func isError(o output) bool { return o["output_type"] == "error" }

// failedCommand reports whether the output is what GoNB prints when a shell
// command has failed.
func failedCommand(o output) bool { return status.MatchString(streams([]output{o})["stderr"]) }

var (
	status = regexp.MustCompile(`(?m)^(exit status \d+|signal: .*)$`)

	// compiled matches the line of a cell, and what the compiler says of it.
	compiled = regexp.MustCompile(`Cell\[\d+\]: Line (\d+) +\S*main\.go:\d+:\d+: *(.+)`)

	style = regexp.MustCompile(`(?s)<style>.*?</style>`)
	tag   = regexp.MustCompile(`<[^>]*>`)
	ansi  = regexp.MustCompile("\x1b\\[[0-9;]*m") // colours, as a terminal is told
)

// plain returns the text of a piece of HTML, each of its blocks on a line of its
// own.
func plain(s string) string {
	s = strings.ReplaceAll(s, "<div", "\n<div")
	return html.UnescapeString(tag.ReplaceAllString(style.ReplaceAllString(s, ""), ""))
}
