package where

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Error says where in a condition something is wrong.
type Error struct {
	Column int // in characters, from 1
	Err    error
}

// Error returns the column and what is wrong.
func (e *Error) Error() string { return fmt.Sprintf("column %d: %v", e.Column, e.Err) }

// Unwrap returns what is wrong, without the column.
func (e *Error) Unwrap() error { return e.Err }

// longest keeps what is parsed by recursion from filling the stack.
const longest = 10_000

type kind int

const (
	end kind = iota
	name
	number
	text
	sign // an operator, a parenthesis or a comma
)

type token struct {
	kind   kind
	text   string // of a text: what it stands for
	column int
}

// String returns the token for an error.
func (t token) String() string {
	switch t.kind {
	case end:
		return "the end"
	case text:
		return strconv.Quote(t.text)
	}
	return t.text
}

// tokenPattern has a group for each kind of token, in the order of the kinds.
var tokenPattern = regexp.MustCompile(`^(?:([\pL_][\pL\pN_]*)|([0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)|("(?:[^"\\]|\\.)*"|'[^']*')|([=!<>]=|&&|\|\||[<>!(),]))`)

// tokens takes a condition apart.
func tokens(condition string) ([]token, error) {
	if len(condition) > longest {
		return nil, &Error{longest, fmt.Errorf("a condition of %d bytes: want at most %d", len(condition), longest)}
	}
	var found []token
	for rest := condition; ; {
		rest = strings.TrimLeft(rest, " \t\r\n")
		column := 1 + utf8.RuneCountInString(condition[:len(condition)-len(rest)])
		if rest == "" {
			return append(found, token{end, "", column}), nil
		}
		t, length, err := first(rest)
		if err != nil {
			return nil, &Error{column, err}
		}
		t.column = column
		found = append(found, t)
		rest = rest[length:]
	}
}

// first returns the token that a text begins with, and how long it is there.
func first(rest string) (token, int, error) {
	groups := tokenPattern.FindStringSubmatch(rest)
	if groups == nil {
		return token{}, 0, strayed(rest)
	}
	whole := groups[0]
	k := name
	for groups[k] == "" {
		k++
	}
	if k != text {
		return token{kind: k, text: whole}, len(whole), nil
	}
	if whole[0] == '\'' {
		return token{kind: text, text: whole[1 : len(whole)-1]}, len(whole), nil
	}
	unquoted, err := strconv.Unquote(whole)
	if err != nil {
		return token{}, 0, fmt.Errorf("%s has an escape that Go does not know: want \\\" or \\\\", strconv.Quote(whole))
	}
	return token{kind: text, text: unquoted}, len(whole), nil
}

// strayed says what is wrong with a text that begins with no token.
func strayed(rest string) error {
	wants := map[byte]string{'=': "want ==", '&': "want &&", '|': "want ||", '"': "want the quote that ends it", '\'': "want the quote that ends it"}
	r, _ := utf8.DecodeRuneInString(rest)
	return fmt.Errorf("%q: %s", r, cmp.Or(wants[rest[0]], "want a field, an operator or a value"))
}
