package processes

import (
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// begin gives the limits the time to hold that Python needs to begin, and more.
const begin = "sleep 0.3; "

// What passes a limit is ended with all that it started; without limits each of
// these ends by itself, after some seconds and without an error.
func TestLimits(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("limits are for Linux only")
	}
	const hold = // 40 MB
	`x=$(head -c 40000000 /dev/zero | tr "\0" a); sleep 20`
	for _, test := range []struct {
		name, script string
		limits       Limits
		want         string
	}{
		{"memory of several", `for i in 1 2 3 4 5 6 7 8 9; do sh -c '` + hold + `' & done; wait`, Limits{Memory: 300 << 20}, "more than 300 MB of memory"},
		{"processes", `for i in 1 2 3 4 5 6 7 8 9 10; do sleep 20 & done; wait`, Limits{Processes: 8}, "more than 8 processes"},
		{"processes in sessions of their own", `for i in 1 2 3 4 5 6 7 8 9 10; do setsid sleep 20 & done; sleep 20`, Limits{Processes: 8}, "more than 8 processes"},
		{"processor", `timeout 20 sh -c 'while :; do :; done'`, Limits{CPU: 200 * time.Millisecond}, "200ms of processor time"},
		{"processor, in short pieces", `for i in $(seq 4000); do /bin/true; done`, Limits{CPU: 200 * time.Millisecond}, "200ms of processor time"},
		{"a bomb", begin + `bomb() { bomb | bomb & }; bomb; sleep 20`, Limits{Processes: 50}, "more than 50 processes"},
		{"none passed", `true`, Limits{Memory: 100 << 20, Processes: 8, CPU: time.Minute}, ""},
	} {
		err := Run(exec.Command("sh", "-c", test.script), test.limits)
		_, isLimit := errors.AsType[LimitError](err)
		if isLimit != (test.want != "") || isLimit && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error is %v: want %q", test.name, err, test.want)
		}
	}
}

// One process alone is refused what is over half of the limit: it is not ended,
// and may say so itself. Nor does it write a larger file.
func TestOneProcessIsRefused(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("limits are for Linux only")
	}
	for name, script := range map[string]string{
		"memory": begin + "exec tail /dev/zero", // which looks for the beginning of the last line
		"file":   begin + "exec head -c 100000000 /dev/zero > " + t.TempDir() + "/large",
	} {
		cmd := exec.Command("sh", "-c", script)
		var said strings.Builder
		cmd.Stderr = &said
		err := Run(cmd, Limits{Memory: 128 << 20})
		if _, isLimit := errors.AsType[LimitError](err); err == nil || isLimit {
			t.Errorf("%s: error is %v, and it said %q: want its own failure", name, err, said.String())
		}
	}
}
