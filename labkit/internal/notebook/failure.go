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
		if says := c.Failure(); says != "" {
			errs = append(errs, fmt.Errorf("%s, cell %d failed: %s", name, i+1, says))
		}
	}
	return errors.Join(errs...)
}

// Failure says why the cell ended in an error, in lines of which the first says
// most, and "" if it did not. See [Failures].
func (c Cell) Failure() string {
	outputs := c.outputs()
	i := slices.IndexFunc(outputs, isError)
	if i < 0 {
		i = slices.IndexFunc(outputs, failedCommand)
	}
	if i < 0 {
		return ""
	}
	return failure(outputs[:i+1])
}

// CompileErrors returns what the compiler says of a cell that it refuses, each
// with the line of the cell: "line 2: undefined: bites".
func (c Cell) CompileErrors() []string {
	if !slices.ContainsFunc(c.outputs(), isError) {
		return nil
	}
	return compileErrors(plain(c.HTML()))
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
		refused := compileErrors(said)
		if len(refused) > 0 {
			parts = slices.Insert(parts, 0, refused[0])
		}
		if len(refused) > 0 || i == last-1 {
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

// compileErrors finds the compiler's messages in what the kernel shows.
func compileErrors(shown string) []string {
	var all []string
	for _, m := range compiled.FindAllStringSubmatch(shown, -1) {
		all = append(all, "line "+m[1]+": "+m[2])
	}
	return all
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
