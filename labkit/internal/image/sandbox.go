package image

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/progress"
)

// A Sandbox executes notebooks in containers of the course's image that have no
// network, no rights, nothing to write to but memory, and limits on that and on
// processes.
type Sandbox struct {
	Tool   Tool
	Image  string
	Limits processes.Limits // of memory and processes, in place of those below
}

// What a container of the sandbox may have.
const (
	sandboxMemory    = "2g"
	sandboxProcesses = "512"
	sandboxFiles     = "1g"        // in /tmp, which counts as memory too
	sandboxOutput    = 100_000_000 // bytes, more than sandboxScript writes
)

// Hardened are the options that take from a container what JupyterLab and the
// kernel can do without. /tmp is in memory; the kernel builds and runs its
// programs there.
var Hardened = []string{
	"--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only",
	"--tmpfs=/tmp:rw,exec,nosuid,nodev,mode=1777,size=" + sandboxFiles,
	"--memory=" + sandboxMemory, "--memory-swap=" + sandboxMemory, "--pids-limit=" + sandboxProcesses,
}

// sandboxScript takes a notebook from standard input, executes it, and writes
// the executed one and the record of its exercises to standard output.
const sandboxScript = `
mkdir -p /tmp/home /tmp/in /tmp/out /tmp/record && cat > /tmp/in/notebook.ipynb || exit
jupyter nbconvert "$@" --output-dir=/tmp/out /tmp/in/notebook.ipynb >&2 || exit
head -c 80000000 /tmp/out/executed.ipynb
head -c 1000000 /tmp/record/progress.json 2> /dev/null || echo '{"version": 1, "exercises": {}}'
head -c 16000000 /tmp/record/results.json 2> /dev/null || true
`

// Execute runs all cells of a notebook, as [notebook.Execute] does.
func (s Sandbox) Execute(ctx context.Context, n *notebook.Notebook) (notebook.Execution, error) {
	data, err := n.Bytes()
	if err != nil {
		return notebook.Execution{}, err
	}
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return notebook.Execution{}, err
	}
	defer os.RemoveAll(dir)
	name := "flowlab-check-" + rand.Text()
	cmd := exec.CommandContext(ctx, string(s.Tool), s.command(name)...)
	cmd.Dir = dir // Podman leaves a file named oom where it is called
	// A cell may write what it likes into the script's output.
	stdout, stderr := &notebook.Head{Limit: sandboxOutput}, &notebook.Head{Limit: 1 << 16}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(data), stdout, stderr
	// The tool's program is not the container, which outlives it.
	cmd.Cancel = func() error {
		_, err := s.Tool.Output("rm", "-f", name)
		return errors.Join(err, cmd.Process.Kill())
	}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		} else if cmd.ProcessState.ExitCode() == 137 {
			err = fmt.Errorf("the sandbox was ended: it may use %s of memory", s.memory())
		}
		return notebook.Execution{}, fmt.Errorf("executing it in a sandbox: %w\n%s", err, stderr)
	}
	return readSandbox(stdout.String(), dir)
}

func (s Sandbox) command(name string) []string {
	args := append([]string{"run", "--rm", "-i", "--name=" + name, "--network=none", "--entrypoint=tini",
		"-e", "HOME=/tmp/home", "-e", progress.Variable + "=/tmp/record/" + progress.Name, "-e", progress.ResultsVariable + "=/tmp/record/" + progress.ResultsName, "-e", "FLOWLAB_STRICT="}, Hardened...)
	if s.Limits.Memory > 0 {
		args = append(args, "--memory="+s.memory(), "--memory-swap="+s.memory())
	}
	if s.Limits.Processes > 0 { // it is threads that a container counts
		args = append(args, fmt.Sprintf("--pids-limit=%d", s.Limits.Processes+processes.SpareThreads))
	}
	args = append(args, s.Image, "-g", "--", "sh", "-c", sandboxScript, "sh")
	return append(args, notebook.ExecuteArgs()...)
}

// memory is what a notebook may use, in the words of the tool.
func (s Sandbox) memory() string {
	if s.Limits.Memory <= 0 {
		return sandboxMemory
	}
	return fmt.Sprintf("%dm", s.Limits.Memory>>20)
}

// readSandbox reads what sandboxScript wrote, by way of files in a folder.
func readSandbox(output, dir string) (notebook.Execution, error) {
	d := json.NewDecoder(strings.NewReader(output))
	for _, name := range []string{notebook.Executed, progress.Name} {
		var text json.RawMessage
		if err := d.Decode(&text); err != nil {
			return notebook.Execution{}, fmt.Errorf("the sandbox returned no notebook: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return notebook.Execution{}, err
		}
	}
	results := []byte(output[d.InputOffset():])
	if err := os.WriteFile(filepath.Join(dir, progress.ResultsName), results, 0o600); err != nil {
		return notebook.Execution{}, err
	}
	return notebook.ReadExecution(dir)
}
