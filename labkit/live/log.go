package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/stream"
)

// A log is a file of flows. If it is followed it may be rotated: then the rest of
// the old file is read, wherever it was moved to in its folder, before the new
// one. A part of it is one file, known by its first bytes.
type log struct {
	name    string
	options Options
}

var _ stream.Source = (*log)(nil)

func (l *log) Again() bool { return true }

func (l *log) Flows(ctx context.Context, behind stream.Position, emit func(string, []flow.Flow) error) error {
	if behind.Part != "" {
		if err := l.finishRotated(ctx, behind, emit); err != nil {
			return err
		}
	}
	for {
		f, err := l.openCurrent(ctx)
		if err != nil {
			return err
		}
		t := &tail{ctx: ctx, name: l.name, file: f, follow: l.options.Follow}
		part, err := fingerprint(t)
		if err == nil {
			err = read(ctx, t, l.name, part, skipOf(behind, part), l.options, emit)
		}
		t.file.Close()
		if err != nil || !l.options.Follow {
			return err
		}
	}
}

// skipOf returns how many flows of a part were handed out before.
func skipOf(behind stream.Position, part string) int64 {
	if behind.Part == part {
		return behind.Flows
	}
	return 0
}

// openCurrent opens the log, and waits for it while it is being rotated.
func (l *log) openCurrent(ctx context.Context) (*os.File, error) {
	for {
		f, err := durable.Open(l.name)
		if err == nil || !l.options.Follow || !errors.Is(err, os.ErrNotExist) {
			return f, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
}

// finishRotated reads what the file that the position is in has behind it, and
// the files that were rotated after it, unless it is still the current one.
func (l *log) finishRotated(ctx context.Context, behind stream.Position, emit func(string, []flow.Flow) error) error {
	files, err := l.rotated()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(files, func(f rotatedFile) bool { return f.part == behind.Part })
	if at < 0 {
		if current, err := fingerprintOf(l.name); err == nil && current != behind.Part {
			l.options.Log.Warn("the log was rotated away: what it had behind the last flow that was read is missing", "log", l.name)
		}
		return nil
	}
	for _, file := range files[at:] {
		f, err := durable.Open(file.path)
		if err != nil {
			return err
		}
		err = read(ctx, f, file.path, file.part, skipOf(behind, file.part), l.options, emit)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// A rotatedFile is one that the log was, before it was rotated.
type rotatedFile struct {
	path, part string
	changed    time.Time
}

// rotated returns the files beside the log whose name begins as its does, the
// oldest first.
func (l *log) rotated() ([]rotatedFile, error) {
	paths, err := filepath.Glob(globLiteral(l.name) + "?*")
	if err != nil {
		return nil, err
	}
	var files []rotatedFile
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if part, err := fingerprintOf(path); err == nil {
			files = append(files, rotatedFile{path, part, info.ModTime()})
		}
	}
	slices.SortStableFunc(files, func(a, b rotatedFile) int { return a.changed.Compare(b.changed) })
	return files, nil
}

// globLiteral returns a pattern that a path alone fits.
func globLiteral(path string) string {
	var b []byte
	for i := range len(path) {
		if c := path[i]; c == '*' || c == '?' || c == '[' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, path[i])
	}
	return string(b)
}

// fingerprintBytes is how much of a file tells it from others: Zeek writes into
// its first lines when it was opened, other logs have the first flow there.
const fingerprintBytes = 256

// fingerprint names what a tail reads by its first bytes, for which it waits, and
// goes back to the start.
func fingerprint(t *tail) (string, error) {
	head := make([]byte, fingerprintBytes)
	n, err := io.ReadFull(t, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return "", err
	}
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	t.offset = 0
	digest := sha256.Sum256(head[:n])
	return hex.EncodeToString(digest[:8]), nil
}

func fingerprintOf(path string) (string, error) {
	f, err := durable.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return fingerprint(&tail{ctx: context.Background(), file: f})
}

// A tail reads a file to its end and, if it follows it, until there is another of
// its name, or it has become shorter.
type tail struct {
	ctx    context.Context
	name   string
	file   *os.File
	follow bool
	offset int64
}

func (t *tail) Read(p []byte) (int, error) {
	for over := false; ; {
		n, err := t.file.Read(p)
		t.offset += int64(n)
		switch {
		case n > 0:
			return n, nil
		case err != nil && err != io.EOF:
			return 0, err
		case !t.follow || over:
			return 0, io.EOF
		}
		if over = t.replaced(); over {
			continue // what was written in between
		}
		if err := pause(t.ctx); err != nil {
			return 0, err
		}
	}
}

// replaced tells whether nothing more is to come of the file.
func (t *tail) replaced() bool {
	before, err := t.file.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(t.name)
	if err != nil {
		return false // it is being rotated
	}
	return !os.SameFile(now, before) || now.Size() < t.offset
}

// pause waits until it is time to look again.
func pause(ctx context.Context) error {
	timer := time.NewTimer(lookAgain)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

const lookAgain = 100 * time.Millisecond
