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
// compiler's message as HTML just before the error, which itself only names the
// command that failed.
func failure(outputs []output) string {
	last := len(outputs) - 1
	printed := streams(outputs)
	parts := []string{text(outputs[last]["evalue"]), printed["stdout"], ansi.ReplaceAllString(printed["stderr"], "")}
	if last > 0 {
		data, _ := outputs[last-1]["data"].(map[string]any)
		parts = append(parts, plain(text(data["text/html"])))
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

	style = regexp.MustCompile(`(?s)<style>.*?</style>`)
	tag   = regexp.MustCompile(`<[^>]*>`)
	ansi  = regexp.MustCompile("\x1b\\[[0-9;]*m") // as a terminal is told
)

// plain returns the text of a piece of HTML.
func plain(s string) string {
	return html.UnescapeString(tag.ReplaceAllString(style.ReplaceAllString(s, ""), ""))
}
