package allow

import (
	"errors"
	"fmt"
	"strings"

	"flowlab/labkit/flow"
)

// A Change says what [Add] did.
type Change string

// What Add can do.
const (
	Added    Change = "added"
	Replaced Change = "replaced" // the reason and the last day of a rule
	Kept     Change = "kept"     // the rule was there already
)

// header begins a list that Add makes.
const header = "# Findings not to show: see lab allow --help.\n"

// Add returns the text of a list with one more rule, at its end, and the line of
// it. A rule that names the same findings gets the new reason and last day instead,
// and all else stays as it was. Errors are those of [Parse], of a rule that covers
// everything, and of a reason that is not one line of text.
func Add(file, text string, r Rule) (with string, line int, done Change, err error) {
	list, err := Parse(file, text)
	if err != nil {
		return "", 0, "", err
	}
	if err := r.check(); err != nil {
		return "", 0, "", fmt.Errorf("labkit: allow.Add: %w", err)
	}
	lines := strings.SplitAfter(text, "\n")
	for i := range list.Rules {
		old := &list.Rules[i]
		if !old.sameAs(&r) {
			continue
		}
		if old.Reason == r.Reason && old.Until.Equal(r.Until) {
			return text, old.Line, Kept, nil
		}
		was := &lines[old.Line-1]
		*was = r.String() + (*was)[len(strings.TrimRight(*was, "\r\n")):]
		return strings.Join(lines, ""), old.Line, Replaced, nil
	}
	switch {
	case text == "":
		text = header
	case !strings.HasSuffix(text, "\n"):
		text += "\n"
	}
	return text + r.String() + "\n", strings.Count(text, "\n") + 1, Added, nil
}

// check returns an error if the rule could not be read again.
func (r *Rule) check() error {
	if r.namesNothing() {
		return errors.New("the rule covers every finding: want a host, a peer, a port or a kind")
	}
	if r.Reason == "" || r.Reason != strings.TrimSpace(r.Reason) || flow.Printable(r.Reason) != r.Reason {
		return fmt.Errorf("the reason is %s: want a line of text", quoted(r.Reason))
	}
	if r.Port < AnyPort || r.Port > 1<<16-1 {
		return fmt.Errorf("port %d: %s", r.Port, wantPort)
	}
	if _, err := parseKind(r.Kind); r.Kind != "" && err != nil {
		return err
	}
	return nil
}
