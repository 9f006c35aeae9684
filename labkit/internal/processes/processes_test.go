package processes

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stubborn writes its process number to a file and goes on whatever it is told.
const stubborn = `trap '' INT TERM HUP; echo $$ >> "$PIDS"; `

func TestNothingIsLeft(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("orphans are adopted on Linux only")
	}
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip("there is no setsid")
	}
	other := exec.Command("sleep", "600")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := other.Process.Kill(); err != nil {
			t.Errorf("a process of somebody else was ended: %v", err)
		}
		_ = other.Wait()
	}()
	for name, script := range map[string]string{
		"in the background":       `sh -c '` + stubborn + `while :; do sleep 60; done' & while [ ! -s "$PIDS" ]; do :; done`,
		"in a session of its own": `setsid sh -c '` + stubborn + `while :; do sleep 60; done' & while [ ! -s "$PIDS" ]; do :; done`,
		"without environment":     `P="$PIDS"; env -i setsid sh -c 'PIDS='"$P"'; ` + stubborn + `while :; do sleep 60; done' & while [ ! -s "$PIDS" ]; do :; done`,
		"that starts others":      `sh -c '` + stubborn + `while :; do sleep 0.001 & done' & while [ ! -s "$PIDS" ]; do :; done`,
	} {
		pids := filepath.Join(t.TempDir(), "pids")
		cmd := exec.Command("sh", "-c", script)
		cmd.Env = append(os.Environ(), "PIDS="+pids)
		if err := Run(cmd, Limits{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		data, err := os.ReadFile(pids)
		if err != nil {
			t.Fatal(err)
		}
		pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
			t.Errorf("%s: process %d is still there (%v)", name, pid, err)
		}
	}
}

// A command that does not end when it is told to is killed, with its children.
func TestCommandThatDoesNotEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	pids := filepath.Join(t.TempDir(), "pids")
	cmd := exec.CommandContext(ctx, "sh", "-c", stubborn+`while :; do sleep 60; done`)
	cmd.Env = append(os.Environ(), "PIDS="+pids)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = time.Millisecond
	go func() {
		for {
			if data, err := os.ReadFile(pids); err == nil && len(data) > 0 {
				cancel()
				return
			}
		}
	}()
	if err := Run(cmd, Limits{}); err == nil {
		t.Error("a command that was killed has no error")
	}
}

// The first of two commands that ends leaves the other alone.
func TestSideBySide(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	long := exec.Command("sh", "-c", "cat; exit 3") // until the pipe is closed
	long.Stdin = reader
	done := make(chan error)
	go func() { done <- Run(long, Limits{}) }()
	for range 3 {
		if err := Run(exec.Command("sh", "-c", "sleep 600 &"), Limits{}); err != nil {
			t.Error(err)
		}
	}
	writer.Close()
	<-done
	if got := long.ProcessState.ExitCode(); got != 3 {
		t.Errorf("the command ended with %v: want its own status 3", long.ProcessState)
	}
}
