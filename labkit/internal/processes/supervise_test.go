package processes

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// superviseTest names the environment variable that makes this program two
// supervisors of a shell, one within the other.
const superviseTest = "SUPERVISE_TEST"

func TestMain(m *testing.M) {
	level := os.Getenv(superviseTest)
	if level == "" {
		os.Exit(m.Run())
	}
	cmd := exec.Command("sh", "-c", os.Getenv("SCRIPT"))
	if level == "outer" {
		cmd = exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), superviseTest+"=inner")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	} else if err := os.WriteFile(os.Getenv("INNER"), []byte(strconv.Itoa(os.Getpid())), 0o644); err != nil {
		panic(err)
	}
	status, err := Supervise(cmd)
	if err != nil {
		panic(err)
	}
	os.Exit(status)
}

// A kernel with a cell and a tool that go on whatever they are told: all are gone
// soon after the one that is killed, be it the kernel or who supervises it.
func TestSupervise(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the supervisor is for Linux only")
	}
	for _, victim := range []string{"outer", "inner", "kernel", "nobody"} {
		dir := t.TempDir()
		pids, inner := filepath.Join(dir, "pids"), filepath.Join(dir, "inner")
		// The pipe is closed when the last of them has ended.
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		script := `echo $$ >> "$PIDS"
			(trap '' TERM INT HUP; exec sleep 600) &
			(trap '' TERM INT HUP; exec setsid sleep 600) &
			echo ready >> "$PIDS"
			[ "$VICTIM" = nobody ] && exit 7
			trap '' TERM INT HUP; while :; do sleep 1; done`
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), superviseTest+"=outer", "SCRIPT="+script, "PIDS="+pids, "INNER="+inner, "VICTIM="+victim)
		cmd.Stdout = write
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		write.Close()
		lines := []string{}
		for len(lines) < 2 {
			data, err := os.ReadFile(pids)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			lines = strings.Fields(string(data))
		}
		kill := map[string]string{"outer": strconv.Itoa(cmd.Process.Pid), "kernel": lines[0]}
		if data, err := os.ReadFile(inner); err == nil {
			kill["inner"] = string(data)
		}
		if victim != "nobody" {
			pid, err := strconv.Atoi(kill[victim])
			if err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := read.Read(make([]byte, 1)); err == nil {
			t.Errorf("%s: something was printed", victim)
		}
		_ = cmd.Wait()
		if got := cmd.ProcessState.ExitCode(); victim == "nobody" && got != 7 {
			t.Errorf("the exit status is %d: want the kernel's, 7", got)
		}
		read.Close()
	}
}
