package allow

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"flowlab/labkit/triage"
)

// Set sets what a word of a rule says: host, peer, port, kind or until.
func (r *Rule) Set(word, value string) error {
	setter, ok := setters[word]
	switch {
	case !ok:
		return fmt.Errorf("labkit: allow.Rule.Set: %s is no word of a rule: want %s", quoted(word), strings.Join(keys, ", "))
	case value == "":
		return fmt.Errorf("labkit: allow.Rule.Set: nothing behind %s: %s", word, setter.want)
	}
	if err := setter.set(r, value); err != nil {
		return fmt.Errorf("labkit: allow.Rule.Set: %w", err)
	}
	return nil
}

// setters say what each word of a rule is followed by.
var setters = map[string]struct {
	want string
	set  func(r *Rule, value string) error
}{
	"host":  {wantEnd, func(r *Rule, value string) (err error) { r.Host, err = parseEnd(value); return err }},
	"peer":  {wantEnd, func(r *Rule, value string) (err error) { r.Peer, err = parseEnd(value); return err }},
	"port":  {wantPort, func(r *Rule, value string) (err error) { r.Port, err = parsePort(value); return err }},
	"kind":  {"want " + strings.Join(Kinds(), ", "), func(r *Rule, value string) (err error) { r.Kind, err = parseKind(value); return err }},
	"until": {wantDay, func(r *Rule, value string) (err error) { r.Until, err = parseDay(value); return err }},
}

var keys = []string{"host", "peer", "port", "kind", "until"}

const (
	wantPort = "want a number from 0 to 65535"
	wantDay  = "want the last day, as 2026-12-31"
)

func parsePort(word string) (int, error) {
	port, err := strconv.ParseUint(word, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%s is no port: %s", quoted(word), wantPort)
	}
	return int(port), nil
}

// parseDay reads the last day of a rule.
func parseDay(word string) (time.Time, error) {
	at, err := time.Parse(day, word)
	if err != nil {
		return at, fmt.Errorf("%s is no day: %s", quoted(word), wantDay)
	}
	return at, nil
}

func parseKind(word string) (string, error) {
	for _, k := range Kinds() {
		if k == word {
			return word, nil
		}
	}
	return "", fmt.Errorf("%s is no kind of finding: want %s%s", quoted(word), strings.Join(Kinds(), ", "), meant(word, Kinds()))
}

// kinds returns the families of kinds, and the kinds.
func Kinds() []string {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, k := range triage.Kinds() {
		add(k.Family())
	}
	for _, k := range triage.Kinds() {
		add(string(k))
	}
	return names
}

// longestQuoted keeps an error short.
const longestQuoted = 40

func quoted(word string) string {
	if len(word) > longestQuoted {
		word = strings.ToValidUTF8(word[:longestQuoted], "") + "…"
	}
	return strconv.Quote(word)
}

// meant names the word that is nearest, if it is near.
func meant(word string, words []string) string {
	nearest, least := "", 3
	if len(word) <= longestQuoted {
		for _, w := range words {
			if d := levenshtein.ComputeDistance(strings.ToLower(word), w); d < least {
				nearest, least = w, d
			}
		}
	}
	if nearest == "" {
		return ""
	}
	return "; did you mean " + nearest + "?"
}
