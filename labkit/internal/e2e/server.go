package e2e

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/image"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/setup"
	"flowlab/labkit/internal/terminal"
)

// A server is a JupyterLab that a test started.
type server struct {
	url, token string
	stop       func() error
}

const startTime = 3 * time.Minute // far more than it takes, but on a busy machine

// newToken returns a token that nobody else on the machine knows: who has it can
// run programs as who tests.
func newToken() string { return rand.Text() }

// serveImage builds the image and starts a container on a free port of this
// machine.
func serveImage(t terminal.Terminal, repo checkout.Repo) (server, error) {
	tool, err := image.Find(image.Runners)
	if err != nil {
		return server{}, err
	}
	name, err := image.BuildCourse(t, repo, tool)
	if err != nil {
		return server{}, err
	}
	token := newToken()
	id, err := tool.Output("run", "-d", image.TestLabel, "-p", "127.0.0.1::8888", "-e", "JUPYTER_TOKEN="+token, name)
	if err != nil {
		return server{}, err
	}
	s := server{token: token, stop: func() error {
		_, err := tool.Output("rm", "-f", "-v", id)
		return err
	}}
	address, err := tool.Output("port", id, "8888/tcp")
	if err == nil {
		address, _, _ = strings.Cut(address, "\n")
		s.url = "http://" + address + "/"
		err = await(func() error {
			_, err := tool.Output("exec", id, "lab", "healthy")
			return err
		})
	}
	if err != nil {
		return server{}, errors.Join(err, s.stop())
	}
	return s, nil
}

// serveCheckout starts this checkout's JupyterLab in a folder with the course's
// notebooks as they are released: the learner's own are left alone.
func serveCheckout(t terminal.Terminal, repo checkout.Repo) (server, error) {
	if err := setup.Course(t, repo); err != nil {
		return server{}, err
	}
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return server{}, err
	}
	s := server{token: newToken(), stop: func() error { return os.RemoveAll(dir) }}
	if err := copyCourse(repo, dir); err != nil {
		return server{}, errors.Join(err, s.stop())
	}
	runtime := filepath.Join(dir, ".runtime")
	command := setup.JupyterCommand(repo, dir, "--no-browser", "--port=0")
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(append(os.Environ(), repo.JupyterEnv()...), "JUPYTER_TOKEN="+s.token, "JUPYTER_RUNTIME_DIR="+runtime)
	if err := cmd.Start(); err != nil {
		return server{}, errors.Join(err, s.stop())
	}
	s.stop = func() error {
		err := cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // it was interrupted: its status says nothing
		return errors.Join(err, os.RemoveAll(dir))
	}
	if err := await(func() error { return image.Healthy(context.Background(), runtime) }); err != nil {
		return server{}, errors.Join(err, s.stop())
	}
	noted, err := image.Servers(runtime)
	if err != nil {
		return server{}, errors.Join(err, s.stop())
	}
	s.url = noted[0].URL
	return s, nil
}

// copyCourse writes the notebooks into dir, solved and released.
func copyCourse(repo checkout.Repo, dir string) error {
	if err := os.CopyFS(filepath.Join(dir, "solutions"), os.DirFS(repo.Path("solutions"))); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, "notebooks"), 0o755); err != nil {
		return err
	}
	names, err := repo.Names()
	if err != nil {
		return err
	}
	for _, name := range names {
		n, err := notebook.Released(repo, name+".ipynb")
		if err != nil {
			return err
		}
		if _, err := n.Write(filepath.Join(dir, "notebooks", name+".ipynb")); err != nil {
			return err
		}
	}
	return nil
}

// await calls try until it succeeds.
func await(try func() error) error {
	end := time.Now().Add(startTime)
	for {
		err := try()
		if err == nil {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("JupyterLab does not answer after %v: %w", startTime, err)
		}
		time.Sleep(200 * time.Millisecond)
	}
}
