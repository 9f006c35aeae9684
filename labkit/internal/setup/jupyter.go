package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

// pythons are the commands that may be a new enough Python, in the order in
// which they are tried.
var pythons = []string{"python3", "python3.14", "python3.13", "python3.12", "python3.11"}

const (
	installPython = "install Python 3.11 or newer with venv, from https://www.python.org/downloads/ or the system's packages (Debian, Ubuntu: apt install python3 python3-venv)"

	// versionScript fails in a Python that cannot make virtual environments.
	versionScript = `import sys; print("%d.%d" % sys.version_info[:2]); sys.stdout.flush(); import venv, ensurepip`
)

// pythonState describes what the virtual environment is made of. Scripts in it
// hold the absolute path of the checkout.
func pythonState(repo checkout.Repo) string {
	version, err := terminal.Output(repo.Path(), nil, repo.Venv("bin", "python"), "-c", "import sys; print(sys.version)")
	if err != nil {
		version = "none"
	}
	return fmt.Sprintf("path: %s\npython: %s\n", repo.Path(), version) + Digest(repo.Path("requirements.txt"))
}

// installJupyter makes the virtual environment anew and keeps .venv/var: the
// learner's settings, and the downloaded packages, so that a checkout that was
// moved needs no network.
func installJupyter(t terminal.Terminal, repo checkout.Repo) error {
	python, err := findPython()
	if err != nil {
		return err
	}
	t.Say("setting up JupyterLab in .venv, which takes about a minute …")
	old, err := os.ReadDir(repo.Venv())
	if err != nil {
		return err
	}
	for _, entry := range old {
		if entry.Name() != "var" {
			if err := os.RemoveAll(repo.Venv(entry.Name())); err != nil {
				return err
			}
		}
	}
	if _, err := terminal.Output(repo.Path(), nil, python, "-m", "venv", repo.Venv()); err != nil {
		return err
	}
	if err := installRequirements(repo); err != nil {
		return err
	}
	return silenceNews(repo)
}

// installRequirements installs requirements.txt from .venv/var/wheels, and
// fills that folder first if it lacks something. Nothing is built, and nothing is
// installed whose hash is not in the file.
func installRequirements(repo checkout.Repo) error {
	wheels, requirements := repo.Venv("var", "wheels"), repo.Path("requirements.txt")
	pip := func(args ...string) error {
		env := []string{"PIP_NO_CACHE_DIR=1", "PIP_DISABLE_PIP_VERSION_CHECK=1"}
		_, err := terminal.Output(repo.Path(), env, repo.Venv("bin", "python"), append([]string{"-m", "pip", "-q"}, args...)...)
		return err
	}
	if err := os.MkdirAll(wheels, 0o755); err != nil {
		return err
	}
	install := []string{"install", "--no-index", "--find-links", wheels, "--require-hashes", "-r", requirements}
	if pip(install...) == nil {
		return nil
	}
	if err := pip("download", "-d", wheels, "--only-binary", ":all:", "--require-hashes", "-r", requirements); err != nil {
		return err
	}
	return pip(install...)
}

// silenceNews stops JupyterLab from asking at first start whether it may fetch
// news from the network.
func silenceNews(repo checkout.Repo) error {
	page, err := json.Marshal(map[string]any{
		"disabledExtensions": map[string]bool{"@jupyterlab/apputils-extension:announcements": true},
	})
	if err != nil {
		return err
	}
	dir := repo.Venv("etc", "jupyter", "labconfig")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "page_config.json"), page, 0o644)
}

// MakeVenv makes a virtual environment in dir anew, besides the one of
// JupyterLab, and returns its Python.
func MakeVenv(repo checkout.Repo, dir string) (string, error) {
	python, err := findPython()
	if err != nil {
		return "", err
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if _, err := terminal.Output(repo.Path(), nil, python, "-m", "venv", dir); err != nil {
		return "", err
	}
	return filepath.Join(dir, "bin", "python"), nil
}

// findPython returns the first Python in PATH that is new enough and can make a
// virtual environment. Its error says what is wrong with the first one found.
func findPython() (string, error) {
	var fault error
	for _, name := range pythons {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		err = checkPython(path)
		if err == nil {
			return path, nil
		}
		if fault == nil {
			fault = err
		}
	}
	if fault == nil {
		fault = errors.New("there is no Python: " + installPython)
	}
	return "", fault
}

// checkPython returns an error in one sentence if the Python at path will not do.
func checkPython(path string) error {
	out, err := exec.Command(path, "-c", versionScript).Output()
	version := strings.TrimSpace(string(out))
	var major, minor int
	if _, scanErr := fmt.Sscanf(version, "%d.%d", &major, &minor); scanErr != nil {
		return fmt.Errorf("%s does not work as Python: %s", path, installPython)
	}
	if major < 3 || major == 3 && minor < 11 {
		return fmt.Errorf("%s is Python %s, which is too old: %s", path, version, installPython)
	}
	if err != nil {
		return fmt.Errorf("%s, Python %s, cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python%s-venv)", path, version, version)
	}
	return nil
}

// JupyterCommand returns the command that serves the course in the folder root.
func JupyterCommand(repo checkout.Repo, root string, args ...string) []string {
	return append([]string{
		repo.Venv("bin", "python"), "-m", "jupyterlab",
		"--ServerApp.root_dir=" + root,
		"--LabApp.default_url=/lab/tree/notebooks/00_quickstart.ipynb",
		"--ServerApp.ip=127.0.0.1",
		"--ServerApp.allow_root=True",
		"--ServerApp.answer_yes=True", // Ctrl-C once is enough
		"--MappingKernelManager.default_kernel_name=gonb",
	}, args...)
}
