package update

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/terminal"
)

// git runs git in the checkout.
func (u Updater) git(args ...string) (string, error) {
	return terminal.Output(u.Repo.Path(), nil, "git", args...)
}

// pull takes new commits in, if there is an upstream that has some, and returns
// the commit from before. It leaves the files in notebooks/ as they are, but for
// those that the new edition has no longer: git merge touches no file that its
// index holds as the new commit has it. Where it fails nothing has changed.
func (u Updater) pull() (before string, err error) {
	if _, err := u.git("rev-parse", "--verify", "--quiet", "@{upstream}"); err != nil {
		u.Tell("There is no git upstream to pull from: the notebooks are brought to the edition in solutions/.")
		return "", nil
	}
	if _, err := u.git("fetch", "--quiet"); err != nil {
		return "", err
	}
	if behind, err := u.git("rev-list", "--count", "HEAD..@{upstream}"); err != nil || behind == "0" {
		return "", err
	}
	if before, err = u.git("rev-parse", "HEAD"); err != nil {
		return "", err
	}
	removed, err := u.clearGone()
	if err == nil {
		_, err = u.git("reset", "--quiet", "@{upstream}", "--", "notebooks")
	}
	if err == nil {
		_, err = u.git("merge", "--quiet", "--ff-only", "@{upstream}")
	}
	if err != nil {
		_, _ = u.git("reset", "--quiet", "HEAD", "--", "notebooks") // the first error says what is wrong
		return "", errors.Join(err, putBack(removed))
	}
	for _, r := range removed {
		if r.aside != "" {
			u.Tell("%s: no longer in the course; your own is kept as %s", r.name, filepath.Base(r.aside))
		}
	}
	return before, nil
}

// changed returns the files of notebooks/ that differ between two commits: those
// that are new or have changed (filter AM), or are gone (filter D).
func (u Updater) changed(from, to, filter string) ([]string, error) {
	return u.list("diff", "--name-only", "--no-renames", "--diff-filter="+filter, "-z", from, to, "--", "notebooks")
}

// blob returns the content of a file in a commit.
func (u Updater) blob(commit, name string) ([]byte, error) {
	cmd := exec.Command("git", "cat-file", "blob", commit+":"+name)
	cmd.Dir = u.Repo.Path()
	data, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd, err)
	}
	return data, nil
}

// tracked returns the names of the notebooks that git has, without .ipynb; none
// without git.
func (u Updater) tracked() []string {
	paths, err := u.list("ls-tree", "--name-only", "-z", "HEAD", "notebooks/")
	if err != nil {
		return nil
	}
	var names []string
	for _, path := range paths {
		if name, ok := strings.CutSuffix(filepath.Base(path), ".ipynb"); ok {
			names = append(names, name)
		}
	}
	return names
}

// list returns the paths that a git command with -z prints.
func (u Updater) list(args ...string) ([]string, error) {
	out, err := u.git(args...)
	if err != nil || out == "" {
		return nil, err
	}
	return strings.Split(strings.Trim(out, "\x00"), "\x00"), nil
}
