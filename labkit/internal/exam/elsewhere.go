package exam

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
)

// A kernel keeps what a cell declared, also when it is renamed or deleted there,
// so that a check may be handed a function that the learner no longer sees. The
// program of a cell does not tell which of its declarations stand in the cell; so
// the course's kernel leaves the text of the cell in its folder.

const (
	kernelFolder = "GONB_TMP_DIR" // the environment variable that names that folder

	// CellName is the file in that folder with the cell that runs. GoNB as it is
	// writes none: then nothing is said.
	CellName = "flowlab-cell.txt"
)

// elsewhere says that the answer is not declared in the cell that runs, and
// returns "" if it is or if that cannot be known.
func elsewhere(answer any) string {
	folder := os.Getenv(kernelFolder)
	if folder == "" || reflect.ValueOf(answer).Kind() != reflect.Func {
		return ""
	}
	cell, err := os.ReadFile(filepath.Join(folder, CellName))
	if err != nil {
		return ""
	}
	return missing(string(cell), name(answer), reflect.TypeOf(answer).String())
}

// missing says that a function is not declared in a cell, and which other one of
// its type is.
func missing(cell, function, kind string) string {
	if !token.IsIdentifier(function) { // a function literal, which has no name
		return ""
	}
	declared, err := declarations(cell)
	if _, found := declared[function]; found || err != nil {
		return ""
	}
	says := fmt.Sprintf("`%[1]s` is not in this cell: what was checked is the function of that name that was declared before. It lives on until `%%rm %[1]s`, or until the kernel restarts.", function)
	var others []string
	for other, its := range declared {
		if its == kind {
			others = append(others, other)
		}
	}
	if len(others) == 1 {
		says += fmt.Sprintf(" If `%s` is your answer, give it the name %s again.", others[0], function)
	}
	return says
}

// declarations returns the names that a cell declares outside of functions, with
// the types of those that are functions.
func declarations(cell string) (map[string]string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", program(cell), parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				types[d.Name.Name] = typeOf(fset, d.Type)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					addVariables(types, fset, v)
				}
			}
		}
	}
	return types, nil
}

// addVariables adds the variables of a line, which may hold functions.
func addVariables(types map[string]string, fset *token.FileSet, v *ast.ValueSpec) {
	for i, name := range v.Names {
		types[name.Name] = ""
		if i < len(v.Values) {
			if f, ok := v.Values[i].(*ast.FuncLit); ok {
				types[name.Name] = typeOf(fset, f.Type)
			}
		}
	}
}

// program makes a Go file of a cell as GoNB does: what follows the line with %% is
// the body of main, and other lines for the kernel are none of Go's.
func program(cell string) string {
	var b strings.Builder
	b.WriteString("package main\n")
	end := ""
	for line := range strings.Lines(cell) {
		switch {
		case end == "" && (strings.HasPrefix(line, "%%") || strings.HasPrefix(line, "%main")):
			b.WriteString("func main() {\n")
			end = "\n}\n"
		case !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") && !strings.HasPrefix(line, "package"):
			b.WriteString(line)
		}
	}
	return b.String() + end
}

// typeOf writes the type of a function as package reflect does, without the names
// of its parameters.
func typeOf(fset *token.FileSet, f *ast.FuncType) string {
	results := fieldTypes(fset, f.Results)
	switch len(results) {
	case 0:
	case 1:
		return "func(" + strings.Join(fieldTypes(fset, f.Params), ", ") + ") " + results[0]
	default:
		return "func(" + strings.Join(fieldTypes(fset, f.Params), ", ") + ") (" + strings.Join(results, ", ") + ")"
	}
	return "func(" + strings.Join(fieldTypes(fset, f.Params), ", ") + ")"
}

// fieldTypes returns the type of each parameter, or result, of a list.
func fieldTypes(fset *token.FileSet, list *ast.FieldList) []string {
	var types []string
	for i := 0; list != nil && i < len(list.List); i++ {
		var b strings.Builder
		_ = printer.Fprint(&b, fset, list.List[i].Type) // a builder takes everything
		for range max(len(list.List[i].Names), 1) {
			types = append(types, b.String())
		}
	}
	return types
}
