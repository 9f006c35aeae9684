package setup

import (
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

// kernelState describes what the tools and the kernel are made of. kernel.json
// holds absolute paths; a missing or edited one is written again.
func kernelState(repo checkout.Repo) string {
	toolchain, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "env", "GOVERSION", "GOROOT", "GOFLAGS")
	if err != nil {
		toolchain = "none"
	}
	flags, err := kernelFlags(repo)
	if err != nil {
		flags = "none"
	}
	return fmt.Sprintf("path: %s\ngo: %s\ncells: %s\nkernel: %s %v %q\n", repo.Path(), toolchain, withoutC, flags, supervisor(repo), changes) +
		Digest(repo.Path("go.mod")) + Digest(repo.Path("go.sum")) + Digest(repo.KernelSpec()) + "cells' " + Digest(cellGoPath(repo)) + cellGo
}

// kernelFlags make GoNB tell Jupyter the Go of go.mod, where it would tell that
// of its own build. JupyterLab writes what it is told into each notebook that it
// opens: as it differs from one machine to the next, every notebook would count
// as changed as soon as it is opened.
func kernelFlags(repo checkout.Repo) (string, error) {
	language, err := goOf(repo)
	return "-ldflags=github.com/janpfeifer/gonb=-s -X=runtime.buildVersion=" + language, err
}

// goOf returns the Go of go.mod, such as go1.26.
func goOf(repo checkout.Repo) (string, error) {
	data, err := os.ReadFile(repo.Path("go.mod"))
	if err != nil {
		return "", err
	}
	file, err := modfile.Parse(repo.Path("go.mod"), data, nil)
	if err != nil {
		return "", err
	}
	if file.Go == nil {
		return "", fmt.Errorf("%s: no version of Go: want a line such as go 1.26", repo.Path("go.mod"))
	}
	return version.Lang("go" + file.Go.Version), nil
}

// installKernel builds the tools of go.mod into .venv/bin and installs GoNB
// under its standard name.
func installKernel(t terminal.Terminal, repo checkout.Repo) error {
	t.Say("building the Go kernel and its tools, which takes a few minutes the first time …")
	if err := stopTelemetry(repo); err != nil {
		return err
	}
	flags, err := kernelFlags(repo)
	if err != nil {
		return err
	}
	if _, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "build", "-buildvcs=false", flags, "-o", repo.Venv("bin"), "tool"); err != nil {
		return err
	}
	if err := buildGoNB(repo, flags, repo.Venv("bin", "gonb")); err != nil {
		return err
	}
	kernels := repo.Venv("share", "jupyter")
	if err := os.RemoveAll(repo.Venv("share", "jupyter", "kernels", "gonb")); err != nil {
		return err
	}
	env := append(repo.JupyterEnv(), "JUPYTER_DATA_DIR="+kernels)
	if _, err := terminal.Output(repo.Path(), env, repo.Venv("bin", "gonb"), append(quietKernel, "--install", "--force_copy", "--go_work="+repo.Path())...); err != nil {
		return err
	}
	if err := installCellGo(repo); err != nil {
		return err
	}
	return setKernelEnv(repo)
}

// quietKernel keeps GoNB's log from the terminal, where it tries its logger with
// the line "Error message" at each start. What a cell prints is no part of it.
var quietKernel = []string{"--logtostderr=false", "--stderrthreshold=FATAL", "--log_file=" + os.DevNull}

// stopTelemetry keeps the Go tools from counting their uses in .venv, where
// nobody looks, and gopls from keeping a process for it. What go telemetry says
// outside the course stays as it is.
func stopTelemetry(repo checkout.Repo) error {
	dir := repo.Venv("var", "config", "go", "telemetry")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "mode"), []byte("off 2026-01-01"), 0o644)
}

// setKernelEnv writes the kernel's environment into kernel.json, so that it is
// the same whoever starts the kernel: make lab, VS Code or a test.
func setKernelEnv(repo checkout.Repo) error {
	env, err := kernelEnv(repo)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(repo.KernelSpec())
	if err != nil {
		return err
	}
	var spec map[string]any
	if err := json.Unmarshal(data, &spec); err != nil {
		return fmt.Errorf("%s: %w", repo.KernelSpec(), err)
	}
	values := map[string]string{}
	for _, assignment := range env {
		key, value, _ := strings.Cut(assignment, "=")
		values[key] = value
	}
	spec["env"] = values
	argv, _ := spec["argv"].([]any)
	spec["argv"] = append(supervisor(repo), argv...)
	data, err = json.MarshalIndent(spec, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(repo.KernelSpec(), append(data, '\n'), 0o644)
}

// supervisor returns the beginning of the command that starts the kernel: on
// Linux lab ends what a kernel leaves behind that was killed.
func supervisor(repo checkout.Repo) []any {
	if runtime.GOOS != "linux" {
		return nil
	}
	return []any{repo.Venv("bin", "lab"), "kernel"}
}

// withoutC keeps the parts of the standard library that call C out of a cell.
const withoutC = "CGO_ENABLED=0"

// kernelEnv returns the environment of the kernel beyond Jupyter's own.
func kernelEnv(repo checkout.Repo) ([]string, error) {
	flags, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "env", "GOFLAGS")
	if err != nil {
		return nil, err
	}
	return append(repo.GoEnv(),
		"PATH="+strings.Join([]string{filepath.Dir(cellGoPath(repo)), repo.Venv("bin"), os.Getenv("PATH")}, string(os.PathListSeparator)),
		// An import that is not there is an error at once, not after a search.
		"GOPROXY=off",
		// Every cell is linked anew: leaving out the symbol table, and what calls
		// C, saves time.
		"GOFLAGS="+strings.TrimSpace(flags+" -ldflags=-s"),
		withoutC,
	), nil
}
