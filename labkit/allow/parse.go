package allow

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"flowlab/labkit/flow"
)

// A List has rules in the order of their lines.
type List struct {
	File  string
	Rules []Rule
}

// mostFaults is how many faults of a list are told.
const mostFaults = 10

// Parse reads a list. An error holds a [flow.Fault] for each of the first ten
// lines that are wrong: file, line, column in bytes, what was expected there, and
// the word that was probably meant.
func Parse(file, text string) (*List, error) {
	list := &List{File: file}
	var faults []error
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		rule, err := parseLine(strings.TrimRight(line, "\r\n"))
		if err != nil {
			err.File, err.Line = file, number
			if faults = append(faults, err); len(faults) == mostFaults {
				break
			}
			continue
		}
		if rule != nil {
			rule.Line = number
			list.Rules = append(list.Rules, *rule)
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("labkit: allow.Parse: %w", errors.Join(faults...))
	}
	return list, nil
}

// A line is read word by word.
type line struct {
	text string
	at   int // what is read
	word int // where the last word begins
}

func (l *line) fault(at int, format string, values ...any) *flow.Fault {
	return &flow.Fault{Column: at + 1, Err: fmt.Errorf(format, values...)}
}

// parseLine returns the rule of a line, nil if it has none.
func parseLine(text string) (*Rule, *flow.Fault) {
	l := &line{text: text}
	if fault := l.unreadable(); fault != nil {
		return nil, fault
	}
	rule, named := &Rule{Port: AnyPort}, map[string]bool{}
	for {
		key := l.next()
		if key == "" {
			break
		}
		if fault := l.take(rule, key, named); fault != nil {
			return nil, fault
		}
	}
	rule.Reason = strings.TrimSpace(strings.TrimPrefix(l.text[l.at:], "#"))
	switch {
	case len(named) == 0:
		return nil, nil
	case rule.namesNothing():
		return nil, l.fault(0, "the rule covers every finding: want host, peer, port or kind")
	case rule.Reason == "":
		return nil, l.fault(len(strings.TrimRight(text, " \t#")), "no reason: want one behind #, as # backup server, asked by NN")
	}
	return rule, nil
}

// unreadable finds what steers a terminal or is no text: a person must see what a
// list says.
func (l *line) unreadable() *flow.Fault {
	for at, r := range l.text {
		wide := utf8.RuneLen(r)
		if r == utf8.RuneError {
			wide = 1
		}
		if c := l.text[at : at+wide]; r != '\t' && flow.Printable(c) != c {
			return l.fault(at, "%s is no character that one sees: want text", strconv.QuoteToASCII(c))
		}
	}
	return nil
}

// next returns the next word, "" at the end of the line or before its reason.
func (l *line) next() string {
	rest := strings.TrimLeft(l.text[l.at:], " \t")
	l.word = len(l.text) - len(rest)
	end := strings.IndexAny(rest, " \t#")
	if quoted, err := strconv.QuotedPrefix(rest); err == nil && rest[0] == '"' {
		end = len(quoted)
	}
	if end < 0 {
		end = len(rest)
	}
	l.at = l.word + end
	return rest[:end]
}

// take sets what a key says.
func (l *line) take(r *Rule, key string, named map[string]bool) *flow.Fault {
	at := l.word
	setter, ok := setters[key]
	switch {
	case !ok:
		return l.fault(at, "%s is no word of a rule: want %s, or # and the reason%s", quoted(key), strings.Join(keys, ", "), meant(key, keys))
	case named[key]:
		return l.fault(at, "%s is there twice: want it once", key)
	}
	named[key] = true
	value := l.next()
	if value == "" {
		return l.fault(l.word, "nothing behind %s: %s", key, setter.want)
	}
	if err := setter.set(r, value); err != nil {
		return l.fault(l.word, "%w", err)
	}
	return nil
}
