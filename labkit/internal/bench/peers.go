package bench

import (
	"fmt"
	"os"
	"strings"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
	"flowlab/labkit/internal/terminal"
)

// InstallPeers sets up the Python packages that labkit is compared with, and
// returns the command that runs them.
func InstallPeers(t terminal.Terminal, repo checkout.Repo) ([]string, error) {
	requirements := repo.Path("labkit", "internal", "bench", "requirements.txt")
	peers := setup.Step{
		Stamp:    repo.Venv("bench", "stamp"),
		Describe: func() string { return fmt.Sprintln(repo.Path()) + setup.Digest(requirements) },
		Build:    func() error { return buildPeers(t, repo, requirements) },
	}
	if err := peers.Do(); err != nil {
		return nil, err
	}
	return []string{repo.Venv("bench", "bin", "python"), repo.Path("labkit", "internal", "bench", "peers.py")}, nil
}

func buildPeers(t terminal.Terminal, repo checkout.Repo, requirements string) error {
	t.Say("setting up the peers in .venv/bench, which takes some minutes …")
	python, err := setup.MakeVenv(repo, repo.Venv("bench"))
	if err != nil {
		return err
	}
	pip := func(args ...string) error {
		_, err := terminal.Output(repo.Path(), []string{"PIP_DISABLE_PIP_VERSION_CHECK=1"}, python, append([]string{"-m", "pip", "-q", "install"}, args...)...)
		return err
	}
	err = pip("-r", requirements)
	if err == nil {
		return nil
	}
	t.Say("not all peers can be installed, so each is tried alone: %v", err)
	pinned, err := os.ReadFile(requirements)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(pinned)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := pip("--no-deps", line); err != nil {
			t.Say("without %s: %v", line, err)
		}
	}
	return nil
}
