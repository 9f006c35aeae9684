package repair

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

var assignments = []token.Token{token.ASSIGN, token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.QUO_ASSIGN}

func (f *finder) assignment(n *ast.AssignStmt) {
	if n.Tok != token.DEFINE && len(n.Lhs) == 1 {
		for _, op := range assignments {
			if op != n.Tok {
				f.replace(n, fmt.Sprintf("%s %s %s", f.textOf(n.Lhs[0]), op, f.textOf(n.Rhs[0])), rankOperator, "another operator than `%s` in %s", n.Tok, f.quoted(n))
			}
		}
	}
	for _, e := range n.Rhs {
		f.value(e)
	}
}

func (f *finder) condition(n *ast.IfStmt) {
	cond := f.textOf(n.Cond)
	f.replace(n.Cond, "!("+cond+")", rankOperator, "the opposite of the condition `%s`", cond)
	f.replace(n.Cond, cond+" || true", rankGuard, "without the condition `%s`", cond)
}

func (f *finder) branch(n *ast.BranchStmt) {
	switch n.Tok {
	case token.BREAK:
		f.replace(n, "continue", rankOther, "the loop goes on where now `break` ends it")
	case token.CONTINUE:
		f.replace(n, "break", rankOther, "the loop ends where now `continue` goes on with it")
	}
}

// rangeOver exchanges what range hands out.
func (f *finder) rangeOver(n *ast.RangeStmt) {
	f.value(n.X)
	if n.Tok != token.DEFINE || n.Key == nil {
		return
	}
	key := f.textOf(n.Key)
	switch {
	case n.Value == nil:
		f.replace(n.Key, "_, "+key, rankOther, "the elements of `%s`, not their numbers, in %s", f.textOf(n.X), f.quoted(n))
	case key == "_":
		value := f.textOf(n.Value)
		f.add(rankOther, fmt.Sprintf("the numbers of the elements of `%s`, not the elements, in %s", f.textOf(n.X), f.quoted(n)),
			edit{f.offset(n.Key.Pos()), f.offset(n.Value.End()), value})
	}
}

// loop moves statements out of a loop and into it.
func (f *finder) loop(n ast.Stmt, body *ast.BlockStmt) {
	end := f.offset(n.End())
	for _, s := range body.List {
		text := f.textOf(s)
		cut := edit{f.offset(s.Pos()), f.offset(s.End()), ""}
		f.add(rankMoved, f.quoted(s)+" before the loop, not in it", edit{f.offset(n.Pos()), f.offset(n.Pos()), text + "\n"}, cut)
		f.add(rankMoved, f.quoted(s)+" behind the loop, not in it", cut, edit{end, end, "\n" + text})
	}
}

// statements leaves each of them out, exchanges neighbours, and moves what stands
// beside a loop into it.
func (f *finder) statements(list []ast.Stmt) {
	for i, s := range list {
		if _, isBlock := s.(*ast.CaseClause); isBlock {
			return
		}
		cut := edit{f.offset(s.Pos()), f.offset(s.End()), ""}
		f.add(rankLess, "without "+f.quoted(s), cut)
		if i == 0 {
			continue
		}
		before := list[i-1]
		at := f.offset(before.Pos())
		f.add(rankMoved, fmt.Sprintf("%s and %s change places", f.quoted(before), f.quoted(s)), edit{at, at, f.textOf(s) + "\n"}, cut)
		if body := bodyOf(before); body != nil {
			into := f.offset(body.Rbrace)
			f.add(rankMoved, f.quoted(s)+" in the loop before it, not behind it", edit{into, into, "\n" + f.textOf(s) + "\n"}, cut)
		}
		if body := bodyOf(s); body != nil {
			into := f.offset(body.Lbrace) + 1
			f.add(rankMoved, f.quoted(before)+" in the loop behind it, not before it",
				edit{at, f.offset(before.End()), ""}, edit{into, into, "\n" + f.textOf(before) + "\n"})
		}
	}
}

// bodyOf returns the body of a loop, nil of anything else.
func bodyOf(s ast.Stmt) *ast.BlockStmt {
	switch s := s.(type) {
	case *ast.ForStmt:
		return s.Body
	case *ast.RangeStmt:
		return s.Body
	}
	return nil
}

// guards treats an input on its own at the beginning of a function, or sorts it.
func (f *finder) guards(decl *ast.FuncDecl) {
	at := f.offset(decl.Body.Lbrace) + 1
	insert := func(rank int, says, format string, args ...any) {
		f.add(rank, says, edit{at, at, fmt.Sprintf(format, args...) + ";"})
	}
	for _, field := range decl.Type.Params.List {
		for _, id := range field.Names {
			name := id.Name
			insert(rankWrapped, fmt.Sprintf("`%s` sorted at the beginning, in a copy", name), "%[1]s = slices_.Sorted(slices_.Values(%[1]s))", name)
			if decl.Type.Results == nil || len(decl.Type.Results.List) != 1 {
				continue
			}
			for _, when := range []struct{ condition, says string }{
				{"len(%s) == 0", "an empty `%s`"}, {"len(%s) == 1", "a single element in `%s`"},
				{"%s == 0", "0 for `%s`"}, {"%s == 1", "1 for `%s`"}, {"%s < 0", "what is below 0 for `%s`"},
			} {
				for _, result := range f.fixed(decl) {
					insert(rankGuard, fmt.Sprintf(when.says, name)+" has its own answer", "if "+when.condition+" { return %s }", name, result)
				}
			}
		}
	}
}

// fixed returns values that a function may give in a case of its own.
func (f *finder) fixed(decl *ast.FuncDecl) []string {
	switch t := f.textOf(decl.Type.Results.List[0].Type); {
	case t == "bool":
		return []string{"false", "true"}
	case t == "int" || t == "float64":
		return []string{"0", "1"}
	case strings.HasPrefix(t, "[]"):
		return []string{"nil"}
	}
	return nil
}
