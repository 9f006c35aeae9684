package labkit

import (
	"go/ast"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The law of the house. Its rooms are the files of package labkit and the other
// packages of the module, named by their path within it. A room that stands
// behind none of the things below is numbers only: it imports numbersMayImport
// and other rooms that are numbers only, so that no detour leads out.
// A room that needs more gets a place in one of these lists, and with it a
// reader who asks why.
//
// A name that ends in /... stands for what lies below, too; in a file's name a
// * stands for anything.
var mayKnow = []struct {
	things []string // packages outside of the module
	rooms  []string
}{
	{[]string{"github.com/go-gota/gota/..."}, slices.Concat(frames, tools, []string{
		"labkit/capture", "labkit/chart", "labkit/check", "labkit/internal/exam", "labkit/internal/flowframe", "labkit/triage",
	})},
	{[]string{"gonum.org/v1/plot/cmpimg"}, []string{"labkit/internal/notebook"}}, // compares pictures, draws none
	{[]string{"gonum.org/v1/plot/...", "golang.org/x/image/..."}, []string{"labkit/chart", "labkit/internal/bench"}},
	{[]string{"image/..."}, []string{"labkit/chart", "labkit/internal/bench", "labkit/internal/notebook"}},
	{[]string{"github.com/janpfeifer/gonb/..."}, []string{"labkit/internal/show"}},
	{[]string{"github.com/gopacket/gopacket/..."}, []string{"labkit/capture", "labkit/internal/bench"}},
	{[]string{"github.com/nats-io/..."}, []string{"labkit/stream"}},
	{[]string{"github.com/agnivade/levenshtein"}, []string{"labkit/allow", "labkit/check", "labkit/flow/where", "labkit/internal/exam", "labkit/internal/flowlog"}},
	{[]string{"github.com/spf13/cobra", "github.com/schollz/progressbar/...", "golang.org/x/term"}, []string{"labkit/cmd/lab"}},
	{[]string{"github.com/gofrs/flock"}, slices.Concat(tools, []string{"labkit/stream"})},
	{[]string{"golang.org/x/mod/...", "testing"}, tools},
	{[]string{"debug/buildinfo", "github.com/CycloneDX/..."}, []string{"labkit/internal/sbom"}},
	{[]string{"log/slog"}, []string{"labkit/cmd/lab", "labkit/live", "labkit/stream"}},
	{[]string{"go/..."}, slices.Concat(tools, []string{"labkit/internal/exam", "labkit/internal/repair"})},
	{[]string{"reflect"}, []string{"labkit/internal/exam"}},

	// Text and clocks, and fmt for more than errors.
	{[]string{"bytes", "crypto/...", "encoding/...", "hash/...", "html/...", "net/netip", "regexp", "strconv", "strings", "text/...", "time", "unicode/..."}, slices.Concat(frames, tools, []string{
		"labkit/metrics.go", "labkit/save.go",
		"labkit/allow", "labkit/capture", "labkit/chart", "labkit/check", "labkit/flow", "labkit/flow/where", "labkit/internal/day", "labkit/internal/exam", "labkit/internal/flowlog", "labkit/internal/magic", "labkit/internal/plural", "labkit/internal/repair",
		"labkit/internal/show", "labkit/internal/texttable", "labkit/live", "labkit/sample", "labkit/pair", "labkit/report", "labkit/stream", "labkit/triage", "labkit/window",
	})},

	// Files, processes, networks.
	{[]string{"bufio", "compress/...", "embed", "io/...", "net/...", "os/...", "path/...", "runtime/debug", "runtime/metrics", "syscall"}, slices.Concat(tools, []string{
		"labkit/read*.go", "labkit/save.go", "labkit/write.go",
		"labkit/capture", "labkit/check", "labkit/internal/exam", "labkit/internal/flowlog", "labkit/internal/repair", "labkit/internal/show", "labkit/internal/unpack", "labkit/live", "labkit/report", "labkit/sample", "labkit/stream",
	})},
	{[]string{"golang.org/x/sys/unix"}, []string{"labkit/internal/show", "labkit/internal/processes"}}, // to ask what a pipe holds, and to limit processes
}

// numbersMayImport are the packages outside of the module that every room may
// import.
var numbersMayImport = []string{
	"cmp", "container/...", "context", "encoding/binary", "errors", "fmt", "iter", "maps", "math/...", "runtime", "slices", "sort", "sync/...",
	"gonum.org/v1/gonum/...",
}

// frames are the files of labkit that turn flows into frames, and frames into
// matrices and tables.
var frames = []string{
	"labkit/compare.go", "labkit/describe.go", "labkit/directions.go", "labkit/features.go", "labkit/flows.go", "labkit/frame.go", "labkit/generate*.go",
	"labkit/logarithm.go", "labkit/pairs.go", "labkit/read*.go", "labkit/sources.go", "labkit/time_features.go", "labkit/windows.go", "labkit/write.go",
}

// tools are the command and what stands behind it.
var tools = []string{
	"labkit/cmd/lab", "labkit/internal/bench", "labkit/internal/checkout", "labkit/internal/coursetest", "labkit/internal/e2e",
	"labkit/internal/durable", "labkit/internal/ecs", "labkit/internal/gallery", "labkit/internal/image", "labkit/internal/notebook", "labkit/internal/processes", "labkit/internal/progress",
	"labkit/internal/readflows", "labkit/internal/sbom", "labkit/internal/setup", "labkit/internal/submission", "labkit/internal/terminal", "labkit/internal/update", "labkit/internal/zeek",
}

// opensOn lists, for a room, the packages of the module that it may import.
// The others may import what keeps the rest of the law.
var opensOn = map[string][]string{
	"labkit/allow":      {"labkit/flow", "labkit/triage"},
	"labkit/flow":       {"labkit/internal/parallel", "labkit/internal/plural"},
	"labkit/flow/where": {"labkit/flow"},
	"labkit/window":     {"labkit/flow", "labkit/internal/packed"},
	"labkit/pair":       {"labkit/flow", "labkit/window"},
	"labkit/stream":     {"labkit/flow", "labkit/window", "labkit/internal/packed", "labkit/internal/parallel", "labkit/internal/plural"},
	"labkit/capture":    {"labkit/flow", "labkit/internal/flowframe", "labkit/internal/magic", "labkit/internal/plural", "labkit/internal/unpack"},
	"labkit/triage":     {"labkit", "labkit/flow", "labkit/flow/where", "labkit/pair", "labkit/window", "labkit/internal/..."},
}

// neverReached lists what a package does not depend on, by no detour. A
// notebook cell is linked anew each time it runs, so what labkit reaches is what
// a learner waits for.
var neverReached = map[string][]string{
	"labkit": {
		"gonum.org/v1/plot/...", "github.com/janpfeifer/gonb/...", "github.com/gopacket/...", "github.com/nats-io/...",
		"github.com/spf13/...", "labkit/capture", "labkit/chart", "labkit/check", "labkit/internal/show", "labkit/stream", "labkit/triage",
	},
	"labkit/stream": {"github.com/go-gota/..."},
	"labkit/triage": {"gonum.org/v1/plot/...", "github.com/janpfeifer/gonb/...", "github.com/nats-io/..."},
}

func TestImportsKeepTheLaw(t *testing.T) {
	for _, fault := range houseOf(t).faults() {
		t.Errorf("%s: want imports that the law of the house allows, see mayKnow in imports_test.go", fault)
	}
}

// A room that is gone leaves no hole behind for another of its name.
func TestImportLawNamesRoomsThatAreThere(t *testing.T) {
	rooms := slices.Collect(maps.Keys(houseOf(t)))
	rooms = append(rooms, "labkit")
	named := slices.Collect(maps.Keys(opensOn))
	for _, row := range mayKnow {
		named = append(named, row.rooms...)
	}
	for room, imported := range opensOn {
		named = append(named, room)
		named = append(named, imported...)
	}
	for _, pattern := range named {
		if !slices.ContainsFunc(rooms, func(room string) bool { return within(room, pattern) }) {
			t.Errorf("there is no %s: want only rooms in imports_test.go that are there", pattern)
		}
	}
}

// Imports that break the law, each of which was or could be overlooked.
func TestImportLawFindsFaults(t *testing.T) {
	for _, broken := range []struct{ room, imported string }{
		{"labkit/isolation_forest.go", "github.com/go-gota/gota/dataframe"},
		{"labkit/isolation_forest.go", "labkit/internal/flowframe"},
		{"labkit/isolation_forest.go", "labkit/flow"},
		{"labkit/a_new_detector.go", "os"},
		{"labkit/internal/columnwise", "labkit/internal/flowframe"},
		{"labkit/internal/a_new_room", "labkit/internal/flowlog"},
		{"labkit/internal/a_new_room", "labkit"},
		{"labkit/internal/smo", "strings"},
		{"labkit/features.go", "gonum.org/v1/plot"},
		{"labkit/features.go", "labkit/internal/show"},
		{"labkit/describe.go", "os"},
		{"labkit/chart", "github.com/nats-io/nats.go"},
		{"labkit/flow", "os"},
		{"labkit/flow", "net"},
		{"labkit/flow", "labkit/internal/flowlog"},
		{"labkit/window", "labkit/internal/flowframe"},
		{"labkit/window", "labkit/internal/parallel"},
		{"labkit/stream", "github.com/go-gota/gota/series"},
		{"labkit/stream", "labkit"},
	} {
		got := house{broken.room: {broken.imported}}.faults()
		if want := []string{broken.room + " imports " + broken.imported}; !slices.Equal(got, want) {
			t.Errorf("%s may import %s", broken.room, broken.imported)
		}
	}
}

func TestImportsReachNothingHeavy(t *testing.T) {
	for _, p := range goList(t) {
		for _, dependency := range p.Deps {
			if within(dependency, neverReached[p.ImportPath]...) {
				t.Errorf("%s depends on %s", p.ImportPath, dependency)
			}
		}
	}
}

// What a file of labkit takes from another file is no import, but the same law
// holds: numbers do not know frames.
func TestImportsWithinLabkit(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	parsed := map[string]*ast.File{}
	home := map[string]string{} // of what frames declare
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed[file] = parse(t, file)
		if within("labkit/"+file, frames...) {
			for name := range parsed[file].Scope.Objects {
				home[name] = file
			}
		}
	}
	for file, p := range parsed {
		if !numbersOnly("labkit/" + file) {
			continue
		}
		for _, ident := range p.Unresolved {
			if from, ok := home[ident.Name]; ok {
				t.Errorf("%s uses %s of %s", file, ident.Name, from)
			}
		}
	}
}

// In a room that is numbers only fmt makes errors, no text.
func TestImportOfFmtIsForErrors(t *testing.T) {
	for _, p := range goList(t) {
		for _, file := range p.GoFiles {
			room := p.ImportPath
			if room == "labkit" {
				room = "labkit/" + file
			}
			if !numbersOnly(room) {
				continue
			}
			for _, name := range usesOfFmt(parse(t, filepath.Join(p.Dir, file))) {
				if name != "Errorf" {
					t.Errorf("%s, %s uses fmt.%s: want no text but errors", room, file, name)
				}
			}
		}
	}
}
