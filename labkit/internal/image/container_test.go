package image

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const (
	home    = "/home/jovyan"
	folder  = home + "/notebooks" // the learner's
	patient = 3 * time.Minute     // what is waited for comes much sooner, but on a busy machine
)

// token is one that nobody else on the machine knows.
var token = rand.Text()

// A container is one that the test started, and ends.
type container struct {
	t    *testing.T
	tool Tool
	id   string
}

// underTest returns the image to test and the tool that runs it.
func underTest(t *testing.T) (Tool, string) {
	t.Helper()
	name := os.Getenv(Variable)
	if name == "" {
		t.Skip("NO IMAGE IS TESTED: that is for make image-test")
	}
	tool, err := Find(Runners)
	if err != nil {
		t.Fatal(err)
	}
	return tool, name
}

// start runs the image in the background: options of the tool, then, after a
// "--", a command other than JupyterLab.
func start(t *testing.T, args ...string) *container {
	t.Helper()
	tool, name := underTest(t)
	options, command := args, []string(nil)
	for i, arg := range args {
		if arg == "--" {
			options, command = args[:i], args[i+1:]
			break
		}
	}
	id, err := tool.Output(append(append(append([]string{"run", "-d", TestLabel}, options...), name), command...)...)
	if err != nil {
		t.Fatal(err)
	}
	c := &container{t, tool, id}
	t.Cleanup(func() {
		if t.Failed() {
			logs, _ := exec.Command(string(tool), "logs", id).CombinedOutput()
			t.Logf("the container said:\n%s", logs)
		}
		if _, err := tool.Output("rm", "-f", "-v", id); err != nil {
			t.Error(err)
		}
	})
	return c
}

// serve starts the image as learners do, on a port of this machine that is
// free, and waits until it answers.
func serve(t *testing.T, options ...string) *container {
	t.Helper()
	c := start(t, append([]string{"-p", "127.0.0.1::8888", "-e", "JUPYTER_TOKEN=" + token}, options...)...)
	c.await()
	return c
}

// await waits until JupyterLab answers.
func (c *container) await() {
	c.t.Helper()
	for end := time.Now().Add(patient); ; time.Sleep(100 * time.Millisecond) {
		if answer, err := http.Get(c.url("api")); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(end) {
			c.t.Fatalf("JupyterLab does not answer after %v", patient)
		}
	}
}

// url returns the address of a page. The port may change when the container is
// started again.
func (c *container) url(page string) string {
	c.t.Helper()
	address, err := c.tool.Output("port", c.id, "8888/tcp")
	if err != nil {
		c.t.Fatal(err)
	}
	first, _, _ := strings.Cut(address, "\n")
	return "http://" + first + "/" + page
}

// call asks the API with the token, and decodes the answer if it is as wanted.
func (c *container) call(method, page string, body, answer any) {
	c.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	status, text := c.request(method, page, token, data)
	if status/100 != 2 {
		c.t.Fatalf("%s %s: status %d: %s", method, page, status, text)
	}
	if answer != nil {
		if err := json.Unmarshal(text, answer); err != nil {
			c.t.Fatalf("%s %s: %v", method, page, err)
		}
	}
}

func (c *container) request(method, page, token string, body []byte) (status int, text []byte) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url(page), bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "token "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err = io.ReadAll(answer.Body); err != nil {
		c.t.Fatal(err)
	}
	return answer.StatusCode, text
}

// sh runs a shell command in the container and returns what it printed.
func (c *container) sh(command string) string {
	c.t.Helper()
	out, err := c.tool.Output("exec", c.id, "bash", "-c", command)
	if err != nil {
		c.t.Fatalf("%v\n%s", err, out)
	}
	return out
}

// exit waits until the container has ended by itself and returns its exit
// status and what it said.
func (c *container) exit() (status, said string) {
	c.t.Helper()
	status, err := c.tool.Output("wait", c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	return status, c.logs()
}

func (c *container) logs() string {
	c.t.Helper()
	said, err := exec.Command(string(c.tool), "logs", c.id).CombinedOutput()
	if err != nil {
		c.t.Fatalf("%v\n%s", err, said)
	}
	return string(said)
}

// stop stops the container, and fails if it had to be killed.
func (c *container) stop() time.Duration {
	c.t.Helper()
	began := time.Now()
	if _, err := c.tool.Output("stop", "-t", "30", c.id); err != nil {
		c.t.Fatal(err)
	}
	took := time.Since(began)
	status, err := c.tool.Output("inspect", "--format={{.State.ExitCode}}", c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	if status == "137" {
		c.t.Errorf("the container did not stop by itself and was killed after %v", took)
	}
	return took
}

// mount returns the option that mounts a folder of this machine for the learner.
func mount(dir, target string) string { return fmt.Sprintf("--volume=%s:%s", dir, target) }
