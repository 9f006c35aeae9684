package image

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
)

// in returns the container for a test within the one that started it.
func (c *container) in(t *testing.T) *container {
	return &container{t, c.tool, c.id}
}

func (c *container) inspect(format string) string {
	c.t.Helper()
	out, err := c.tool.Output("inspect", "--format="+format, c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

// startKernel leaves a kernel waiting.
func (c *container) startKernel() {
	c.t.Helper()
	var kernel struct{ ID string }
	c.call(http.MethodPost, "api/kernels", map[string]string{"name": "gonb", "path": "notebooks"}, &kernel)
	c.call(http.MethodGet, "api/kernels/"+kernel.ID, nil, nil)
}

// solutions returns the names of the course's notebooks.
func solutions(t *testing.T) (checkout.Repo, []string) {
	t.Helper()
	repo, paths := coursetest.Solutions(t)
	for i, path := range paths {
		paths[i] = filepath.Base(path)
	}
	return repo, paths
}

// asOwner makes dir the folder of a user who is not the image's, and returns the
// options to run as that user: of any other one if we are root, else of ours.
func asOwner(t *testing.T, dir string) []string {
	t.Helper()
	uid, gid := os.Getuid(), os.Getgid()
	if uid == 0 {
		uid, gid = 4321, 4321
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	options := []string{"--user=" + strconv.Itoa(uid) + ":" + strconv.Itoa(gid)}
	if tool, _ := underTest(t); tool == "podman" && os.Getuid() != 0 {
		options = append(options, "--userns=keep-id")
	}
	return options
}

func ownerOf(t *testing.T, path string) uint32 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
