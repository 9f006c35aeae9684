package scaleout_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// compose.yaml is one by the schema and the rules of the Compose Specification,
// as docker compose config checks it.
func compose(t *testing.T) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{"compose.yaml"}, cli.WithProfiles([]string{"*"}))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestComposeFile(t *testing.T) {
	project := compose(t)
	names := slices.Sorted(maps.Keys(project.Services))
	if want := []string{"gateway", "jobmanager", "kafka", "sample", "setup", "taskmanager", "worker"}; !slices.Equal(names, want) {
		t.Fatalf("services %v: want %v", names, want)
	}
	for name, s := range project.Services {
		if s.Deploy == nil || s.Deploy.Resources.Limits == nil || s.Deploy.Resources.Limits.MemoryBytes == 0 {
			t.Errorf("%s has no limit of memory", name)
		}
		if lasts := s.Restart != ""; lasts && s.HealthCheck == nil {
			t.Errorf("%s has no health check", name)
		}
		for _, p := range s.Ports {
			if p.HostIP != "127.0.0.1" {
				t.Errorf("%s listens outside of the machine, at %q", name, p.HostIP)
			}
		}
		for _, v := range s.Volumes {
			if _, ok := project.Volumes[v.Source]; !ok {
				t.Errorf("%s has the volume %q: want one that is declared", name, v.Source)
			}
		}
	}
}

// What the file says of versions is what the tests run.
func TestVersionsAreThoseOfTheTests(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	pom, wheel := read("internal/cluster/pom.xml"), read("internal/cluster/requirements.txt")
	_, kafka, _ := strings.Cut(compose(t).Services["kafka"].Image, ":")
	if !strings.Contains(pom, "<kafka>"+kafka+"</kafka>") {
		t.Errorf("compose.yaml has Kafka %s, and pom.xml another", kafka)
	}
	_, after, _ := strings.Cut(read("Dockerfile"), "flink:")
	flink, _, _ := strings.Cut(after, "-")
	if !strings.Contains(pom, "<flink>"+flink+"</flink>") || !strings.Contains(wheel, "=="+flink+" ") {
		t.Errorf("the Dockerfile has Flink %s, and pom.xml or requirements.txt another", flink)
	}
}

// The commands of the file are commands of our program, with flags that it has.
func TestCommandsOfTheComposeFile(t *testing.T) {
	program := filepath.Join(t.TempDir(), "flowlab-scaleout")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/flowlab-scaleout").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var commands [][]string
	for _, s := range compose(t).Services {
		if len(s.Entrypoint) == 0 && strings.HasPrefix(s.Image, "flowlab-scaleout") {
			commands = append(commands, s.Command)
		}
		for line := range strings.Lines(strings.Join(s.Command, "\n")) {
			_, command, ok := strings.Cut(line, "flowlab-scaleout ")
			if command, _, _ = strings.Cut(command, " ||"); ok {
				commands = append(commands, strings.Fields(command))
			}
		}
	}
	if len(commands) != 6 {
		t.Errorf("%d commands: want 6", len(commands))
	}
	for _, args := range commands {
		if out, err := exec.Command(program, append(args, "--help")...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}
