package image

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

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
	sandboxFiles     = "1g" // in /tmp, which counts as memory too
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
	name := "flowlab-check-" + rand.Text()
	cmd := exec.CommandContext(ctx, string(s.Tool), s.command(name)...)
	var stdout bytes.Buffer
	stderr := &notebook.Head{Limit: 1 << 16}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(data), &stdout, stderr
	// The tool's program is not the container, which outlives it.
	cmd.Cancel = func() error {
		_, err := s.Tool.Output("rm", "-f", name)
		return errors.Join(err, cmd.Process.Kill())
	}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		} else if cmd.ProcessState.ExitCode() == 137 {
			err = errors.New("the sandbox was ended: it took more memory than it may")
		}
		return notebook.Execution{}, fmt.Errorf("executing it in a sandbox: %w\n%s", err, stderr)
	}
	return readSandbox(&stdout)
}

func (s Sandbox) command(name string) []string {
	args := append([]string{"run", "--rm", "-i", "--name=" + name, "--network=none", "--entrypoint=tini",
		"-e", "HOME=/tmp/home", "-e", progress.Variable + "=/tmp/record/" + progress.Name, "-e", progress.ResultsVariable + "=/tmp/record/" + progress.ResultsName, "-e", "FLOWLAB_STRICT="}, Hardened...)
	if s.Limits.Memory > 0 {
		memory := fmt.Sprintf("%dm", s.Limits.Memory>>20)
		args = append(args, "--memory="+memory, "--memory-swap="+memory)
	}
	if s.Limits.Processes > 0 {
		args = append(args, fmt.Sprintf("--pids-limit=%d", s.Limits.Processes))
	}
	args = append(args, s.Image, "-g", "--", "sh", "-c", sandboxScript, "sh")
	return append(args, notebook.ExecuteArgs()...)
}

// readSandbox reads what sandboxScript wrote.
func readSandbox(stdout *bytes.Buffer) (notebook.Execution, error) {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return notebook.Execution{}, err
	}
	defer os.RemoveAll(dir)
	d := json.NewDecoder(stdout)
	for _, name := range []string{notebook.Executed, progress.Name} {
		var text json.RawMessage
		if err := d.Decode(&text); err != nil {
			return notebook.Execution{}, fmt.Errorf("the sandbox returned no notebook: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return notebook.Execution{}, err
		}
	}
	results, err := io.ReadAll(io.MultiReader(d.Buffered(), stdout))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, progress.ResultsName), results, 0o600)
	}
	if err != nil {
		return notebook.Execution{}, err
	}
	return notebook.ReadExecution(dir)
}
