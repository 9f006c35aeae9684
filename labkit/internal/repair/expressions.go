package repair

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

var (
	comparisons = []token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ}
	arithmetic  = []token.Token{token.ADD, token.SUB, token.MUL, token.QUO, token.REM}
	logical     = []token.Token{token.LAND, token.LOR}
)

func (f *finder) binary(n *ast.BinaryExpr) {
	x, y := f.textOf(n.X), f.textOf(n.Y)
	for _, set := range [][]token.Token{comparisons, arithmetic, logical} {
		for _, op := range set {
			if slices.Contains(set, n.Op) && op != n.Op {
				f.replace(n, fmt.Sprintf("%s %s %s", x, op, y), rankOperator, otherOperator(n.Op, op), n.Op, f.quoted(n))
			}
		}
	}
	if n.Op == token.MUL && x == y {
		f.replace(n, "math_.Abs("+x+")", rankOther, "the absolute value of `%s` in place of its square", x)
	}
	f.operands(n, x, y)
	f.value(n.X)
	f.value(n.Y)
}

// otherOperator is the format that says that one operator should be another.
func otherOperator(is, wanted token.Token) string {
	strict := map[token.Token]token.Token{token.LEQ: token.LSS, token.GEQ: token.GTR}
	switch {
	case strict[wanted] == is:
		return "%[2]s is true where both sides are equal, too"
	case strict[is] == wanted:
		return "%[2]s is not true where both sides are equal"
	case slices.Contains(comparisons, is):
		return "another comparison than `%s` in %s"
	}
	return "another operator than `%s` in %s"
}

// operands leaves one of two operands out, exchanges them, and takes them together
// with those of the next operation in another order.
func (f *finder) operands(n *ast.BinaryExpr, x, y string) {
	if !slices.Contains(comparisons, n.Op) {
		f.replace(n, x, rankLess, "without `%s %s` in %s", n.Op, y, f.quoted(n))
		f.replace(n, y, rankLess, "without `%s %s` in %s", x, n.Op, f.quoted(n))
	}
	if n.Op == token.SUB || n.Op == token.QUO || n.Op == token.REM {
		f.replace(n, fmt.Sprintf("%s %s %s", y, n.Op, x), rankOperator, "`%s` and `%s` change places in %s", x, y, f.quoted(n))
	}
	if n.Op == token.ADD {
		f.replace(n, fmt.Sprintf("%s + \"\\x00\" + %s", x, y), rankWrapped, "something between `%s` and `%s` that keeps them apart", x, y)
	}
	regroup := func(text string) {
		f.replace(n, text, rankMoved, "other brackets in %s", f.quoted(n))
	}
	if b, ok := n.Y.(*ast.BinaryExpr); ok {
		regroup(fmt.Sprintf("(%s %s %s) %s %s", x, n.Op, f.textOf(b.X), b.Op, f.textOf(b.Y)))
	}
	if b, ok := n.X.(*ast.BinaryExpr); ok {
		regroup(fmt.Sprintf("%s %s (%s %s %s)", f.textOf(b.X), b.Op, f.textOf(b.Y), n.Op, y))
	}
	if p, ok := n.X.(*ast.ParenExpr); ok {
		regroup(fmt.Sprintf("%s %s %s", f.textOf(p.X), n.Op, y))
	}
	if p, ok := n.Y.(*ast.ParenExpr); ok {
		regroup(fmt.Sprintf("%s %s %s", x, n.Op, f.textOf(p.X)))
	}
}

// wrapped is what may be missing around a value.
var wrapped = []struct{ format, says string }{
	{"-(%s)", "the opposite sign of `%s`"}, {"1 - (%s)", "1 minus `%s`"}, {"1.0 / (%s)", "1 divided by `%s`"}, {"!(%s)", "the opposite of `%s`"},
	{"2 * (%s)", "twice `%s`"}, {"(%s) / 2", "half of `%s`"}, {"100 * (%s)", "100 times `%s`"}, {"(%s) / 100", "a hundredth of `%s`"},
	{"math_.Abs(%s)", "the absolute value of `%s`"}, {"math_.Sqrt(%s)", "the square root of `%s`"}, {"square_(%s)", "the square of `%s`"},
	{"math_.Log(%s)", "the logarithm of `%s`"}, {"math_.Log1p(%s)", "the logarithm of 1 plus `%s`"}, {"math_.Exp(%s)", "e to the power of `%s`"},
	{"math_.Floor(%s)", "the next whole number below `%s`"}, {"math_.Ceil(%s)", "the next whole number above `%s`"},
	{"max(%s, 0)", "`%s` never below 0"}, {"min(%s, 1)", "`%s` never above 1"}, {"max(%s, 1)", "`%s` never below 1"},
	{"finite_(%s)", "0 where `%s` is not a number"},
	{"float64(%s)", "`%s` converted to float64"},
	{"slices_.Sorted(slices_.Values(%s))", "a sorted copy of `%s`"}, {"reversed_(%s)", "the elements of `%s` in the other order"},
	{"%[1]s[1:]", "all but the first element of `%s`"}, {"%[1]s[:len(%[1]s)-1]", "all but the last element of `%s`"},
}

// value gathers what may stand in place of a value: something done to it, another
// variable, another number.
func (f *finder) value(e ast.Expr) {
	if p, ok := e.(*ast.ParenExpr); ok {
		e = p.X
	}
	text := f.textOf(e)
	id, isName := e.(*ast.Ident)
	literal, isNumber := e.(*ast.BasicLit)
	switch {
	case isNumber:
		f.number(literal)
		f.other(e, text, rankMoved)
	case isName && (id.Name == "true" || id.Name == "false"):
		f.replace(e, strconv.FormatBool(id.Name == "false"), rankOther, "the opposite of `%s`", text)
		return
	case isName && id.Name == "nil":
		return
	case isName:
		for _, n := range []string{"0", "1", "2"} {
			f.replace(e, n, rankOther, "a fixed number in place of `%s`", text)
		}
	}
	if isNumber {
		return
	}
	if isName {
		f.other(e, text, rankOther)
	}
	f.replace(e, "("+text+" + 1)", rankNear, "one more than `%s`", text)
	f.replace(e, "("+text+" - 1)", rankNear, "one less than `%s`", text)
	for _, w := range wrapped {
		f.replace(e, "("+fmt.Sprintf(w.format, text)+")", rankWrapped, w.says, text)
	}
}

// other puts each other variable in place of a value, or how many elements it has.
func (f *finder) other(e ast.Expr, text string, rank int) {
	for _, name := range f.names {
		if name != text {
			f.replace(e, name, rank, "something else in place of `%s`, such as `%s`", text, name)
		}
		f.replace(e, name+"[0]", rankMoved, "something else in place of `%s`, such as the first element of `%s`", text, name)
		for _, format := range []string{"len(%s)", "float64(len(%s))"} {
			f.replace(e, fmt.Sprintf(format, name), rankMoved, "something else in place of `%s`, such as how many elements `%s` has", text, name)
		}
	}
}

// numbers are tried in place of others.
var numbers = []string{"0", "1", "2", "3", "0.5", "5", "10", "24", "25", "50", "60", "75", "90", "95", "99", "100", "1000", "3600", "86400", "1.4826", "1e-4", "1e-6"}

func (f *finder) number(n *ast.BasicLit) {
	if n.Kind != token.INT && n.Kind != token.FLOAT {
		return
	}
	near := []string{n.Value + "+1", n.Value + "-1"}
	for _, value := range slices.Concat(near, numbers) {
		if value != n.Value {
			f.replace(n, "("+value+")", rankNumber, "another number in place of `%s`", n.Value)
		}
	}
}

func (f *finder) index(n *ast.IndexExpr) {
	x, i := f.textOf(n.X), f.textOf(n.Index)
	for _, other := range []struct{ at, says string }{
		{i + "-1", "the element before"}, {i + "+1", "the element behind"}, {"0", "the first element in place of"},
		{"len(" + x + ")-1", "the last element in place of"}, {"len(" + x + ")-1-" + i, "the element as far from the end in place of"},
	} {
		f.replace(n, x+"["+other.at+"]", rankOther, "%s %s", other.says, f.quoted(n))
	}
	f.value(n.Index)
}

func (f *finder) slice(n *ast.SliceExpr) {
	x := f.textOf(n.X)
	f.replace(n, x, rankLess, "all of `%s` in place of %s", x, f.quoted(n))
	part := func(low, high string) {
		f.replace(n, x+"["+low+":"+high+"]", rankOther, "another part than %s", f.quoted(n))
	}
	var low, high string
	if n.Low != nil {
		low = f.textOf(n.Low)
		f.value(n.Low)
	}
	if n.High != nil {
		high = f.textOf(n.High)
		f.value(n.High)
	}
	part(high, low)
	for _, by := range []string{"-1", "+1"} {
		if low != "" {
			part(low+by, high)
		}
		if high != "" {
			part(low, high+by)
		}
	}
}

// alike are functions that are taken for one another.
var alike = [][]string{
	{"math.Log", "math.Log2", "math.Log10", "math.Log1p"}, {"math.Floor", "math.Ceil", "math.Round", "math.Trunc"},
	{"math.Sin", "math.Cos"}, {"math.Exp", "math.Exp2", "math.Expm1"}, {"math.Max", "math.Min"}, {"min", "max"},
	{"slices.Min", "slices.Max"}, {"strings.HasPrefix", "strings.HasSuffix", "strings.Contains"},
}

func (f *finder) call(n *ast.CallExpr) {
	function := f.textOf(n.Fun)
	for _, set := range alike {
		for _, other := range set {
			if other != function && slices.Contains(set, function) {
				f.replace(n.Fun, strings.Replace(other, "math.", "math_.", 1), rankOther, "another function than `%s` in %s", function, f.quoted(n))
			}
		}
	}
	if len(n.Args) == 1 {
		f.replace(n, "("+f.textOf(n.Args[0])+")", rankLess, "without `%s` around `%s`", function, f.textOf(n.Args[0]))
		if b, ok := n.Args[0].(*ast.BinaryExpr); ok { // float64(a / b)
			each := fmt.Sprintf("(%[1]s(%[2]s) %[3]s %[1]s(%[4]s))", function, f.textOf(b.X), b.Op, f.textOf(b.Y))
			f.replace(n, each, rankMoved, "`%s` around each side of `%s`, not around the whole", function, f.textOf(b))
		}
	}
	if len(n.Args) == 2 {
		f.replace(n, fmt.Sprintf("%s(%s, %s)", function, f.textOf(n.Args[1]), f.textOf(n.Args[0])), rankOther, "the arguments of %s change places", f.quoted(n))
	}
	if function == "make" && len(n.Args) == 2 {
		f.replace(n.Args[1], "0", rankOther, "0 for the length in %s: append adds behind what is there", f.quoted(n))
	}
	for _, a := range n.Args {
		f.value(a)
	}
}
