package image

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/notebook"
)

func TestServer(t *testing.T) {
	c := serve(t)
	t.Run("health", func(t *testing.T) {
		c := c.in(t)
		c.sh("lab healthy")
		if check := c.inspect("{{json .Config.Healthcheck}}"); !strings.Contains(check, `"healthy"`) {
			t.Errorf("the image's health check is %s: want lab healthy", check)
		}
	})
	t.Run("token", func(t *testing.T) {
		c := c.in(t)
		for _, wrong := range []string{"", "wrong"} {
			if status, _ := c.request(http.MethodGet, "api/contents", wrong, nil); status != http.StatusForbidden {
				t.Errorf("with the token %q the API answers %d: want 403", wrong, status)
			}
		}
		c.call(http.MethodGet, "api/contents", nil, nil)
	})
	t.Run("user", func(t *testing.T) {
		c := c.in(t)
		if id := c.sh(`echo "$(id -un):$(id -u):$(id -g)"`); id != "jovyan:1000:100" {
			t.Errorf("the user is %s: want jovyan:1000:100", id)
		}
		if ids := c.sh("cat /proc/[0-9]*/status | grep ^Uid: | sort -u"); strings.Join(strings.Fields(ids), " ") != "Uid: 1000 1000 1000 1000" {
			t.Errorf("processes run as\n%s\nwant all as 1000", ids)
		}
	})
	t.Run("kernels", func(t *testing.T) {
		var kernels struct {
			Default     string
			KernelSpecs map[string]any
		}
		c.in(t).call(http.MethodGet, "api/kernelspecs", nil, &kernels)
		if kernels.Default != "gonb" || len(kernels.KernelSpecs) != 1 {
			t.Errorf("the kernels are %v, the first of them %q: want gonb alone", kernels.KernelSpecs, kernels.Default)
		}
	})
	t.Run("course", func(t *testing.T) {
		c := c.in(t)
		for _, page := range []string{"notebooks", "solutions"} {
			var listing struct{ Content []struct{ Name string } }
			c.call(http.MethodGet, "api/contents/"+page, nil, &listing)
			if _, names := solutions(t); len(listing.Content) < len(names) {
				t.Errorf("%s holds %v: want the %d notebooks of the course", page, listing.Content, len(names))
			}
		}
	})
	t.Run("terminal", func(t *testing.T) {
		c := c.in(t)
		for command, want := range map[string]string{
			"go tool lab status || true":   "exercises passed",
			"go tool lab hint bytes-ratio": "bytes-ratio",
			"go tool lab doctor":           "✓ a cell: runs",
			"go tool lab check 01 || true": "not attempted",
			"go doc labkit.Detector":       "Fit(",
			"jupyter nbconvert --to html --output-dir /tmp solutions/01_generate_flows.ipynb && cat /tmp/*.html": "<html",
		} {
			if got := c.sh(command); !strings.Contains(got, want) {
				t.Errorf("%s prints\n%s\nwant %q in it", command, got, want)
			}
		}
	})
	t.Run("bill of materials", func(t *testing.T) {
		c := c.in(t)
		bill := c.sh("cat sbom.cdx.json")
		for _, address := range []string{"pkg:golang/gonum.org/v1/gonum@", "pkg:golang/github.com/janpfeifer/gonb@", "pkg:golang/std@1.", "pkg:pypi/jupyterlab@", "pkg:deb/debian/tini@"} {
			if !strings.Contains(bill, `"purl": "`+address) {
				t.Errorf("the bill of materials lacks %s…", address)
			}
		}
		if names := c.sh(`for m in $(grep -o 'purl": "pkg:golang/[^@]*' sbom.cdx.json | cut -d/ -f2-); do [ $m = std ] || ls -A .venv/share/licences/$m 2>/dev/null | grep -q . || echo $m; done`); names != "" {
			t.Errorf("no licence of the modules\n%s", names)
		}
		if c.sh("grep -rq 'path-include.*copyright' /etc/dpkg && echo kept || true") == "" {
			t.Log("THE LICENCES OF DEBIAN PACKAGES ARE NOT LOOKED FOR: this base leaves them out, as debian:bookworm-slim does not")
			return
		}
		if names := c.sh(`for p in $(grep -o 'purl": "pkg:deb/debian/[^@]*' sbom.cdx.json | cut -d/ -f3); do [ -e /usr/share/doc/$p/copyright ] || echo $p; done`); names != "" {
			t.Errorf("no licence of the packages\n%s", names)
		}
	})
	t.Run("caches outlast five days", func(t *testing.T) {
		if n := c.in(t).sh("find /go/cache .venv/var/gopls \\( -name '*-[ad]' -o -path '*/gopls/*' -type f \\) -not -newermt 2036-01-01 -not -newermt '10 min ago' | wc -l"); n != "0" {
			t.Errorf("%s files in the caches are dated so that Go or gopls throws them away", n)
		}
	})
}

// TestTokenIsShown tells that the address with the token is in the log of a
// container that was given none.
func TestTokenIsShown(t *testing.T) {
	c := start(t, "-p", "127.0.0.1::8888")
	c.await()
	if said := c.logs(); !strings.Contains(said, "http://127.0.0.1:8888/lab/tree/notebooks/01_generate_flows.ipynb?token=") {
		t.Errorf("the log has no address with a token:\n%s", said)
	}
	status, page := c.request(http.MethodPost, "login?"+url.Values{"password": {"wrong"}}.Encode(), "", nil)
	if status == http.StatusOK || strings.Contains(string(page), token) {
		t.Errorf("a wrong token on the login page gives status %d: want a refusal", status)
	}
}

// TestBinder starts the image as Binder and JupyterHub do: with a command and a
// prefix of theirs.
func TestBinder(t *testing.T) {
	c := start(t, "-p", "127.0.0.1::8888", "--", "jupyter-lab", "--ip=0.0.0.0", "--port=8888", "--ServerApp.base_url=/user/ada/", "--IdentityProvider.token="+token)
	c.sh("for i in {1..600}; do lab healthy 2> /dev/null && exit; sleep 0.3; done; exit 1")
	c.call(http.MethodGet, "user/ada/api/contents/notebooks", nil, nil)
	c.sh("jupyterhub-singleuser --version")
	c.sh("jupyter notebook --version")
}

// TestSolutionsWithoutNetwork executes every solution and compares what it shows
// to what is committed.
func TestSolutionsWithoutNetwork(t *testing.T) {
	c := start(t, "--network=none", "--", "sleep", "infinity")
	repo, names := solutions(t)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			c := c.in(t)
			c.sh("rm -rf /tmp/out && mkdir /tmp/out && FLOWLAB_PROGRESS=/tmp/out/progress.json jupyter nbconvert --log-level=ERROR --to=notebook --execute --allow-errors --ExecutePreprocessor.timeout=300 --output-dir=/tmp/out solutions/" + name)
			data := c.sh("cat /tmp/out/" + name)
			got, err := notebook.Parse([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			got.Clean()
			if err := notebook.Failures(name, got); err != nil {
				t.Fatal(err)
			}
			want, err := notebook.Read(repo.Path("solutions", name))
			if err != nil {
				t.Fatal(err)
			}
			if err := notebook.Diff(name, want, got); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestMountedFolder works in a folder of this machine as its owner, and comes
// back to it.
func TestMountedFolder(t *testing.T) {
	dir := t.TempDir()
	options := append(asOwner(t, dir), mount(dir, folder))
	c := serve(t, options...)
	_, names := solutions(t)

	const mine = "notebooks/mine.ipynb"
	c.call(http.MethodPut, "api/contents/"+mine, map[string]any{"type": "notebook", "format": "json", "content": map[string]any{
		"cells": []any{}, "metadata": map[string]any{}, "nbformat": 4, "nbformat_minor": 5,
	}}, nil)
	c.sh("cd notebooks && cp /opt/flowlab/solutions/" + names[0] + " . && jupyter nbconvert --log-level=ERROR --to=notebook --execute --inplace " + names[0])

	owner := ownerOf(t, dir)
	edited := read(t, filepath.Join(dir, names[0]))
	for _, name := range append([]string{"mine.ipynb", "progress.json"}, names...) {
		if got := ownerOf(t, filepath.Join(dir, name)); got != owner {
			t.Errorf("%s belongs to user %d: want the folder's, %d", name, got, owner)
		}
	}
	if status := c.sh("go tool lab status || true"); !strings.Contains(status, "✓ passed") {
		t.Errorf("the exercises that were passed are not in the status:\n%s", status)
	}

	c.startKernel()
	within(t, "to stop, with a kernel", c.stop().Seconds(), 2, "s")
	if _, err := c.tool.Output("start", c.id); err != nil {
		t.Fatal(err)
	}
	c.await()
	c.call(http.MethodGet, "api/contents/"+mine, nil, nil)
	c.stop()

	again := serve(t, options...)
	again.call(http.MethodGet, "api/contents/"+mine, nil, nil)
	if status := again.sh("go tool lab status || true"); !strings.Contains(status, "✓ passed") {
		t.Errorf("a new container does not know what was passed:\n%s", status)
	}
	if read(t, filepath.Join(dir, names[0])) != edited {
		t.Errorf("%s was changed by starting again", names[0])
	}
}

// TestMountedHome hides the whole home folder, as JupyterHub does.
func TestMountedHome(t *testing.T) {
	dir := t.TempDir()
	c := serve(t, append(asOwner(t, dir), mount(dir, home))...)
	_, names := solutions(t)
	for _, name := range names {
		read(t, filepath.Join(dir, "notebooks", name))
	}
	if kernels := c.sh("jupyter kernelspec list"); !strings.Contains(kernels, "gonb") {
		t.Errorf("the kernels are\n%s\nwant gonb", kernels)
	}
	c.sh("cd notebooks && jupyter nbconvert --log-level=ERROR --to=notebook --execute --stdout " + names[0] + " > /dev/null")
}

func TestRefusals(t *testing.T) {
	empty, full, others := t.TempDir(), t.TempDir(), t.TempDir()
	if err := os.Chmod(others, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{empty, full} {
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	start(t, mount(full, folder), "--", "true").exit()

	for _, test := range []struct {
		name    string
		options []string
		want    string
	}{
		{"read-only and empty", []string{mount(empty, folder) + ":ro"}, folder + " is mounted read-only and lacks notebooks"},
		{"read-only home", []string{mount(empty, home) + ":ro"}, home + " is mounted read-only: mount it without :ro"},
		{"somebody else's", []string{"--user=1234:1234", mount(others, folder)}, "your work cannot be saved: " + folder + " belongs to user"},
		{"no such command", []string{"--", "no-such-command"}, `"no-such-command": executable file not found`},
		{"root", []string{"--user=0"}, "Running as root is not recommended"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, said := start(t, test.options...).exit()
			if status == "0" || !strings.Contains(said, test.want) {
				t.Errorf("ended with status %s:\n%s\nwant an error with %q", status, said, test.want)
			}
		})
	}
	t.Run("read-only and full", func(t *testing.T) {
		c := serve(t, mount(full, folder)+":ro")
		if said := c.logs(); !strings.Contains(said, "NOTHING YOU DO IN THEM CAN BE SAVED") {
			t.Errorf("the log has no warning:\n%s", said)
		}
		c.sh("jupyter nbconvert --log-level=ERROR --to=notebook --execute --stdout notebooks/01_generate_flows.ipynb > /dev/null")
	})
	t.Run("busy port", func(t *testing.T) {
		first := serve(t)
		status, said := start(t, "--network=container:"+first.id).exit()
		if want := "port 8888 is not available"; status == "0" || !strings.Contains(said, want) {
			t.Errorf("ended with status %s:\n%s\nwant an error with %q", status, said, want)
		}
	})
}
