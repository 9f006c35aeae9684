package update

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"flowlab/labkit/internal/durable"
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
		err = u.takeBegun()
	}
	if err == nil {
		_, err = u.git("reset", "--quiet", "@{upstream}", "--", "notebooks")
	}
	if err == nil {
		err = u.merge()
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

// merge goes forward to the upstream. What ends lab, such as Ctrl-C, does not end
// git in the middle of its work: it is in a process group of its own.
func (u Updater) merge() error {
	cmd := exec.Command("git", "merge", "--quiet", "--ff-only", "@{upstream}")
	cmd.Dir = u.Repo.Path()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git merge: %w\n%s", err, bytes.TrimSpace(said))
	}
	return nil
}

// takeBegun lets git merge go on where one was killed: files that this one had
// written, whole or in part, would count as changed by the learner. All that is
// in such a file is in the upstream.
func (u Updater) takeBegun() error {
	names, err := u.list("diff", "--name-only", "--no-renames", "--diff-filter=AM", "-z", "HEAD", "@{upstream}")
	if err != nil {
		return err
	}
	var begun []string
	for _, name := range names {
		if strings.HasPrefix(name, "notebooks/") {
			continue
		}
		now, err := os.ReadFile(u.Repo.Path(filepath.FromSlash(name)))
		if err != nil || u.isFrom("HEAD", name, now) {
			continue
		}
		latest, err := u.blob("@{upstream}", name)
		if err != nil || !bytes.HasPrefix(latest, now) {
			continue // the learner's own change: git says so
		}
		if err := durable.Write(u.Repo.Path(filepath.FromSlash(name)), latest); err != nil {
			return err
		}
		begun = append(begun, name)
	}
	if len(begun) == 0 {
		return nil
	}
	_, err = u.git(append([]string{"reset", "--quiet", "@{upstream}", "--"}, begun...)...)
	return err
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
