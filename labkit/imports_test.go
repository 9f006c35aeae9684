package labkit

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A notebook cell is linked anew each time it runs, so what labkit reaches is
// what a learner waits for. These rules keep the heavy packages, and those
// that know a browser or a wire format, in the one place each that needs them.
var onlyImportedBy = []struct {
	path string   // a package and all below it
	by   []string // packages of this module
}{
	{"gonum.org/v1/plot/cmpimg", []string{"labkit/internal/notebook"}}, // compares pictures, draws none
	{"gonum.org/v1/plot", []string{"labkit/chart", "labkit/internal/bench"}},
	{"github.com/janpfeifer/gonb", []string{"labkit/internal/show"}},
	{"github.com/gopacket", []string{"labkit/capture", "labkit/internal/bench"}},
	{"github.com/google/gopacket", []string{"labkit/capture"}},
	{"github.com/schollz/progressbar", []string{"labkit/cmd/lab"}},
	{"flowlab/labkit/internal/show", []string{"labkit/chart", "labkit/check"}},
}

// labkitMayReach lists all that labkit depends on, beside the standard library.
var labkitMayReach = []string{
	"flowlab/labkit/flow",
	"flowlab/labkit/internal",
	"github.com/agnivade/levenshtein",
	"github.com/go-gota/gota",
	"golang.org/x/net/html", // by way of gota
	"gonum.org/v1/gonum",
}

// numbersOnly are the files that learn or score from numbers alone.
var numbersOnly = []string{
	"baseline.go", "combination.go", "detector.go", "explain*.go", "nearest.go",
	"isolation_forest.go", "isolation_path.go", "isolation_split.go", "isolation_targets.go", "isolation_tree.go",
	"local_outlier_factor.go", "one_class_svm.go", "principal_components.go", "scale.go",
	"internal/fastexp/*.go", "internal/kdtree/*.go", "internal/pairwise/*.go",
	"internal/parallel/*.go", "internal/randomstate/*.go", "internal/smo/*.go", "isolation_walk.go",
}

var numbersMayImport = []string{
	"cmp", "container/list", "errors", "fmt", "iter", "math", "runtime", "slices", "sort", "sync",
	"flowlab/labkit/internal", "gonum.org/v1/gonum",
}

// within tells whether a package is one of those named or lies below one.
func within(path string, named ...string) bool {
	return slices.ContainsFunc(named, func(n string) bool {
		return path == n || strings.HasPrefix(path, n+"/")
	})
}

type goPackage struct {
	ImportPath    string
	Standard      bool
	Imports, Deps []string
}

// goList returns packages and all that they depend on.
func goList(t *testing.T, pattern string) map[string]goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", pattern)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pattern, err)
	}
	packages := map[string]goPackage{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

func TestLabkitReachesNothingHeavy(t *testing.T) {
	packages := goList(t, "flowlab/labkit")
	for _, path := range packages["flowlab/labkit"].Deps {
		if !packages[path].Standard && !within(path, labkitMayReach...) {
			t.Errorf("labkit depends on %s", path)
		}
	}
	if show := "flowlab/labkit/internal/show"; packages[show].ImportPath != "" {
		t.Errorf("labkit depends on %s", show)
	}
}

func TestEachHeavyPackageHasOneUser(t *testing.T) {
	for _, p := range goList(t, "flowlab/...") {
		name, ours := strings.CutPrefix(p.ImportPath, "flowlab/")
		if !ours {
			continue
		}
		for _, path := range p.Imports {
			for _, rule := range onlyImportedBy {
				if !within(path, rule.path) {
					continue
				}
				if !slices.Contains(rule.by, name) {
					t.Errorf("%s imports %s: only %s may", name, path, strings.Join(rule.by, ", "))
				}
				break // the first rule that fits is the one
			}
		}
	}
}

func TestDetectorsKnowNumbersOnly(t *testing.T) {
	for _, pattern := range numbersOnly {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no such file, error %v", pattern, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				checkNumbersOnly(t, file)
			}
		}
	}
}

// checkNumbersOnly reports imports that are not in the table, and a use of fmt
// other than for an error.
func checkNumbersOnly(t *testing.T, file string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || !within(path, numbersMayImport...) {
			t.Errorf("%s imports %s", file, path)
		}
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && x.Name == "fmt" && s.Sel.Name != "Errorf" {
			t.Errorf("%s uses fmt.%s: want no text but errors", file, s.Sel.Name)
		}
		return true
	})
}
