package progress

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A file that is cut off anywhere gives back the entries that are whole in it.
func TestCutFileGivesBackWholeEntries(t *testing.T) {
	path := newFile(t, "")
	for _, id := range []string{"a", "b", "c"} {
		record(t, path, id, Passed)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := 1; cut < len(bytes.TrimSpace(data)); cut++ {
		entries, fault := decode(data[:cut])
		if fault == "" {
			t.Errorf("the first %d bytes have no fault", cut)
		}
		// Each entry ends with the brace behind its attempts.
		if whole := bytes.Count(data[:cut], []byte("}")); len(entries) != min(whole, 3) {
			t.Errorf("the first %d bytes, with %d whole entries, give back %v", cut, whole, entries)
		}
		for id, e := range entries {
			if e != (Entry{Passed, Passed, 1}) {
				t.Errorf("the first %d bytes give back %s: %+v", cut, id, e)
			}
		}
	}
}

func TestAttemptsDoNotWrap(t *testing.T) {
	path := newFile(t, fmt.Sprintf(`{"version": 1, "exercises": {"a": {"best": "wrong", "last": "wrong", "attempts": %d}}}`, math.MaxInt))
	if got := record(t, path, "a", Passed); got != (Entry{Passed, Passed, math.MaxInt}) {
		t.Errorf("entry is %+v: want as many attempts as before", got)
	}
}

func TestLinkStaysALink(t *testing.T) {
	target := newFile(t, "")
	record(t, target, "a", Wrong)
	path := filepath.Join(t.TempDir(), Name)
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
	record(t, path, "a", Passed)
	if load(t, target)["a"].Best != Passed {
		t.Error("the file that the link leads to was not written")
	}
}

func TestDeviceIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), Name)
	if err := os.Symlink("/dev/zero", path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Load(path); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("error is %v: want that it is no regular file", err)
	}
}

// Who hangs while he holds the lock is named, and waited for no longer.
func TestLockHasAnOwner(t *testing.T) {
	path := newFile(t, "")
	unlock, err := lock(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = lockWithin(path, time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("locked by process %d (progress.test) since ", os.Getpid())) {
		t.Errorf("error is %v: want one that names this process", err)
	}
	if err := os.Remove(ownerFile(path)); err != nil {
		t.Fatal(err)
	}
	if _, err = lockWithin(path, time.Millisecond); err == nil || !strings.Contains(err.Error(), "locked by another program") {
		t.Errorf("without a note of the owner the error is %v", err)
	}
	unlock()
	if unlock, err = lockWithin(path, time.Minute); err != nil {
		t.Fatal(err)
	}
	unlock()
}

// What a program left that was killed while it wrote is cleared away.
func TestTemporaryFilesAreCleared(t *testing.T) {
	path := newFile(t, "")
	left := filepath.Join(filepath.Dir(path), ".progress.json-123")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	record(t, path, "a", Passed)
	if _, err := os.Stat(left); err == nil {
		t.Error("what an interrupted write left is still there")
	}
}
