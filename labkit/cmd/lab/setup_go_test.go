package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What a cell runs as go: get is left out, all else comes to the go command as
// it is.
func TestCellGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's a folder")
	command, script := filepath.Join(dir, "go"), filepath.Join(dir, "cell go")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		command: "#!/bin/sh\necho \"$#: $*; ${GOGC:-as it is} ${GOMEMLIMIT:-}\"\nexit 3\n",
		script:  fmt.Sprintf(cellGo, shellQuoted(command)),
	} {
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args []string
		want string // "" if the go command is not run
	}{
		{[]string{"get"}, ""},
		{[]string{"get", "-t"}, ""},
		{[]string{"get", "example.com/module@v1.2.3"}, "2: get example.com/module@v1.2.3; as it is"},
		{[]string{"build", "-o", "/tmp/a b"}, "3: build -o /tmp/a b; off 512MiB"},
		{[]string{"version"}, "1: version; as it is"},
	} {
		cmd := exec.Command(script, c.args...)
		cmd.Env = append(os.Environ(), "GOGC=", "GOMEMLIMIT=")
		out, err := cmd.Output()
		if got := strings.TrimSpace(string(out)); got != c.want {
			t.Errorf("go %q gives %q, want %q", c.args, got, c.want)
		}
		if status := cmd.ProcessState.ExitCode(); (status == 3) != (c.want != "") {
			t.Errorf("go %q ends with status %d: %v", c.args, status, err)
		}
	}
}
