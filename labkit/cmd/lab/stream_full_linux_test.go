package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// A roomLog makes room when it is written to.
type roomLog struct {
	slog.Handler
	room func() error
}

func (l roomLog) Handle(context.Context, slog.Record) error { return l.room() }

// A disk that is full in the middle of a line: the line is cut off, waited with,
// and whole once there is room.
func TestOutWaitsForRoom(t *testing.T) {
	const page = 4096 // of the disk, which holds two
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8k"); err != nil {
		t.Skipf("only root can mount a small disk: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	filler, path := filepath.Join(dir, "filler"), filepath.Join(dir, "out.jsonl")
	if err := os.WriteFile(filler, make([]byte, page), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	line := append(bytes.Repeat([]byte("x"), 1499), '\n') // the third crosses the page
	synctest.Test(t, func(t *testing.T) {
		said, wrote := 0, 0
		out := &outFile{File: file, ctx: t.Context(), log: slog.New(roomLog{slog.NewTextHandler(io.Discard, nil), func() error {
			said++
			wrote = len(readText(t, path))
			return os.Remove(filler)
		}})}
		for range 4 {
			if err := out.add(line); err != nil {
				t.Fatal(err)
			}
		}
		if said != 1 || wrote <= 2*len(line) || readText(t, path) != string(bytes.Repeat(line, 4)) {
			t.Errorf("said %d times, with %d bytes written; the file has other than 4 whole lines", said, wrote)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		out.ctx = ctx
		if err := out.add(bytes.Repeat(line, 9)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("without room the run ends with %v", err)
		}
	})
}
