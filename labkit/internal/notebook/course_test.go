package notebook

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/progress"
)

// TestSolutions executes every solution by the real kernel and compares what it
// shows to what is committed. The files stay as they are.
func TestSolutions(t *testing.T) {
	repo, solutions := coursetest.Solutions(t)
	coursetest.NeedKernel(t, repo)
	for _, path := range solutions {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			want, err := Read(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := Failures(name, want); err != nil {
				t.Errorf("committed with an error: %v", err)
			}
			got, err := Execute(t.Context(), repo, want, filepath.Dir(path), processes.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := Failures(name, got.Notebook); err != nil {
				t.Fatal(err)
			}
			if err := Diff(name, want, got.Notebook); err != nil {
				t.Errorf("%v\n(go tool lab execute saves new outputs, if they are right)", err)
			}
			if err := diffJSON("metadata", want.fields["metadata"], got.fields["metadata"]); err != nil {
				t.Errorf("%v\nJupyterLab would call the notebook changed on opening it", err)
			}
			testStates(t, name, got, progress.Entry{Best: progress.Passed, Last: progress.Passed, Attempts: 1})
		})
	}
}

// TestNotebooksAreReleased proves that notebooks/ is what go tool lab release
// would write, but for those that a learner has worked in or added.
func TestNotebooksAreReleased(t *testing.T) {
	repo, solutions := coursetest.Solutions(t)
	released, err := filepath.Glob(repo.Path("notebooks", "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	edited := editedFiles(repo)
	learners := func(base string) bool {
		return edited["notebooks/"+base] && !edited["solutions/"+base]
	}
	for _, path := range released {
		if base := filepath.Base(path); !slices.Contains(solutions, repo.Path("solutions", base)) && !learners(base) {
			t.Errorf("notebooks/%s has no solution", base)
		}
	}
	for _, path := range solutions {
		base := filepath.Base(path)
		if learners(base) {
			t.Logf("notebooks/%s is a learner's work: not compared", base)
			continue
		}
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Release(); err != nil {
			t.Fatal(err)
		}
		want, err := n.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(repo.Path("notebooks", base))
		if err != nil {
			t.Errorf("%v: run go tool lab release", err)
			continue
		}
		if err := diffText("notebooks/"+base, string(want), string(got)); err != nil {
			t.Errorf("%v\n(go tool lab release writes notebooks/ from solutions/)", err)
		}
	}
}

// editedFiles returns the files of the checkout that are not as git has them,
// none where there is no git.
func editedFiles(repo checkout.Repo) map[string]bool {
	cmd := exec.Command("git", "status", "--porcelain", "--untracked-files=all", "--no-renames")
	cmd.Dir = repo.Path()
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	edited := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		edited[strings.Trim(line[3:], "\"\n")] = true
	}
	return edited
}

// TestSolutionsAreClean proves that what is committed carries no times, and
// Jupyter's formatting.
func TestSolutionsAreClean(t *testing.T) {
	_, solutions := coursetest.Solutions(t)
	for _, path := range solutions {
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		n.Clean()
		want, err := n.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := diffText(filepath.Base(path), string(want), string(got)); err != nil {
			t.Errorf("%v\n(go tool lab execute saves it clean)", err)
		}
	}
}

// TestLinks proves that every relative link in the notebooks, and in the README
// files, leads to a file.
func TestLinks(t *testing.T) {
	repo, _ := coursetest.Solutions(t)
	for _, pattern := range []string{"*.md", "*/*.md", "*/*.ipynb"} {
		paths, err := filepath.Glob(repo.Path(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			for _, broken := range brokenLinks(t, path) {
				name, _ := filepath.Rel(repo.Path(), path)
				t.Errorf("%s: link to %s leads nowhere", name, broken)
			}
		}
	}
}

// link matches the target of [text](target), href="target" and src="target".
var link = regexp.MustCompile(`\]\(([^)\s]+)|(?:href|src)="([^"]+)"`)

// brokenLinks returns the relative links in a file that lead nowhere.
func brokenLinks(t *testing.T, path string) []string {
	t.Helper()
	var broken []string
	for _, markdown := range prose(t, path) {
		for _, match := range link.FindAllStringSubmatch(markdown, -1) {
			target := match[1] + match[2]
			u, err := url.Parse(target)
			if err != nil {
				broken = append(broken, target)
				continue
			}
			if u.Scheme != "" || u.Host != "" || u.Path == "" {
				continue // to another site, or within the page
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), u.Path)); err != nil {
				broken = append(broken, target)
			}
		}
	}
	return broken
}

// prose returns the Markdown of a notebook or of a Markdown file.
func prose(t *testing.T, path string) []string {
	t.Helper()
	if strings.HasSuffix(path, ".md") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return []string{string(data)}
	}
	n, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var markdown []string
	for _, c := range n.Cells() {
		if c.IsMarkdown() {
			markdown = append(markdown, c.Source())
		}
	}
	return markdown
}

func TestBrokenLinks(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	text := `[a](a.md) [site](https://example.com/x) [part](#part) [gone](gone.ipynb#x) <img src="gone.png">`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(brokenLinks(t, path), " "); got != "gone.ipynb#x gone.png" {
		t.Errorf("broken links are %q: want the two that are gone", got)
	}
}
