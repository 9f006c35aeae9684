package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// FuzzFlows drives the whole command, strict and lenient. What it writes it reads
// again the same; what it says has lines that are short and steer no terminal; an
// error leaves no output, unless it says that the result is incomplete.
func FuzzFlows(f *testing.F) {
	seeds, err := filepath.Glob(logs("*.*"))
	if err != nil {
		f.Fatal(err)
	}
	handed, err := filepath.Glob(logs("handed/*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(append(seeds, handed...), sample.Path("irc.pcap"), sample.Path("nmap-vsn.pcap")) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 1<<14 {
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		for _, args := range [][]string{{"flows", "-"}, {"flows", "--strict", "-"}} {
			out, say, err := labReading(data, args...)
			if err != nil {
				say += err.Error()
			}
			for line := range strings.SplitSeq(say, "\n") {
				if len(line) > 2000 || strings.ContainsAny(line, "\x00\x07\x08\x1b\x7f\u009b\u202e") {
					t.Fatalf("%q says %q", data, line)
				}
			}
			if err != nil && !errors.Is(err, errIncomplete) {
				if out != "" {
					t.Fatalf("%q: %v, and output", data, err)
				}
				continue
			}
			if again, say, err := labReading(out, "flows", "--strict", "-"); err != nil || again != out {
				t.Fatalf("%q: read again it is another: %v\n%s", data, err, say)
			}
		}
	})
}
