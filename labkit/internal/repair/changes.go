package repair

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// A change is one that could make a function right.
type change struct {
	edits []edit
	says  string // completes "One change makes every case right: "
	rank  int    // of changes that do, the one with the lowest rank is named
}

// Ranks, from what says most about a mistake: a part that does harm is surely one,
// while something that is added may undo another mistake.
const (
	rankLess     = iota // something is left out
	rankOperator        // another operator
	rankNumber          // another number
	rankNear            // one more or less
	rankOther           // another variable, function or element
	rankMoved           // something stands elsewhere, or a variable in place of a number, or a length
	rankWrapped         // something is done to a value
	rankGuard           // an input is treated on its own, or no longer
)

// A finder gathers the changes of a function.
type finder struct {
	*source
	names   []string // variables and parameters of the function at hand
	changes []change
}

// changes returns what may be tried.
func (s *source) changes() []change {
	f := finder{source: s}
	for _, decl := range s.reachable {
		f.names = namesOf(decl)
		f.guards(decl)
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			f.at(n)
			return true
		})
	}
	slices.SortStableFunc(f.changes, func(a, b change) int { return a.rank - b.rank })
	return f.changes
}

// at gathers the changes at one node.
func (f *finder) at(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT || n.Op == token.SUB {
			f.replace(n, f.textOf(n.X), rankLess, "`%s` without the `%s`", f.textOf(n), n.Op)
		}
	case *ast.IndexExpr:
		f.index(n)
	case *ast.SliceExpr:
		f.slice(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.AssignStmt:
		f.assignment(n)
	case *ast.IncDecStmt:
		f.replace(n, f.textOf(n.X)+map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok], rankOperator, "the opposite of %s", f.quoted(n))
	case *ast.ReturnStmt:
		for _, r := range n.Results {
			f.value(r)
		}
	case *ast.IfStmt:
		f.condition(n)
	case *ast.RangeStmt:
		f.rangeOver(n)
		f.loop(n, n.Body)
	case *ast.ForStmt:
		f.loop(n, n.Body)
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.BranchStmt:
		f.branch(n)
	}
}

// replace adds the change of a node into another text.
func (f *finder) replace(n ast.Node, text string, rank int, format string, args ...any) {
	f.add(rank, fmt.Sprintf(format, args...), edit{f.offset(n.Pos()), f.offset(n.End()), text})
}

func (f *finder) add(rank int, says string, edits ...edit) {
	f.changes = append(f.changes, change{edits, says, rank})
}

// namesOf returns the parameters of a function and the variables that it declares.
func namesOf(f *ast.FuncDecl) (names []string) {
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && id.Name != "_" && !slices.Contains(names, id.Name) {
			names = append(names, id.Name)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, id := range n.Names {
				add(id)
			}
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				add(e)
			}
		case *ast.RangeStmt:
			add(n.Key)
			add(n.Value)
		case *ast.ValueSpec:
			for _, id := range n.Names {
				add(id)
			}
		}
		return true
	})
	return names
}
