// Package checkout knows what a checkout of the course is: how it is found, the
// paths and names in it, and the environment in which its programs run.
package checkout

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// A Repo is a checkout of the course, given by the absolute path of its folder.
// Its virtual environment is .venv; all that JupyterLab, pip and the Go tools
// write for the learner goes to .venv/var, which outlives a new environment.
type Repo string

// module matches the line of go.mod by which a checkout is known.
var module = regexp.MustCompile(`(?m)^module flowlab$`)

// Find returns the checkout that holds the working directory.
func Find() (Repo, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && module.Match(mod) {
			return Repo(dir), nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("this folder is not inside a checkout of the course: want a go.mod of module flowlab here or above")
		}
	}
}

// Path returns the path of a file in the checkout.
func (r Repo) Path(elem ...string) string {
	return filepath.Join(append([]string{string(r)}, elem...)...)
}

// Venv returns the path of a file in the virtual environment.
func (r Repo) Venv(elem ...string) string {
	return r.Path(append([]string{".venv"}, elem...)...)
}

// Solutions returns the paths of the solved notebooks, in order.
func (r Repo) Solutions() ([]string, error) {
	return filepath.Glob(r.Path("solutions", "*.ipynb"))
}

// Names returns the names of the course's notebooks, without .ipynb, in order.
func (r Repo) Names() ([]string, error) {
	paths, err := r.Solutions()
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = strings.TrimSuffix(filepath.Base(path), ".ipynb")
	}
	return names, err
}

// JupyterEnv returns the environment, as KEY=value, in which Jupyter finds the
// course's kernel and tools, and keeps its files inside the checkout.
func (r Repo) JupyterEnv() []string {
	return []string{
		"PATH=" + r.Venv("bin") + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"JUPYTER_CONFIG_DIR=" + r.Venv("var", "jupyter", "config"),
		"JUPYTER_DATA_DIR=" + r.Venv("var", "jupyter", "data"),
		"JUPYTER_RUNTIME_DIR=" + r.Venv("var", "jupyter", "runtime"),
		"JUPYTER_PREFER_ENV_PATH=1", // a gonb kernel in the home folder is another one
		"IPYTHONDIR=" + r.Venv("var", "ipython"),
		"npm_config_cache=" + r.Venv("var", "npm"), // JupyterLab looks for language servers by npm
	}
}

// handedOn are the variables of the environment that Python, Go and Jupyter need
// of the user's own. GOPROXY, for one, may
// hold a password.
var handedOn = []string{
	"HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH",
	"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "GOCACHE", "GOENV", "GOMODCACHE", "GOPATH", "GOROOT", "GOTOOLCHAIN", "GOTMPDIR",
}

// CleanEnv returns the environment of JupyterEnv with nothing else in it than
// what is needed: a notebook that somebody else wrote can read all of it.
func (r Repo) CleanEnv() []string {
	var env []string
	for _, name := range handedOn {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return append(env, r.JupyterEnv()...)
}

// GoEnv returns the environment, as KEY=value, in which the go command and the
// tools around it write nothing outside the checkout but Go's own caches.
func (r Repo) GoEnv() []string {
	env := []string{
		"GOPLSCACHE=" + r.Venv("var", "gopls"),
		"STATICCHECK_CACHE=" + r.Venv("var", "staticcheck"),
	}
	if runtime.GOOS == "darwin" {
		return env // there the go command knows no variable that moves its telemetry
	}
	// The go command counts its uses in a folder beside its settings. Moving the
	// one must not lose the other: what the learner set by `go env -w` stays.
	if os.Getenv("GOENV") == "" {
		if config, err := os.UserConfigDir(); err == nil {
			env = append(env, "GOENV="+filepath.Join(config, "go", "env"))
		}
	}
	return append(env, "XDG_CONFIG_HOME="+r.Venv("var", "config"))
}
