package repair

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
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
	uses      []edit          // what uses each variable, so that a change may leave it unused
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
	if other := s.reachesOut(); other != "" {
		return nil, fmt.Errorf("%s uses %s: a change might do harm", function, other)
	}
	for _, f := range s.reachable {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			s.use(n)
			return true
		})
	}
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

// unread returns the first parameter of the function that its body does not
// mention, "" if there is none.
func (s *source) unread() string {
	f := s.reachable[0]
	for _, field := range f.Type.Params.List {
		for _, id := range field.Names {
			read := false
			ast.Inspect(f.Body, func(n ast.Node) bool {
				other, ok := n.(*ast.Ident)
				read = read || ok && other.Name == id.Name
				return !read
			})
			if !read {
				return id.Name
			}
		}
	}
	return ""
}

// use notes what uses the variables that a statement declares.
func (s *source) use(n ast.Node) {
	using := func(at token.Pos, declared ...ast.Expr) {
		for _, e := range declared {
			if id, ok := e.(*ast.Ident); ok && id.Name != "_" {
				s.uses = append(s.uses, edit{s.offset(at), s.offset(at), "; _ = " + id.Name + "; "})
			}
		}
	}
	switch n := n.(type) {
	case *ast.BlockStmt:
		for _, statement := range n.List {
			if a, ok := statement.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
				using(a.End(), a.Lhs...)
			}
		}
	case *ast.RangeStmt:
		if n.Tok == token.DEFINE {
			using(n.Body.Lbrace+1, n.Key, n.Value)
		}
	case *ast.ForStmt:
		if a, ok := n.Init.(*ast.AssignStmt); ok {
			using(n.Body.Lbrace+1, a.Lhs...)
		}
	}
}

// harmless are the packages, each with what lies below, that a function may use
// which is changed and tried: they compute, and touch nothing outside.
var harmless = []string{
	"cmp", "container", "errors", "fmt", "maps", "math", "slices", "sort", "strconv", "strings", "time", "unicode",
	"flowlab/labkit", "github.com/go-gota/gota", "gonum.org/v1/gonum",
}

// reachesOut returns a package that the functions use and that is not harmless, ""
// if there is none.
func (s *source) reachesOut() (found string) {
	other := map[string]string{}
	for _, spec := range s.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if slices.ContainsFunc(harmless, func(h string) bool { return path == h || strings.HasPrefix(path, h+"/") }) {
			continue
		}
		name := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		other[name] = path
	}
	for _, f := range s.reachable {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := selector.X.(*ast.Ident); ok && other[x.Name] != "" {
					found = other[x.Name]
				}
			}
			return true
		})
	}
	return found
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
	edits := slices.Concat(c.edits, slices.DeleteFunc(slices.Clone(s.uses), func(use edit) bool {
		return slices.ContainsFunc(c.edits, func(e edit) bool { return e.from < use.from && use.from <= e.to })
	}))
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	for _, f := range s.reachable {
		begin, end := s.offset(f.Pos()), s.offset(f.End())
		at := begin
		for _, e := range edits {
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
