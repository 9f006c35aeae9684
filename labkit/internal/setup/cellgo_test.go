package setup

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What a cell runs as go: a get that can get nothing is left out, all else comes
// to the next go command in PATH as it is.
func TestCellGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's [a] folder")
	script, command := filepath.Join(dir, "libexec", "go"), filepath.Join(dir, "bin", "go")
	for path, text := range map[string]string{
		script:  cellGo,
		command: "#!/bin/sh\necho \"$#: $*;${GOGC:+ GOGC=$GOGC}${GOMEMLIMIT:+ GOMEMLIMIT=$GOMEMLIMIT}\"\nexit 3\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	path := strings.Join([]string{"/before", filepath.Dir(script), filepath.Dir(command), os.Getenv("PATH")}, ":")
	for _, c := range []struct {
		args, env, want string // want is empty if the go command is not run
	}{
		{"get", "GOPROXY=off", ""},
		{"get -t", "GOPROXY=off", ""},
		{"get", "GOPROXY=https://example.com", "1: get;"},
		{"get", "GOPROXY=", "1: get;"},
		{"get example.com/module@v1.2.3", "GOPROXY=off", "2: get example.com/module@v1.2.3;"},
		{"build -o /tmp/x", "GOPROXY=off", "3: build -o /tmp/x; GOGC=off GOMEMLIMIT=256MiB"},
		{"test -c -o /tmp/x", "GOPROXY=off", "4: test -c -o /tmp/x; GOGC=off GOMEMLIMIT=256MiB"},
		{"build -o x", "GOGC=50", "3: build -o x; GOGC=50 GOMEMLIMIT=256MiB"},
		{"version", "GOPROXY=off", "1: version;"},
	} {
		cmd := exec.Command(script, strings.Fields(c.args)...)
		cmd.Env = []string{"PATH=" + path, c.env}
		out, err := cmd.Output()
		if got := strings.TrimSpace(string(out)); got != c.want {
			t.Errorf("%s go %s gives %q, want %q", c.env, c.args, got, c.want)
		}
		if status := cmd.ProcessState.ExitCode(); (status == 3) != (c.want != "") {
			t.Errorf("%s go %s ends with status %d: %v", c.env, c.args, status, err)
		}
	}
}
