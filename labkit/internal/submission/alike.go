package submission

import (
	"cmp"
	"fmt"
	"go/scanner"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// An Alike is an exercise to which several students have the same answer, but
// for names, comments and layout.
type Alike struct {
	Exercise string
	Students []string
}

// leastTokens is how long an answer must be to tell anything: there is hardly
// more than one way to write a shorter one.
const leastTokens = 45

// FindAlike returns the answers that are alike, by exercise.
func FindAlike(results []Result) []Alike {
	type key struct{ exercise, shape string }
	by := map[key]map[string]bool{}
	for _, r := range results {
		for _, m := range r.Marks {
			shape, tokens := shapeOf(m.Answer)
			if tokens < leastTokens || r.Student == "" {
				continue
			}
			k := key{m.Exercise.ID, shape}
			if by[k] == nil {
				by[k] = map[string]bool{}
			}
			by[k][r.Student] = true
		}
	}
	var all []Alike
	for k, students := range by {
		if len(students) > 1 {
			all = append(all, Alike{k.exercise, slices.Sorted(maps.Keys(students))})
		}
	}
	slices.SortFunc(all, func(a, b Alike) int {
		return cmp.Or(strings.Compare(a.Exercise, b.Exercise), slices.Compare(a.Students, b.Students))
	})
	return all
}

// shapeOf writes a piece of Go without its comments, and with numbers in the
// order of appearance for its identifiers. It returns how many tokens it has.
func shapeOf(source string) (shape string, tokens int) {
	source = strings.ReplaceAll(source, "%%", "")
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(source)), []byte(source), nil, 0)
	names := map[string]int{}
	var b strings.Builder
	for {
		_, kind, literal := s.Scan()
		switch {
		case kind == token.EOF:
			return b.String(), tokens
		case kind == token.IDENT:
			if _, known := names[literal]; !known {
				names[literal] = len(names)
			}
			fmt.Fprintf(&b, "#%d ", names[literal])
		case kind == token.SEMICOLON: // of the layout, too
			continue
		case kind.IsLiteral():
			b.WriteString(literal + " ")
		default:
			b.WriteString(kind.String() + " ")
		}
		tokens++
	}
}
