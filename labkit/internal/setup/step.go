package setup

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Step builds a part of .venv, unless it stands already.
type Step struct {
	Stamp    string        // the file that keeps what Describe said after the last build
	Describe func() string // says what the part was built from
	Build    func() error
}

// Stands reports whether the part was built from what it would be built from
// now.
func (s Step) Stands() bool {
	old, err := os.ReadFile(s.Stamp)
	return err == nil && string(old) == s.Describe()
}

// Do builds the part if what it is built from has changed. The stamp is written
// last, so an interrupted build is done again.
func (s Step) Do() error {
	if s.Stands() {
		return nil
	}
	if err := os.Remove(s.Stamp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.Build(); err != nil {
		return err
	}
	return os.WriteFile(s.Stamp, []byte(s.Describe()), 0o644)
}

// Digest names the contents of a file, or says that it cannot be read.
func Digest(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return filepath.Base(path) + ": missing\n"
	}
	return fmt.Sprintf("%s: %x\n", filepath.Base(path), sha256.Sum256(data))
}
