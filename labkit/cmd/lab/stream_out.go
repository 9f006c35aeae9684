package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"syscall"
	"time"

	"flowlab/labkit/allow"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

// A findingSink shows findings that are not allowed, and adds all to a file. Each
// line of the file has the finding's number, so that a file that was cut off is
// continued.
type findingSink struct {
	screen io.Writer
	file   *outFile // nil if there is none
	from   uint64   // the first that the file does not have
	allowing
}

// An outFile is a file to which lines are added, whole.
type outFile struct {
	*os.File
	ctx   context.Context // of the run: how long it waits for room
	log   *slog.Logger
	whole int64 // bytes of whole lines
}

// A numberedFinding is a line of the file.
type numberedFinding struct {
	Number uint64 `json:"number"`
	live.Finding
	Allowed string `json:"allowed,omitempty"` // by which rule
}

func newFindingSink(ctx context.Context, screen io.Writer, path string, list *allow.List, log *slog.Logger) (*findingSink, error) {
	s := &findingSink{screen: screen, from: 1, allowing: allowing{list: list}}
	s.newView()
	if path == "" {
		return s, nil
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	s.file = &outFile{File: file, ctx: ctx, log: log}
	if s.from, err = s.file.resume(); err != nil {
		file.Close()
		return nil, fmt.Errorf("%s: %w", flow.Printable(path), err)
	}
	return s, nil
}

// resume cuts a line off that is not whole, and returns the number of the finding
// to come.
func (file *outFile) resume() (from uint64, err error) {
	from = 1
	whole := int64(0)
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, err
		}
		var last numberedFinding
		if json.Unmarshal(line, &last) != nil || last.Number == 0 {
			return 0, fmt.Errorf("byte %d begins a line that is no finding: want a file that lab stream has written", whole)
		}
		from, whole = last.Number+1, whole+int64(len(line))
	}
	file.whole = whole
	return from, file.cut()
}

// cut goes back to the end of the last whole line.
func (file *outFile) cut() error {
	if err := file.Truncate(file.whole); err != nil {
		return err
	}
	_, err := file.Seek(file.whole, io.SeekStart)
	return err
}

// add writes a line. If the disk is full it waits for room.
func (file *outFile) add(line []byte) error {
	for said := false; ; said = true {
		n, err := file.Write(line)
		if err == nil {
			file.whole += int64(n)
			return nil
		}
		if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
			return err
		}
		if !said {
			file.log.Warn("findings wait for room in --out", "error", err)
		}
		if err := file.cut(); err != nil {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-file.ctx.Done():
			return file.ctx.Err()
		}
	}
}

func (s *findingSink) take(number uint64, f stream.Finding) error {
	found, err := live.Decode(f)
	if err != nil {
		return err
	}
	looked := lookedAt(&found)
	s.mark(&looked)
	if s.file != nil {
		line, err := json.Marshal(numberedFinding{number, found, looked.Allowed})
		if err != nil {
			return err
		}
		if err := s.file.add(append(bytes.TrimSpace(line), '\n')); err != nil {
			return err
		}
	}
	if s.hides(&looked) {
		return nil
	}
	_, err = fmt.Fprintf(s.screen, "%s  %-15s  %s%s\n", lastTime(found.Last), found.Host, found.Words, bracketed(found.Technique))
	return err
}

// lookedAt returns a finding as an allow-list looks at it.
func lookedAt(f *live.Finding) triage.Finding {
	out := triage.Finding{Kind: triage.Kind(f.Kind), Host: f.Host, Peer: f.Peer, Port: -1, Last: math.NaN()}
	if f.Port != nil {
		out.Port = *f.Port
	}
	if f.Last != nil {
		out.Last = *f.Last
	}
	return out
}

// sayAllowed says how many findings were not shown.
func (s *findingSink) sayAllowed(w io.Writer) {
	if s.list != nil {
		fmt.Fprintf(w, "%s allowed by %s\n", plural.Of(s.view.Allowed, "finding"), flow.Printable(s.list.File))
	}
}

func lastTime(t *float64) string {
	if t == nil {
		return "--"
	}
	return time.UnixMicro(int64(*t * 1e6)).UTC().Format("2006-01-02 15:04:05")
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return " [" + s + "]"
}

// close syncs and closes the file. It may be called again.
func (s *findingSink) close() error {
	if s.file == nil {
		return nil
	}
	err := errors.Join(s.file.Sync(), s.file.Close())
	s.file = nil
	return err
}
