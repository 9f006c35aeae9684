// Package image builds the course's container image. Its test runs the image as
// learners and teachers do.
package image

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// Variable is the environment variable that names the image to test.
const Variable = "FLOWLAB_IMAGE"

// TestLabel is the option that marks the container of a test: one that was cut
// off leaves it behind.
const TestLabel = "--label=flowlab.test"

// buildLabel is the option that marks what a build makes, so that only this is
// cleared away. It stands in the image's settings, and in no layer.
const buildLabel = "--label=flowlab.build"

// A Tool is the name of a program that builds or runs images.
type Tool string

// The tools in the order in which they are tried. Buildah builds only.
var (
	Builders = []Tool{"docker", "podman", "buildah"}
	Runners  = []Tool{"docker", "podman"}
)

const installTool = "install Docker (https://docs.docker.com/get-docker/) or Podman (https://podman.io/docs/installation)"

// Find returns the first of the tools that is there and works. Docker's program
// may be there without its daemon.
func Find(tools []Tool) (Tool, error) {
	var fault error
	for _, tool := range tools {
		if _, err := exec.LookPath(string(tool)); err != nil {
			continue
		}
		_, err := tool.Output("info")
		if err == nil {
			return tool, nil
		}
		if fault == nil {
			fault = fmt.Errorf("%s is there and does not work: start it, or %s\n%w", tool, installTool, err)
		}
	}
	if fault == nil {
		fault = errors.New("there is no container tool: " + installTool)
	}
	return "", fault
}

// Output runs the tool and returns what it printed on standard output. An error
// has what it printed on standard error.
func (t Tool) Output(args ...string) (string, error) {
	out, err := exec.Command(string(t), args...).Output()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		err = fmt.Errorf("%s %s: %w\n%s", t, strings.Join(args, " "), err, strings.TrimSpace(string(failed.Stderr)))
	}
	return strings.TrimSpace(string(out)), err
}

// Build builds the image of the checkout in dir and writes the tool's own
// progress to w. Bases that are there are not looked for on the network.
func (t Tool) Build(w io.Writer, dir, tag string) error {
	edition, err := Edition(dir)
	if err != nil {
		return err
	}
	labels := []string{buildLabel, editionLabel + "=" + edition}
	args := []string{"build", "-t", tag}
	switch t {
	case "podman": // of the two formats, this one has health checks
		args = []string{"build", "--format=docker", "--layers", "-t", tag}
	case "buildah":
		args = []string{"build", "--format=docker", "--layers", "--pull=false", "-t", tag}
	}
	cmd := exec.Command(string(t), append(append(args, labels...), ".")...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building the image with %s: %w", cmd, err)
	}
	return nil
}

// base matches the bases in a Dockerfile.
var base = regexp.MustCompile(`(?m)^ARG \w+_IMAGE=(\S+)$`)

// StandIns returns the bases of the Dockerfile at path that were made on this
// machine instead of published. One that the tool does not keep was not.
func (t Tool) StandIns(path string) ([]string, error) {
	dockerfile, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	bases := base.FindAllStringSubmatch(string(dockerfile), -1)
	if len(bases) == 0 {
		return nil, fmt.Errorf("%s names no base: want lines like ARG RUN_IMAGE=…", path)
	}
	var found []string
	for _, match := range bases {
		homemade, err := t.homemade(match[1])
		if err != nil {
			return nil, err
		}
		if homemade {
			found = append(found, match[1])
		}
	}
	return found, nil
}

// homemade reports whether an image was made on this machine: with Docker it has
// no digest of a registry, with Buildah, which Podman builds with, its label.
func (t Tool) homemade(name string) (bool, error) {
	args := []string{"image", "inspect", name}
	if t == "buildah" {
		args = []string{"inspect", "--type=image", name}
	}
	out, err := t.Output(args...)
	if err != nil {
		return false, nil // not kept
	}
	if t == "buildah" { // the others print a list
		out = "[" + out + "]"
	}
	type config struct{ Labels map[string]string }
	var images []struct {
		Config      config
		RepoDigests []string
		Docker      struct{ Config config }
	}
	if err := json.Unmarshal([]byte(out), &images); err != nil || len(images) != 1 {
		return false, fmt.Errorf("what %s says about %s cannot be understood (%v):\n%s", t, name, err, out)
	}
	image := images[0]
	if t == "docker" && len(image.RepoDigests) == 0 {
		return true, nil
	}
	return image.Config.Labels["io.buildah.version"]+image.Docker.Config.Labels["io.buildah.version"] != "", nil
}
