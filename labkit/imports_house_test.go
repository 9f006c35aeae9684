package labkit

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file knows how to read the law in imports_test.go, and the house.

// within tells whether a name is one of the patterns'.
func within(name string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if above, ok := strings.CutSuffix(p, "/..."); ok {
			return name == above || strings.HasPrefix(name, above+"/")
		}
		match, err := path.Match(p, name)
		return match && err == nil
	})
}

func numbersOnly(room string) bool {
	for _, row := range mayKnow {
		if within(room, row.rooms...) {
			return false
		}
	}
	return true
}

// A house is a map from each room to what it imports: packages of the module by
// their path within it.
type house map[string][]string

// faults returns the imports that break the law.
func (h house) faults() (faults []string) {
	for _, room := range slices.Sorted(maps.Keys(h)) {
		for _, imported := range h[room] {
			if !h.allows(room, imported) {
				faults = append(faults, room+" imports "+imported)
			}
		}
	}
	return faults
}

func (h house) allows(room, imported string) bool {
	if within(imported, "labkit/...") {
		if only, ok := opensOn[room]; ok && !within(imported, only...) {
			return false
		}
		if imported == "labkit/internal/show" {
			return within(room, "labkit/chart", "labkit/internal/coursetest", "labkit/internal/exam")
		}
		return !numbersOnly(room) || imported != "labkit" && numbersOnly(imported)
	}
	if within(imported, numbersMayImport...) {
		return true
	}
	for _, row := range mayKnow {
		if within(imported, row.things...) {
			return within(room, row.rooms...) // the first row that fits is the one
		}
	}
	return false
}

// goPackage is a package as go list describes it.
type goPackage struct {
	ImportPath, Dir        string
	GoFiles, Imports, Deps []string
}

func goList(t *testing.T) (packages []goPackage) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "flowlab/labkit/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = local(p.ImportPath)
		for _, list := range [][]string{p.Imports, p.Deps} {
			for i := range list {
				list[i] = local(list[i])
			}
		}
		packages = append(packages, p)
	}
}

// local names a package of the module by its path within it.
func local(path string) string { return strings.TrimPrefix(path, "flowlab/") }

func parse(t *testing.T, file string) *ast.File {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// houseOf returns the house as it stands.
func houseOf(t *testing.T) house {
	t.Helper()
	h := house{}
	for _, p := range goList(t) {
		if p.ImportPath != "labkit" {
			h[p.ImportPath] = p.Imports
			continue
		}
		for _, file := range p.GoFiles {
			room := "labkit/" + file
			h[room] = nil
			for _, spec := range parse(t, file).Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				h[room] = append(h[room], local(imported))
			}
		}
	}
	return h
}

func usesOfFmt(file *ast.File) (names []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "fmt" {
				names = append(names, s.Sel.Name)
			}
		}
		return true
	})
	return names
}
