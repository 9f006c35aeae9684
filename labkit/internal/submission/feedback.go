package submission

import (
	"fmt"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/terminal"
)

// feedback is what a student is told, in Markdown: each answer, and what the check
// said. What the student has written, and named, is text in it and no markup.
func feedback(student string, results []Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", unmarked(student))
	for _, r := range results {
		if r.Student == student {
			r.tell(&b)
		}
	}
	return b.String()
}

// tell writes what is said of one notebook.
func (r Result) tell(b *strings.Builder) {
	name := r.Name
	if filepath.IsAbs(name) { // where it lies on the teacher's machine is nobody's matter
		name = filepath.Base(name)
	}
	fmt.Fprintf(b, "\n## %s\n", unmarked(name))
	if len(r.Marks) > 0 {
		fmt.Fprintf(b, "\n%s\n", r.counted())
	}
	for _, says := range []string{r.Fault, r.Failures, r.Note} {
		b.WriteString(code(says))
	}
	for _, m := range r.Marks {
		fmt.Fprintf(b, "\n### %s (%s): %s\n", m.Exercise.Title, m.Exercise.ID, r.name(m))
		b.WriteString(code(m.Answer))
		switch {
		case m.Said != "":
			fmt.Fprintf(b, "\nThe check says:\n%s", code(m.Said))
		case r.Fault != "":
		case len(m.Refused) > 0:
			fmt.Fprintf(b, "\nThe compiler says:\n%s", code(strings.Join(m.Refused, "\n")))
		case m.Answer == "":
			b.WriteString("\nThe cell of this exercise is not in the notebook.\n")
		case !m.Called:
			b.WriteString("\nThe line that calls the check, below the %%, is not in the notebook.\n")
		default:
			b.WriteString("\nThe cell ended before its check.\n" + code(m.Failure))
		}
	}
}

// counted says how many exercises are passed.
func (r Result) counted() string {
	passed, all := r.countPassed(), len(r.Marks)
	be := plural.Be(passed)
	if all == 1 {
		be = plural.Be(1)
	}
	return fmt.Sprintf("%d of %s %s passed.", passed, plural.Of(all, "exercise"), be)
}

// unmarked writes what is not to be taken for Markdown's or HTML's marks.
func unmarked(s string) string {
	var b strings.Builder
	for _, r := range terminal.Printable(s) {
		if strings.ContainsRune("\\`*[]<>&#!|~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code makes a paragraph of lines that Markdown shows as they are: nothing in them
// is taken for markup. Tabs stay, and a last line that is empty is left out.
func code(s string) string {
	if s = strings.TrimRight(s, "\r\n"); s == "" {
		return ""
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		parts := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		for i, part := range parts {
			parts[i] = terminal.Printable(part)
		}
		b.WriteString("\n    " + strings.Join(parts, "\t"))
	}
	return b.String() + "\n"
}
