package setup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
)

func TestStep(t *testing.T) {
	state, builds := "one", 0
	s := Step{
		Stamp:    filepath.Join(t.TempDir(), "stamp"),
		Describe: func() string { return state },
		Build:    func() error { builds++; return nil },
	}
	do := func(why string, want int) {
		t.Helper()
		if err := s.Do(); err != nil {
			t.Fatal(err)
		}
		if builds != want {
			t.Errorf("%s: built %d times: want %d", why, builds, want)
		}
	}
	do("nothing stands", 1)
	do("nothing changed", 1)
	state = "two"
	do("something changed", 2)

	working := s.Build
	s.Build = func() error { return errors.New("interrupted") }
	state = "three"
	if err := s.Do(); err == nil {
		t.Error("a failed build is no error")
	}
	s.Build = working
	state = "two" // back to what the last stamp said, but the build broke it
	do("the last build failed", 3)
}

// script writes a program that stands for a Python.
func script(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFindPython(t *testing.T) {
	const (
		old     = "echo 3.9; exit 1"
		noVenv  = "echo 3.12; exit 1"
		good    = "echo 3.12"
		newest  = "echo 4.0"
		nothing = "exit 127"
	)
	for _, test := range []struct {
		name    string
		pythons map[string]string
		found   string
		message string
	}{
		{"none", nil, "", "there is no Python: install Python 3.11"},
		{"good", map[string]string{"python3": good}, "python3", ""},
		{"newest", map[string]string{"python3": newest}, "python3", ""},
		{"old", map[string]string{"python3": old}, "", "is Python 3.9, which is too old: install Python 3.11"},
		{"old and good", map[string]string{"python3": old, "python3.12": good}, "python3.12", ""},
		{"without venv", map[string]string{"python3": noVenv}, "", "apt install python3.12-venv"},
		{"without venv, and old", map[string]string{"python3": noVenv, "python3.11": old}, "", "apt install python3.12-venv"},
		{"broken", map[string]string{"python3": nothing}, "", "does not work as Python"},
		{"only by its version", map[string]string{"python3.11": noVenv}, "", "apt install python3.12-venv"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, body := range test.pythons {
				script(t, dir, name, body)
			}
			t.Setenv("PATH", dir)
			path, err := findPython()
			if test.message != "" {
				if err == nil || !strings.Contains(err.Error(), test.message) {
					t.Errorf("error is %v: want one with %q", err, test.message)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(path) != test.found {
				t.Errorf("found %s: want %s", path, test.found)
			}
		})
	}
}

func TestGoOf(t *testing.T) {
	for _, c := range []struct{ file, want, fault string }{
		{"module m\n\ngo 1.27\n", "go1.27", ""},
		{"module m\n\ngo 1.27.3\n\ntoolchain go1.28.1\n", "go1.27", ""},
		{"module m\n", "", "no version of Go: want a line such as go 1.26"},
		{"modul m\n", "", "go.mod:1: unknown directive: modul"},
	} {
		repo := checkout.Repo(t.TempDir())
		if err := os.WriteFile(repo.Path("go.mod"), []byte(c.file), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := goOf(repo)
		if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) || got != c.want {
			t.Errorf("%q: %q, error %v; want %q, error %q", c.file, got, err, c.want, c.fault)
		}
		if flags, err := kernelFlags(repo); err == nil && !strings.HasSuffix(flags, "buildVersion="+c.want) {
			t.Errorf("%q: flags %q: want %s at the end", c.file, flags, c.want)
		}
	}
}

// What cannot read go.mod names the same Go.
func TestGoIsTheSameEverywhere(t *testing.T) {
	repo := coursetest.Repo(t)
	language, err := goOf(repo)
	if err != nil {
		t.Fatal(err)
	}
	number := strings.TrimPrefix(language, "go")
	_, minor, _ := strings.Cut(number, ".")
	for _, c := range []struct{ file, want string }{
		{"Dockerfile", "golang:" + number + "-"},
		{"Makefile", "install Go " + number + " or newer"},
		{"Makefile", "-ge " + minor + " ]"},
		{"README.md", "[Go](https://go.dev/dl/) " + number + " or newer"},
		{"labkit/internal/setup/doctor.go", "install Go " + number + " or newer"},
	} {
		data, err := os.ReadFile(repo.Path(filepath.FromSlash(c.file)))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), c.want) {
			t.Errorf("%s does not say %q: go.mod has Go %s", c.file, c.want, number)
		}
	}
}
