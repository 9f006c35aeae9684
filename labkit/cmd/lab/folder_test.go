package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const oneFlow = "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,1\n"

// Of very many files that are left out, refused or read the first are named, and
// the rest counted.
func TestFolderOfJunk(t *testing.T) {
	header, _, _ := strings.Cut(oneFlow, "\n")
	for name, content := range map[string]string{
		"left out 400 more files without flows":                       "junk",
		"400 more files are refused":                                  header + "\nx,\n",
		"401 more files: 401 flows, 400 of the files damaged in part": oneFlow + "x,\n",
	} {
		folder := t.TempDir()
		for i := range 500 {
			writeFile(t, filepath.Join(folder, fmt.Sprintf("%03d.csv", i)), content)
		}
		writeFile(t, filepath.Join(folder, "z.csv"), oneFlow)
		_, say, err := lab("flows", folder)
		if err != nil {
			say += err.Error()
		}
		if n := strings.Count(say, "\n"); n > 250 || !strings.Contains(say, name) {
			t.Errorf("%s: %d lines are said, error %v:\n%.2000s", name, n, err, say)
		}
	}
}

// Folders within one another until no path reaches the innermost do not keep the
// rest from being read.
func TestFolderThatIsDeep(t *testing.T) {
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "a.csv"), oneFlow)
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := root.MkdirAll(strings.Repeat("deeper/", 1000), 0o700); err != nil {
		t.Fatal(err)
	}
	defer root.RemoveAll("deeper")
	out, say, err := lab("flows", folder)
	if !errors.Is(err, errIncomplete) || strings.Count(out, "\n") != 2 || !strings.Contains(say, "left out 1 folder so deep") {
		t.Errorf("error %v, said %.300q, flows\n%s", err, say, out)
	}
}

// A pipe is not waited for where a file has to be read more than once, or is no
// stream: a log that is followed, what lies beside one, a model, a capture to cut.
func TestPipesAreNotWaitedFor(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(folder, "flows.csv")
	writeFile(t, log, oneFlow)
	for _, args := range [][]string{
		{"capture", "cut", "--where", "dst_port == 1", pipe, filepath.Join(folder, "out.pcap")},
		{"flows", "--follow", pipe},
		{"stream", "--once", "--store", filepath.Join(folder, "s1"), pipe},
		{"stream", "--once", "--store", filepath.Join(folder, "s2"), "--model", pipe, log},
		{"score", "--model", pipe, log},
		{"score", "--allow", pipe, log},
		{"score", "--incidents", "--state", pipe, log},
		{"flows", "--columns-file", pipe, log},
		{"allow", "add", "--file", pipe, "--host", "10.0.0.1", "--reason", "x"},
	} {
		if _, _, err := lab(args...); err == nil || !strings.Contains(err.Error(), "regular file") && !strings.Contains(err.Error(), "no file") {
			t.Errorf("%v: error is %v: want that this is no regular file", args, err)
		}
	}
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
