package repair

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
)

// A source is the file of a program, and what of it is changed.
type source struct {
	text      string
	fset      *token.FileSet
	file      *ast.File
	function  string
	check     string          // what main calls with the function
	reachable []*ast.FuncDecl // the function, and those that it calls
}

// newSource reads the file of a program that hands a function over in its main.
func newSource(path, function string) (*source, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &source{text: string(data), fset: token.NewFileSet(), function: function}
	if s.file, err = parser.ParseFile(s.fset, path, data, parser.SkipObjectResolution); err != nil {
		return nil, err
	}
	declared := map[string]*ast.FuncDecl{}
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Body != nil {
			declared[f.Name.Name] = f
		}
	}
	if declared["main"] == nil || declared[function] == nil {
		return nil, fmt.Errorf("%s declares no main or no %s", path, function)
	}
	s.check = s.calledWith(declared["main"])
	if s.check == "" {
		return nil, fmt.Errorf("main calls nothing with %s", function)
	}
	s.reach(declared, function)
	return s, nil
}

// calledWith returns the function that main calls with the wrong function alone.
func (s *source) calledWith(main *ast.FuncDecl) (called string) {
	ast.Inspect(main, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 && s.textOf(call.Args[0]) == s.function {
			called = s.textOf(call.Fun)
		}
		return true
	})
	return called
}

// reach notes a function and all those of the file that it calls.
func (s *source) reach(declared map[string]*ast.FuncDecl, function string) {
	f := declared[function]
	s.reachable = append(s.reachable, f)
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && declared[id.Name] != nil && !slices.Contains(s.reachable, declared[id.Name]) {
			s.reach(declared, id.Name)
		}
		return true
	})
}

func (s *source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

func (s *source) textOf(n ast.Node) string { return s.text[s.offset(n.Pos()):s.offset(n.End())] }

// quoted returns the first line of a node's text in backquotes.
func (s *source) quoted(n ast.Node) string {
	text, _, more := strings.Cut(s.textOf(n), "\n")
	text = strings.TrimSpace(text)
	if more {
		text = strings.TrimSuffix(text, "{") + "…"
	}
	return "`" + text + "`"
}

// An edit replaces a part of the text.
type edit struct {
	from, to int
	text     string
}

// with returns the reachable functions with a change, under names that end in
// suffix.
func (s *source) with(c change, suffix string) string {
	var b strings.Builder
	for _, f := range s.reachable {
		begin, end := s.offset(f.Pos()), s.offset(f.End())
		at := begin
		for _, e := range c.edits {
			if begin <= e.from && e.to <= end {
				b.WriteString(s.text[at:e.from] + e.text)
				at = e.to
			}
		}
		b.WriteString(s.text[at:end] + "\n")
	}
	text := b.String()
	for _, f := range s.reachable {
		name := regexp.MustCompile(`(^|[^.\w])` + f.Name.Name + `\b`)
		text = name.ReplaceAllString(text, "${1}"+f.Name.Name+suffix)
	}
	return text
}
