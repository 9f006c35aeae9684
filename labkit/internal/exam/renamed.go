package exam

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

// A kernel keeps a function that was renamed in its cell, so that a check may be
// handed the old one. The program of a cell does not say which of its functions
// stand in that cell; but if the function at hand is as it was when it was last
// checked, and another of its type is new since, the new one is likely meant.

// kernelFolder is the environment variable that names GoNB's own folder, which
// ends with the kernel.
const kernelFolder = "GONB_TMP_DIR"

// seenName is the file in that folder that says what was there at the last check.
const seenName = "flowlab-checked.json"

// A seen is what was declared when a function was last checked.
type seen struct {
	Functions map[string]string // the text of each function, by its name
	Checked   map[string]string // the exercise for which a function was checked, by its name
	Renamed   map[string]string // the function that may be meant, by the exercise
}

// renamed says that the answer may not be the function that stands in the cell,
// and returns "" if nothing speaks for it. It keeps what it saw for the next time.
func renamed(e *Exercise, answer any) string {
	folder := os.Getenv(kernelFolder)
	if folder == "" || reflect.ValueOf(answer).Kind() != reflect.Func {
		return ""
	}
	pc := reflect.ValueOf(answer).Pointer()
	file, _ := runtime.FuncForPC(pc).FileLine(pc)
	now, types := functionsOf(file)
	path := filepath.Join(folder, seenName)
	last := loadSeen(path)
	old := name(answer)
	meant := last.meant(e, old, now, types)
	last.Functions = now
	last.Checked[old] = e.ID
	last.Renamed[e.ID] = meant
	remember(path, last)
	if meant == "" {
		return ""
	}
	return fmt.Sprintf("Is `%[1]s` the function in this cell? It is as it was at the last check, and `%[2]s` is new since. A function that is renamed lives on under its old name until the kernel restarts. If %[2]s is your answer, give it the name %[1]s again.", old, meant)
}

// meant returns the function that is new or changed since the last check of the
// same answer to the exercise, "" if there is none.
func (s seen) meant(e *Exercise, old string, now, types map[string]string) string {
	if now[old] == "" || s.Checked[old] != e.ID || s.Functions[old] != now[old] {
		return ""
	}
	if again := s.Renamed[e.ID]; now[again] != "" {
		return again
	}
	var fresh []string
	for f := range now {
		if f != old && s.Checked[f] == "" && types[f] == types[old] && now[f] != s.Functions[f] {
			fresh = append(fresh, f)
		}
	}
	if len(fresh) == 0 {
		return ""
	}
	return slices.Min(fresh)
}

// remember keeps what was seen. Where that fails the next check knows less.
func remember(path string, s seen) {
	if data, err := json.Marshal(s); err == nil {
		_ = os.WriteFile(path, data, 0o600)
	}
}

func loadSeen(path string) seen {
	s := seen{Checked: map[string]string{}, Renamed: map[string]string{}}
	if data, err := os.ReadFile(path); err == nil {
		_ = json.Unmarshal(data, &s) // what is damaged is seen anew
	}
	return s
}

// functionsOf returns the text and the type of each function that a Go file
// declares, by its name: none if it cannot be read.
func functionsOf(path string) (texts, types map[string]string) {
	texts, types = map[string]string{}, map[string]string{}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return texts, types
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name == "main" {
			continue
		}
		texts[f.Name.Name] = printed(fset, f)
		types[f.Name.Name] = typeOf(fset, f.Type)
	}
	return texts, types
}

// typeOf writes the type of a function without the names of its parameters.
func typeOf(fset *token.FileSet, f *ast.FuncType) string {
	var b strings.Builder
	for _, list := range []*ast.FieldList{f.Params, f.Results} {
		b.WriteByte('(')
		for i := 0; list != nil && i < len(list.List); i++ {
			field := list.List[i]
			for range max(len(field.Names), 1) {
				b.WriteString(printed(fset, field.Type) + ",")
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}

func printed(fset *token.FileSet, node any) string {
	var b strings.Builder
	_ = printer.Fprint(&b, fset, node) // a builder takes everything
	return b.String()
}
