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
	err = pip("--require-hashes", "-r", requirements)
	if err == nil {
		return nil
	}
	t.Say("not all peers can be installed, so each is tried alone: %v", err)
	data, err := os.ReadFile(requirements)
	if err != nil {
		return err
	}
	alone := repo.Venv("bench", "one.txt")
	for _, pin := range pins(string(data)) {
		if err := os.WriteFile(alone, []byte(pin), 0o644); err != nil {
			return err
		}
		if err := pip("--no-deps", "--require-hashes", "-r", alone); err != nil {
			name, _, _ := strings.Cut(pin, " ")
			t.Say("without %s: %v", name, err)
		}
	}
	return nil
}

// pins returns the requirements of a file, each with its hashes, which stand on
// lines of their own.
func pins(requirements string) (list []string) {
	for line := range strings.Lines(requirements) {
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, " ") && len(list) > 0:
			list[len(list)-1] += line
		default:
			list = append(list, line)
		}
	}
	return list
}
