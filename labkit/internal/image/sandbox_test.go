package image

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/submission"
)

// execute executes a notebook of these cells in the sandbox.
func execute(t *testing.T, limit time.Duration, cells ...string) submission.Result {
	t.Helper()
	tool, name := underTest(t)
	path := filepath.Join(t.TempDir(), "02_feature_engineering.ipynb")
	var list []string
	for i, source := range cells {
		list = append(list, "code", fmt.Sprint("c", i), source)
	}
	coursetest.WriteNotebook(t, path, list...)
	c := submission.Checker{Limit: limit, Execute: inSandbox(tool, name)}
	return c.Check(t.Context(), path)
}

func inSandbox(tool Tool, name string) func(context.Context, *notebook.Notebook, string) (notebook.Execution, error) {
	return func(ctx context.Context, n *notebook.Notebook, _ string) (notebook.Execution, error) {
		return Sandbox{Tool: tool, Image: name}.Execute(ctx, n)
	}
}

const rightAnswer = `import "flowlab/labkit/check"

func bytesRatio(sent, received float64) float64 { return sent / (sent + received + 1) }

%%
check.BytesRatio(bytesRatio)`

func TestSandbox(t *testing.T) {
	underTest(t)
	const limit = 2 * time.Minute
	t.Run("honest", func(t *testing.T) {
		r := execute(t, limit, rightAnswer)
		if r.Fault != "" || r.Failures != "" {
			t.Errorf("fault %q, failures %q: want none", r.Fault, r.Failures)
		}
		for _, m := range r.Marks {
			if want := m.Exercise.ID == "bytes-ratio"; (m.State == "passed") != want || m.Dispute != "" {
				t.Errorf("%s: state %q, dispute %q", m.Exercise.ID, m.State, m.Dispute)
			}
		}
	})
	t.Run("solution", func(t *testing.T) {
		tool, name := underTest(t)
		repo := coursetest.Repo(t)
		c := submission.Checker{Limit: limit, Execute: inSandbox(tool, name)}
		if r := c.Check(t.Context(), repo.Path("solutions", "01_generate_flows.ipynb")); !r.Passed(true) {
			t.Errorf("a solution is not passed: fault %q, failures %q", r.Fault, r.Failures)
		}
	})
	for name, test := range map[string]struct{ cell, want string }{
		"network":   {"%%\n_, err := net.DialTimeout(\"tcp\", \"1.1.1.1:53\", 5*time.Second)\npanic(err)", "network is unreachable"},
		"files":     {"%%\npanic(os.WriteFile(\"/opt/flowlab/labkit/x\", nil, 0o644))", "read-only file system"},
		"own files": {"%%\nentries, err := os.ReadDir(\"/home/jovyan\")\npanic(fmt.Sprint(\"home has \", len(entries), err))", "home has "},
		"processes": {"%%\nfor i := 0; ; i++ {\n\tif err := exec.Command(\"sleep\", \"600\").Start(); err != nil {\n\t\tpanic(err)\n\t}\n}", "resource temporarily unavailable"},
		"rights":    {"%%\ndata, _ := os.ReadFile(\"/proc/self/status\")\nwords := strings.Fields(string(data))\nrights := \"\"\nfor i, word := range words {\n\tif word == \"CapBnd:\" || word == \"NoNewPrivs:\" {\n\t\trights += word + words[i+1] + \" \"\n\t}\n}\nfmt.Print(rights)\npanic(\"shown\")", "CapBnd:0000000000000000 NoNewPrivs:1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := execute(t, limit, test.cell)
			if !strings.Contains(r.Fault+r.Failures, test.want) {
				t.Errorf("fault %q, failures %q: want %q", r.Fault, r.Failures, test.want)
			}
		})
	}
	t.Run("memory", func(t *testing.T) {
		r := execute(t, limit, "%%\nvar all [][]byte\nfor {\n\tb := make([]byte, 64<<20)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\tall = append(all, b)\n}", rightAnswer)
		if r.Fault == "" && r.Failures == "" {
			t.Error("a program that takes all memory has no fault")
		}
	})
	t.Run("time", func(t *testing.T) {
		r := execute(t, 20*time.Second, "%%\nsignal.Ignore(os.Interrupt, syscall.SIGTERM)\ntime.Sleep(time.Hour)")
		if !strings.Contains(r.Fault, "did not end within 20s") {
			t.Errorf("fault is %q: want that it did not end", r.Fault)
		}
		tool, _ := underTest(t)
		if left, err := tool.Output("ps", "-q", "--filter", "name=flowlab-check"); err != nil || left != "" {
			t.Errorf("containers are left: %q, error %v", left, err)
		}
	})
}

// TestHardened works in a container that may do as little as the README says.
func TestHardened(t *testing.T) {
	c := serve(t, append([]string{"--tmpfs=" + home + ":rw,mode=1777"}, Hardened...)...)
	c.call(http.MethodGet, "api/contents/notebooks", nil, nil)
	c.sh("cd notebooks && jupyter nbconvert --log-level=ERROR --to=notebook --execute --stdout 01_generate_flows.ipynb > /dev/null")
	if status := c.sh("go tool lab status || true"); !strings.Contains(status, "exercises passed") {
		t.Errorf("lab status prints\n%s", status)
	}
}

// TestNothingIsGivenAway tells that no program of the image has more rights than
// who starts it, and that the course is not the learner's to change.
func TestNothingIsGivenAway(t *testing.T) {
	c := start(t, "--", "sleep", "infinity")
	if found := c.sh("find / -xdev -type f -perm /6000 2> /dev/null || true"); found != "" {
		t.Errorf("these programs are setuid or setgid:\n%s", found)
	}
	if found := c.sh("find /opt/flowlab /go/pkg/mod /usr/local/go -xdev -writable -not -type l -not -path '/opt/flowlab/.venv/var*' -not -path '/go/pkg/mod/cache*' 2> /dev/null | head -5"); found != "" {
		t.Errorf("the learner may change\n%s", found)
	}
}

// TestHostIsChecked asks by the name of another machine, as a page elsewhere
// could that had this name point to 127.0.0.1.
func TestHostIsChecked(t *testing.T) {
	c := serve(t)
	request, err := http.NewRequest(http.MethodGet, c.url("api/contents?token="+token), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "example.com"
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("for another host the status is %d: want 403", answer.StatusCode)
	}
}
