package image

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program writes a shell script that stands for a container tool.
func program(t *testing.T, dir, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	const works, dead = "exit 0", "echo no daemon >&2; exit 1"
	for _, test := range []struct {
		name     string
		programs map[string]string
		found    Tool
		message  string
	}{
		{"none", nil, "", "there is no container tool: install Docker"},
		{"docker", map[string]string{"docker": works, "podman": works}, "docker", ""},
		{"docker without its daemon", map[string]string{"docker": dead}, "", "docker is there and does not work"},
		{"podman beside a dead docker", map[string]string{"docker": dead, "podman": works}, "podman", ""},
		{"only buildah", map[string]string{"buildah": works}, "buildah", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, body := range test.programs {
				program(t, dir, name, body)
			}
			t.Setenv("PATH", dir)
			tool, err := Find(Builders)
			if test.message != "" {
				if err == nil || !strings.Contains(err.Error(), test.message) {
					t.Errorf("error is %v: want one with %q", err, test.message)
				}
				return
			}
			if err != nil || tool != test.found {
				t.Errorf("found %q (%v): want %q", tool, err, test.found)
			}
		})
	}
}

// Whatever builds, what it makes is marked, and .ci/run clears away only what is.
func TestBuildMarksImages(t *testing.T) {
	for _, tool := range Builders {
		dir := t.TempDir()
		for _, part := range edited { // of a checkout, which names the edition
			if err := os.WriteFile(filepath.Join(dir, part), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		program(t, dir, string(tool), `echo "$@"`)
		t.Setenv("PATH", dir)
		var said strings.Builder
		if err := tool.Build(&said, dir, "name"); err != nil || !strings.Contains(said.String(), " "+buildLabel+" ") {
			t.Errorf("%s %s, error %v: want %s", tool, said.String(), err, buildLabel)
		}
	}
	ci, err := os.ReadFile(filepath.Join("..", "..", "..", ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(ci)) {
		_, filter, prunes := strings.Cut(line, " prune ")
		if prunes && !strings.Contains(filter, strings.TrimPrefix(buildLabel, "--")) && !strings.Contains(filter, strings.TrimPrefix(TestLabel, "--")) {
			t.Errorf(".ci/run clears away what is not the course's: %s", strings.TrimSpace(line))
		}
	}
}

func TestStandIns(t *testing.T) {
	dockerfile := filepath.Join(t.TempDir(), "Dockerfile")
	if err := os.WriteFile(dockerfile, []byte("ARG GO_IMAGE=golang:1\nARG RUN_IMAGE=debian:1\nFROM ${GO_IMAGE}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const (
		made      = `[{"RepoDigests": ["x@sha256:1"], "Config": {"Labels": {"io.buildah.version": "1.28.2"}}}]`
		published = `[{"RepoDigests": ["x@sha256:1"], "Config": {"Labels": null}}]`
		loaded    = `[{"RepoDigests": [], "Config": {}}]`
	)
	for _, test := range []struct {
		name string
		tool Tool
		says string
		want string
	}{
		{"published", "podman", "echo '" + published + "'", ""},
		{"made by buildah, seen by podman", "podman", "echo '" + made + "'", "golang:1 debian:1"},
		{"made by buildah, seen by itself", "buildah", `echo '{"Docker": {"config": {"Labels": {"io.buildah.version": "1"}}}}'`, "golang:1 debian:1"},
		{"published, seen by docker", "docker", "echo '" + published + "'", ""},
		{"made by docker", "docker", "echo '" + loaded + "'", "golang:1 debian:1"},
		{"not kept", "docker", "exit 1", ""},
		{"one of two", "podman", `case "$*" in *golang*) echo '` + made + `';; *) echo '` + published + `';; esac`, "golang:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			program(t, dir, string(test.tool), test.says)
			t.Setenv("PATH", dir)
			got, err := test.tool.StandIns(dockerfile)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("stand-ins are %v: want %q", got, test.want)
			}
		})
	}
	if _, err := Tool("docker").StandIns(filepath.Join("..", "..", "..", "go.mod")); err == nil {
		t.Error("a file without bases is no error")
	}
}
