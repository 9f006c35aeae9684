package update

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
)

// killAt names the environment variable that makes this program an update that
// is killed before it tells what became of this notebook, counted from 1.
const killAt = "UPDATE_TEST_KILL_AT"

func TestMain(m *testing.M) {
	text, asked := os.LookupEnv(killAt)
	if !asked {
		os.Exit(m.Run())
	}
	last, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	repo, err := checkout.Find()
	if err != nil {
		panic(err)
	}
	told := 0
	err = Updater{Repo: repo, Tell: func(string, ...any) {
		if told++; told == last {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}}.Update()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A course is a checkout, and the one that it pulls from.
type course struct {
	t            *testing.T
	author, mine checkout.Repo
	told         []string
}

// newCourse makes a course of these notebooks, as the author released them and
// the learner cloned them.
func newCourse(t *testing.T, names ...string) *course {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	c := &course{t: t, author: checkout.Repo(t.TempDir()), mine: checkout.Repo(t.TempDir())}
	coursetest.Write(t, c.author.Path("go.mod"), "module flowlab\n")
	coursetest.Write(t, c.author.Path("notebooks", "data.txt"), "first\n")
	coursetest.Write(t, c.author.Path(".gitignore"), "progress.json*\n")
	coursetest.Git(t, c.author.Path(), "init", "--quiet")
	for _, name := range names {
		c.solve(name, "The first edition.")
	}
	c.publish()
	coursetest.Git(t, c.mine.Path(), "clone", "--quiet", c.author.Path(), ".")
	return c
}

// solve writes the solution of a notebook that sets an exercise named after it.
func (c *course) solve(name, prose string) {
	c.t.Helper()
	coursetest.WriteNotebook(c.t, c.author.Path("solutions", name+".ipynb"),
		"markdown", name[:2]+"-prose", prose,
		"code", name[:2]+"-"+name[3:], "func f() int {\n\t// BEGIN SOLUTION\n\treturn 42\n\t// END SOLUTION\n}")
	n, err := notebook.Released(c.author, name+".ipynb")
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := n.Write(c.author.Path("notebooks", name+".ipynb")); err != nil {
		c.t.Fatal(err)
	}
}

// remove takes a notebook out of the course.
func (c *course) remove(name string) {
	for _, folder := range []string{"notebooks", "solutions"} {
		if err := os.Remove(c.author.Path(folder, name+".ipynb")); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c *course) publish() {
	c.t.Helper()
	coursetest.Git(c.t, c.author.Path(), "add", "--all")
	coursetest.Git(c.t, c.author.Path(), "commit", "--quiet", "--message=edition")
}

// answerTo is what the learner answers in a notebook.
func answerTo(name string) string { return "func f() int {\n\treturn 41 + 1 // " + name + "\n}" }

// answer puts the learner's answer into his notebook.
func (c *course) answer(name string) {
	c.t.Helper()
	c.setCell(name, name[:2]+"-"+name[3:], answerTo(name))
}

func (c *course) setCell(name, id, source string) {
	c.t.Helper()
	path := c.mine.Path("notebooks", name+".ipynb")
	n, err := notebook.Read(path)
	if err != nil {
		c.t.Fatal(err)
	}
	cell, err := n.Cell(id)
	if err != nil {
		c.t.Fatal(err)
	}
	cell.SetSource(source)
	if _, err := n.Write(path); err != nil {
		c.t.Fatal(err)
	}
}

// update updates the learner's checkout, and wants no error.
func (c *course) update() {
	c.t.Helper()
	if err := c.try(false); err != nil {
		c.t.Errorf("the update fails: %v", err)
	}
}

func (c *course) try(fresh bool) error {
	c.told = nil
	return Updater{Repo: c.mine, Fresh: fresh, Tell: func(format string, args ...any) {
		c.told = append(c.told, fmt.Sprintf(format, args...))
	}}.Update()
}

// wantTold wants the update to have told this.
func (c *course) wantTold(want string) {
	c.t.Helper()
	if got := strings.Join(c.told, "\n"); !strings.Contains(got, want) {
		c.t.Errorf("the update told\n%s\nwant %q in it", got, want)
	}
}

// wantIn wants these texts in a file of the learner's notebooks.
func (c *course) wantIn(file string, texts ...string) {
	c.t.Helper()
	data, err := os.ReadFile(c.mine.Path("notebooks", file))
	if err != nil {
		c.t.Error(err)
	}
	for _, want := range texts {
		if !strings.Contains(string(data), want) {
			c.t.Errorf("%s lacks %q:\n%s", file, want, data)
		}
	}
}

// wantNoCopies wants that nothing was kept aside.
func (c *course) wantNoCopies() {
	c.t.Helper()
	if copies, _ := filepath.Glob(c.mine.Path("notebooks", "*.mine-*")); len(copies) > 0 {
		c.t.Errorf("there are copies: %v", copies)
	}
}

const (
	second = "The second edition."
	one    = "01_one"
	two    = "02_two"
)

// What a teacher, or a learner who will not peek, took away from solutions/ was
// overwritten without a copy once.
func TestSolutionIsTakenAway(t *testing.T) {
	for _, all := range []bool{false, true} {
		c := newCourse(t, one, two)
		c.answer(one)
		gone := c.mine.Path("solutions", one+".ipynb")
		if all {
			gone = c.mine.Path("solutions")
		}
		if err := os.RemoveAll(gone); err != nil {
			t.Fatal(err)
		}
		c.solve(two, second)
		c.publish()
		c.update()
		c.wantIn(one+".ipynb", "The first edition.", "41 + 1 // 01_one")

		c.solve(one, second)
		// Only the notebook is published: git would bring the solution back.
		coursetest.Git(t, c.author.Path(), "add", "notebooks")
		coursetest.Git(t, c.author.Path(), "commit", "--quiet", "--message=edition")
		c.update()
		c.wantIn(one+".ipynb", second, "41 + 1 // 01_one")
		c.wantIn(one+".mine-1.ipynb", "The first edition.", "41 + 1 // 01_one")
		c.wantIn(two+".ipynb", second)
	}
}

func TestRenamedNotebook(t *testing.T) {
	c := newCourse(t, one, "12_real", "13_more")
	c.answer("12_real")
	c.remove("12_real")
	c.remove("13_more")
	c.solve("12_new", second)
	c.solve("13_real", second)
	c.publish()
	c.update()
	c.wantTold("notebooks/13_real.ipynb: new edition, with 1 of your answers from 12_real.ipynb")
	c.wantTold("notebooks/12_real.ipynb: no longer in the course; your own is kept as 12_real.mine-1.ipynb")
	c.wantIn("13_real.ipynb", second, "41 + 1 // 12_real")
	c.wantIn("12_real.mine-1.ipynb", "41 + 1 // 12_real")
	c.wantIn("12_new.ipynb", "NotAttempted")
	for _, gone := range []string{"12_real.ipynb", "13_more.ipynb"} {
		if _, err := os.Stat(c.mine.Path("notebooks", gone)); err == nil {
			t.Errorf("%s is still there", gone)
		}
	}
}

func TestNothingNew(t *testing.T) {
	c := newCourse(t, one)
	coursetest.WriteNotebook(t, c.mine.Path("notebooks", "scratch.ipynb"), "code", "01-one", "f()")
	c.answer(one)
	path := c.mine.Path("notebooks", one+".ipynb")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before = []byte(strings.Replace(string(before), `"outputs": []`, `"outputs": [{"name": "stdout", "output_type": "stream", "text": ["42"]}]`, 1))
	coursetest.Write(t, path, string(before))
	c.update()
	c.wantTold("up to date")
	c.wantIn(one+".ipynb", string(before))
	c.wantNoCopies()
}

// A notebook that was only executed is kept as well: git calls it changed.
func TestOutputsAreKept(t *testing.T) {
	c := newCourse(t, one)
	path := c.mine.Path("notebooks", one+".ipynb")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	coursetest.Write(t, path, strings.Replace(string(data), `"execution_count": null`, `"execution_count": 7`, 1))
	c.solve(one, second)
	c.publish()
	c.update()
	c.wantIn(one+".mine-1.ipynb", `"execution_count": 7`)
	c.wantIn(one+".ipynb", second)
}

func TestWhatIsNoReleasedNotebook(t *testing.T) {
	c := newCourse(t, one)
	coursetest.Write(t, c.mine.Path("notebooks", one+".ipynb"), "") // as an edition before left it, killed
	coursetest.Write(t, c.mine.Path("notebooks", "data.txt"), "mine\n")
	coursetest.Write(t, c.mine.Path("notebooks", "02_two.ipynb"), `{"cells": []}`)
	coursetest.Git(t, c.mine.Path(), "add", "--all")
	c.solve(two, second)
	coursetest.Write(t, c.author.Path("notebooks", "data.txt"), "second\n")
	c.publish()
	c.update()
	c.wantIn(one+".ipynb", "The first edition.")
	c.wantIn("data.txt", "second")
	c.wantIn("data.mine-1.txt", "mine")
	c.wantIn("02_two.ipynb", second)
	c.wantIn("02_two.mine-1.ipynb", `{"cells": []}`)
}

// What git refuses leaves all as it was, staged files too.
func TestGitRefuses(t *testing.T) {
	c := newCourse(t, one)
	c.answer(one)
	coursetest.Write(t, c.mine.Path("go.mod"), "module flowlab\n// mine\n")
	c.solve(one, second)
	coursetest.Write(t, c.author.Path("go.mod"), "module flowlab\n// the author's\n")
	c.publish()
	if err := c.try(false); err == nil || !strings.Contains(err.Error(), "go.mod") {
		t.Errorf("error is %v: want git's, which names the file", err)
	}
	c.wantIn(one+".ipynb", "The first edition.", "41 + 1 // 01_one")
	c.wantNoCopies()
	cmd := exec.Command("git", "status", "--porcelain")
	cmd.Dir = c.mine.Path()
	if out, err := cmd.Output(); err != nil || string(out) != " M go.mod\n M notebooks/01_one.ipynb\n" {
		t.Errorf("git status is %q, error %v: want the two files changed, none staged", out, err)
	}
}

// A git merge that was killed had written files that the next one took for the
// learner's changes once.
func TestKilledMerge(t *testing.T) {
	c := newCourse(t, one, two)
	c.answer(one)
	c.solve(one, second)
	c.solve(two, second)
	c.publish()
	data, err := os.ReadFile(c.author.Path("solutions", one+".ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	coursetest.Write(t, c.mine.Path("solutions", one+".ipynb"), string(data))
	coursetest.Write(t, c.mine.Path("solutions", two+".ipynb"), string(data[:7]))
	c.update()
	c.wantIn(one+".ipynb", second, "41 + 1 // 01_one")
	c.wantIn(two+".ipynb", second)
}

// An update that is killed loses nothing, leaves no empty notebook, and the next
// one puts the answers in. It is killed at each of its calls of git, before and
// after git has done its work, and after each notebook that it wrote.
func TestKilledUpdate(t *testing.T) {
	real, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git here")
	}
	bin := t.TempDir()
	// This git kills who called it, at its call number $KILL_GIT_AT.
	coursetest.Write(t, filepath.Join(bin, "git"), `#!/bin/sh
n=$(cat "$COUNT" 2> /dev/null || echo 0)
n=$((n + 1))
echo $n > "$COUNT"
[ "$KILL_GIT_AT" = "before $n" ] && kill -9 $PPID && exit 1
"`+real+`" "$@"
status=$?
[ "$KILL_GIT_AT" = "after $n" ] && kill -9 $PPID
exit $status
`)
	if err := os.Chmod(filepath.Join(bin, "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	killed := 0
	try := func(env ...string) (dead bool) {
		c := newCourse(t, one, "12_real")
		c.answer(one)
		c.answer("12_real")
		c.solve(one, second)
		c.remove("12_real")
		c.solve("13_real", second)
		c.publish()
		cmd := exec.Command(os.Args[0])
		cmd.Dir = c.mine.Path()
		cmd.Env = append(os.Environ(), append(env, "COUNT="+filepath.Join(t.TempDir(), "count"))...)
		out, _ := cmd.CombinedOutput()
		dead = !cmd.ProcessState.Exited()
		if !dead && !cmd.ProcessState.Success() {
			t.Fatalf("%v: %s", env, out)
		}
		c.wantNothingLost(fmt.Sprint(env), one, "12_real")
		c.update()
		c.wantIn(one+".ipynb", second, "41 + 1 // 01_one")
		c.wantIn("13_real.ipynb", second, "41 + 1 // 12_real")
		c.wantNothingLost(fmt.Sprint(env, " and an update more"), one, "12_real")
		return dead
	}
	for _, when := range []string{"before", "after"} {
		for n := 1; try("PATH="+bin+":"+os.Getenv("PATH"), fmt.Sprintf("KILL_GIT_AT=%s %d", when, n), killAt+"=0"); n++ {
			killed++
		}
	}
	for n := 1; try(fmt.Sprintf("%s=%d", killAt, n)); n++ {
		killed++
	}
	if killed < 20 {
		t.Errorf("%d updates were killed: want 20 at least", killed)
	}
}

// wantNothingLost wants that each answer stands somewhere, and that no notebook
// is cut off.
func (c *course) wantNothingLost(when string, names ...string) {
	c.t.Helper()
	paths, err := filepath.Glob(c.mine.Path("notebooks", "*.ipynb"))
	if err != nil {
		c.t.Fatal(err)
	}
	all := ""
	for _, path := range paths {
		if _, err := notebook.Read(path); err != nil {
			c.t.Errorf("%s: %v", when, err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			c.t.Fatal(err)
		}
		all += string(data)
	}
	for _, name := range names {
		if !strings.Contains(all, "41 + 1 // "+name) {
			c.t.Errorf("%s: the answer in %s is lost", when, name)
		}
	}
}
