package repair

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Variable is the environment variable that tells a check that it is to try
// changed functions, and from which on, counted from 0.
const Variable = "FLOWLAB_REPAIR"

// Right and Wrong are what a check then writes for a function, a line each.
const (
	Right = "flowlab-repair: right"
	Wrong = "flowlab-repair: wrong"
)

// Find returns in words the one change that makes a function right, or says that
// the function leaves a parameter aside: "" if it finds neither. The file is the
// program's only one: its main hands the function over to a check, which under
// [Variable] tries one function after the other. A function that uses packages
// which reach outside of the program is not tried.
func Find(ctx context.Context, file, function string) (string, error) {
	s, err := newSource(file, function)
	if err != nil {
		return "", err
	}
	if name := s.unread(); name != "" {
		return fmt.Sprintf("The function does not look at its parameter `%s`.", name), nil
	}
	folder, err := os.MkdirTemp(filepath.Dir(file), "repair") // a kernel clears its folder when it ends
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	p := program{source: s, ctx: ctx, path: file, folder: folder}
	changes, err := p.build(s.changes())
	if err != nil {
		return "", err
	}
	right, err := p.firstRight(len(changes))
	if err != nil || right < 0 {
		return "", err
	}
	return "One change makes every case right: " + changes[right].says + ".", nil
}

// A program tries the changes of a source.
type program struct {
	*source
	ctx    context.Context
	path   string // of the program's file
	folder string // of its own, for what is written
}

// build compiles the functions with all changes, and returns those changes that
// the compiler takes.
func (p *program) build(changes []change) ([]change, error) {
	for range 4 { // a declaration that is refused may hide what is wrong with another
		text, first := p.text(changes)
		message, err := p.compile(text)
		if err == nil {
			return changes, nil
		}
		refused := map[int]bool{}
		for _, m := range errorLine.FindAllStringSubmatch(message, -1) {
			line, _ := strconv.Atoi(m[1])
			refused[sortedBefore(first, line)-1] = true
		}
		kept := changes[:0:0]
		for i, c := range changes {
			if !refused[i] {
				kept = append(kept, c)
			}
		}
		if len(kept) == len(changes) {
			return nil, fmt.Errorf("%w: %s", err, message)
		}
		changes = kept
	}
	return nil, errors.New("the compiler refuses more and more of the changes")
}

// errorLine finds the line of a message of the compiler.
var errorLine = regexp.MustCompile(`(?m)^[^:\n]+\.go:(\d+):`)

// sortedBefore returns how many of the lines are not behind the one given.
func sortedBefore(lines []int, line int) int {
	n, _ := slices.BinarySearch(lines, line+1)
	return n
}

// helpers are what changes may call, under names that no learner gives.
const helpers = `
var _ = math_.Abs

func square_(v float64) float64 { return v * v }

func finite_(v float64) float64 {
	if v-v != 0 {
		return 0
	}
	return v
}

func reversed_[T any](s []T) []T {
	s = slices_.Clone(s)
	slices_.Reverse(s)
	return s
}
`

// text returns the program, and for each change the line at which it begins.
func (p *program) text(changes []change) (text string, first []int) {
	var b strings.Builder
	name := p.offset(p.file.Name.End())
	main := regexp.MustCompile(`\bfunc main\(\)`).ReplaceAllString(p.source.text[name:], "func main_()")
	b.WriteString(p.source.text[:name] + `; import math_ "math"; import slices_ "slices"` + main + helpers)
	line := strings.Count(b.String(), "\n") + 1
	for i, c := range changes {
		first = append(first, line)
		clone := p.with(c, suffix(i)) + "\n"
		line += strings.Count(clone, "\n")
		b.WriteString(clone)
	}
	b.WriteString("func main() {\n")
	for i := range changes {
		fmt.Fprintf(&b, "\t%s(%s)\n", p.check, p.function+suffix(i))
	}
	b.WriteString("}\n")
	return b.String(), first
}

func suffix(i int) string { return fmt.Sprintf("_%d_", i) }

// compile builds the text in place of the program's file.
func (p *program) compile(text string) (message string, err error) {
	changed, overlay := filepath.Join(p.folder, "main.go"), filepath.Join(p.folder, "overlay.json")
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {p.path: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		return "", err
	}
	build := exec.CommandContext(p.ctx, "go", "build", "-gcflags=-e", "-overlay", overlay, "-o", p.binary(), ".")
	build.Dir = filepath.Dir(p.path)
	out, err := build.CombinedOutput()
	return string(out), err
}

func (p *program) binary() string { return filepath.Join(p.folder, "changed") }

// firstRight returns the first of n functions that is right, -1 if none is. A
// function that ends the program, or does not end, is passed over.
func (p *program) firstRight(n int) (int, error) {
	for from := 0; from < n; {
		run := exec.CommandContext(p.ctx, p.binary())
		run.Env = append(os.Environ(), Variable+"="+strconv.Itoa(from))
		out, _ := run.Output()
		if err := p.ctx.Err(); err != nil {
			return -1, err
		}
		for _, line := range bytes.Split(out, []byte("\n")) {
			switch string(line) {
			case Right:
				return from, nil
			case Wrong:
				from++
			}
		}
		from++ // the one at which the program ended, if it did before all were tried
	}
	return -1, nil
}
