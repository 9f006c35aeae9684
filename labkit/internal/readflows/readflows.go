// Package readflows opens whatever a command is given, captures and logs, and
// reads the flows in it.
//
// It exists so that neither labkit nor flowlog reaches the decoding of packets,
// and no command has to know the difference.
package readflows

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
)

// File reads the flows of a file; - is standard input, which stdin stands for.
// Progress, if it is not nil, is written the bytes that are read.
func File(name string, stdin io.Reader, progress io.Writer, o flow.ReadOptions) (*flow.Table, error) {
	return read(From, name, stdin, progress, o)
}

// NetFlow is [File] of the flows that the NetFlow in a capture tells of.
func NetFlow(name string, stdin io.Reader, progress io.Writer, o flow.ReadOptions) (*flow.Table, error) {
	return read(fromNetFlow, name, stdin, progress, o)
}

type reader func(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error)

func read(from reader, name string, stdin io.Reader, progress io.Writer, o flow.ReadOptions) (*flow.Table, error) {
	r := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, plainPath(err)
		}
		defer f.Close()
		r = f
	}
	if progress != nil {
		r = io.TeeReader(r, progress)
	}
	return from(r, name, o)
}

// From reads the flows that r holds, packets or records; name stands for the
// file in errors.
func From(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error) {
	in := bufio.NewReader(r)
	if !capture.IsCapture(in) {
		return flowlog.Read(in, name, o)
	}
	t, err := capture.ReadTable(in, name, o)
	return t, plainFault(err)
}

// fromNetFlow reads the datagrams as they are found. A place in the report or in
// an error is that of a datagram among them.
func fromNetFlow(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error) {
	datagrams, w := io.Pipe()
	var report flow.Report
	done := make(chan error, 1)
	go func() {
		var err error
		report, err = capture.NetFlow(r, name, o, w)
		w.CloseWithError(err)
		done <- err
	}()
	t, err := flowlog.Read(datagrams, name, o)
	datagrams.CloseWithError(errStopped) // so that nothing is written any more
	if captureErr := <-done; captureErr != nil && !errors.Is(captureErr, errStopped) {
		err = captureErr
	}
	if err != nil {
		return nil, plainFault(err)
	}
	t.Report.Lost = append(t.Report.Lost, report.Lost...)
	return t, nil
}

var errStopped = errors.New("no more datagrams are read")

// plainFault returns a fault without the name of a function.
func plainFault(err error) error {
	if fault, ok := errors.AsType[*flow.Fault](err); ok {
		return fault
	}
	return err
}

// plainPath returns an error of a path whose name is printed safely.
func plainPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: e.Op, Path: flow.Printable(e.Path), Err: e.Err}
	}
	return err
}

// Files are those that are to be read.
type Files struct {
	Names []string
	Found map[string]bool // those that were not named themselves
	Deep  []string        // folders that were not looked into, for their depth
}

// deepest is how many folders below one that is named are looked into: beyond
// some thousand letters of a path no file can be opened.
const deepest = 100

// Expand returns the files that names stand for: of a folder those in it and
// below it, in the order of their paths, but none whose name begins with a point.
func Expand(names []string) (Files, error) {
	all := Files{Found: map[string]bool{}}
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err != nil || !info.IsDir() {
			all.Names = append(all.Names, name) // what is wrong with it is said when it is opened
			continue
		}
		before, top := len(all.Names), strings.Count(filepath.Clean(name), string(filepath.Separator))
		err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			switch hidden := strings.HasPrefix(d.Name(), ".") && path != name; {
			case err != nil:
				return err
			case hidden && d.IsDir():
				return filepath.SkipDir
			case d.IsDir() && strings.Count(path, string(filepath.Separator))-top > deepest:
				all.Deep = append(all.Deep, path)
				return filepath.SkipDir
			case !hidden && d.Type().IsRegular():
				all.Names = append(all.Names, path)
				all.Found[path] = true
			}
			return nil
		})
		if err != nil {
			return Files{}, plainPath(err)
		}
		if len(all.Names) == before {
			return Files{}, &flow.Fault{File: name, Err: errors.New("no files in this folder: want captures or logs")}
		}
	}
	return all, nil
}

// IsNotFlows tells whether an error is that a file has no flows: of another kind
// of log, for example.
func IsNotFlows(err error) bool { return flowlog.IsNotFlows(err) }

// Titles lists by which names a flow table may have its columns.
func Titles() string {
	var b strings.Builder
	b.WriteString("The columns of a flow table, and by which other names they are known, whatever\n" +
		"their case. Anything else is named with --columns.\n\n")
	for f := range flow.NumFields {
		titles := flowlog.TitlesOf(f)
		fmt.Fprintf(&b, "  %-14s %s\n", titles[0], strings.Join(titles[1:], ", "))
	}
	return b.String()
}

// Formats lists what can be read, as a help text has it: a line for each, with
// how its files come about.
func Formats() string {
	names, help := flowlog.Formats()
	names, help = append([]string{"a capture of packets"}, names...), append([]string{"pcap, pcapng"}, help...)
	width := 0
	for _, n := range names {
		width = max(width, len(n))
	}
	var b strings.Builder
	for i, n := range names {
		b.WriteString("  " + n + strings.Repeat(" ", width-len(n)+3) + help[i] + "\n")
	}
	return b.String()
}
