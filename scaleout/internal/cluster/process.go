package cluster

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// logging writes settings by which Java's programs log to their output.
func logging(dir string) (option string, err error) {
	path := filepath.Join(dir, "log4j.properties")
	settings := `rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out
appender.out.name=out
appender.out.type=CONSOLE
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %-5p %c{1} %m%n
`
	return "-Dlog4j.configurationFile=" + path, os.WriteFile(path, []byte(settings), 0o600)
}

// A Process is a program that was started. Its output goes to a file.
type Process struct {
	cmd  *exec.Cmd
	log  string
	once sync.Once
	done chan struct{}
}

// Start starts a program in a folder, with its output in name.log there.
func Start(dir, name string, env []string, args ...string) (*Process, error) {
	p := &Process{cmd: exec.Command(args[0], args[1:]...), log: filepath.Join(dir, name+".log"), done: make(chan struct{})}
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	p.cmd.Dir, p.cmd.Env = dir, append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = out, out
	endWithParent(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Kill ends the program as kill -9 does, and waits for its end.
func (p *Process) Kill() {
	p.once.Do(func() { p.cmd.Process.Kill() })
	<-p.done
}

// Stop asks the program to end, and waits for it.
func (p *Process) Stop() error {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
		return nil
	case <-time.After(30 * time.Second):
		p.Kill()
		return fmt.Errorf("%s does not end", p.cmd.Path)
	}
}

// Ended tells whether the program has ended.
func (p *Process) Ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// Succeeded tells whether a program has ended well.
func (p *Process) Succeeded() bool {
	<-p.done
	return p.cmd.ProcessState.Success()
}

// Used returns the processor time, user and system, of a program that has ended.
func (p *Process) Used() time.Duration {
	<-p.done
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// Pid returns the number of the process.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Tail returns the end of what the program has written.
func (p *Process) Tail() string {
	data, _ := os.ReadFile(p.log)
	return string(data[max(0, len(data)-4000):])
}

// await asks until it is told that a program is ready.
func await(p *Process, what string, ready func() error) error {
	var err error
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		if err = ready(); err == nil {
			return nil
		}
		if p.Ended() {
			return fmt.Errorf("%s has ended:\n%s", what, p.Tail())
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer: %w\n%s", what, err, p.Tail())
}

// FreePorts returns ports of 127.0.0.1 that nobody listens at.
func FreePorts(n int) ([]int, error) {
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close() // after all are known, so that they differ
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// run runs a program to its end and returns its output.
func run(dir string, args ...string) (string, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", errors.Join(fmt.Errorf("%s: %w", strings.Join(args, " "), err), errors.New(stderr.String()))
	}
	return string(out), nil
}
