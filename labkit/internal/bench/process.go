package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// A request is a line of JSON on a worker's standard input: run the task on the
// files once. What the task needs before it, such as a fitted model to score
// with, is made when the task is asked for the first time, and not timed.
type request struct {
	Task    Task   `json:"task"`
	Setting string `json:"setting"`
	Rate    int    `json:"rate,omitempty"` // flows a second, of a stream
	files
}

// A reply is a line of JSON on a worker's standard output.
type reply struct {
	Seconds float64   `json:"seconds"`
	Labels  []byte    `json:"labels,omitempty"` // base64, a byte a row: 1 is an anomaly
	Digest  string    `json:"digest,omitempty"` // of the bits of the scores
	Rows    int       `json:"rows,omitempty"`   // of the features or flows read
	Sums    []float64 `json:"sums,omitempty"`   // of their columns, or the first of them
	Memory  int64     `json:"memory,omitempty"` // the most that a process which it started held, in bytes
	Error   string    `json:"error,omitempty"`

	Stream *StreamRun `json:"stream,omitempty"`
}

// A worker is a process that runs the tasks of one system.
type worker struct {
	System
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	err strings.Builder
}

// start starts the worker of a system.
func start(s System, cmd *exec.Cmd) (*worker, error) {
	w := &worker{System: s, cmd: cmd}
	var err error
	if w.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.out = bufio.NewReaderSize(out, 1<<16)
	cmd.Stderr = &w.err
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("bench: starting %v: %w", s, err)
	}
	return w, nil
}

// run has the worker do a task once.
func (w *worker) run(r request) (reply, error) {
	r.Setting = w.Setting
	line, err := json.Marshal(r)
	if err != nil {
		return reply{}, err
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return reply{}, w.fault(err)
	}
	line, err = w.out.ReadBytes('\n')
	if err != nil {
		return reply{}, w.fault(err)
	}
	var answer reply
	if err := json.Unmarshal(line, &answer); err != nil {
		return reply{}, w.fault(err)
	}
	if answer.Error != "" {
		return reply{}, fmt.Errorf("bench: %v: %s", w.System, answer.Error)
	}
	return answer, nil
}

// fault is an error of the process, with the end of what it said.
func (w *worker) fault(err error) error {
	w.stop()
	said := strings.TrimSpace(w.err.String())
	if cut := strings.LastIndexByte(said, '\n'); cut >= 0 {
		said = said[cut+1:]
	}
	return fmt.Errorf("bench: %v: %w: %s", w.System, err, said)
}

// stop ends the process, which leaves when its input ends.
func (w *worker) stop() {
	w.in.Close()
	w.cmd.Wait()
}

// peak returns the most memory that the process ever held, or one that it
// started, in bytes; 0 where the system does not tell. Of tshark, which Python
// only starts, that of Python does not count. (The rusage of a child would count
// memory of its parent too, from the moment between fork and exec.)
func (w *worker) peak(answer reply) int64 {
	if w.Name == tshark {
		return answer.Memory
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	amount, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kilobytes, err := strconv.ParseInt(amount, 10, 64)
	if err != nil {
		return 0
	}
	return max(kilobytes<<10, answer.Memory)
}
