package notebook

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// testdata/sample.ipynb was executed by GoNB 0.11.4 and written by nbformat
// 5.11.1; it has fields and characters that a careless reader would change.
const sample = "testdata/sample.ipynb"

func readSample(t *testing.T) *Notebook {
	t.Helper()
	n, err := Read(sample)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBytesAreJupyters(t *testing.T) {
	want, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readSample(t).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if err := diffText(sample, string(want), string(got)); err != nil {
		t.Error(err)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"text", "hello", "not JSON"},
		{"no cells", `{"worksheets": []}`, "no list of cells"},
		{"odd cell", `{"cells": [{"cell_type": "raw", "source": ""}, 3]}`, "cell 2"},
	} {
		if _, err := Parse([]byte(test.data)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error is %v: want one with %q", test.name, err, test.want)
		}
	}
}

func TestWriteLeavesEqualFileAlone(t *testing.T) {
	path := t.TempDir() + "/n.ipynb"
	n := readSample(t)
	for i, want := range []bool{true, false} {
		wrote, err := n.Write(path)
		if err != nil {
			t.Fatal(err)
		}
		if wrote != want {
			t.Errorf("write %d: wrote is %v: want %v", i+1, wrote, want)
		}
	}
}

func TestStrip(t *testing.T) {
	n := readSample(t)
	n.Strip()
	data, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{`"execution"`, `"execution_count": 1`, "stdout", "iVBOR"} {
		if strings.Contains(string(data), left) {
			t.Errorf("a stripped notebook still has %s", left)
		}
	}
	executed := readSample(t)
	for i, c := range n.Cells() {
		before := executed.Cells()[i]
		if c.fields["id"] != before.fields["id"] || c.Source() != before.Source() {
			t.Errorf("cell %d lost its id or its source", i+1)
		}
	}
	if !strings.Contains(string(data), "unknown to this package") {
		t.Error("a field that this package does not know is gone")
	}
}

func TestCleanKeepsOutputs(t *testing.T) {
	n := readSample(t)
	n.Clean()
	if err := Diff(sample, readSample(t), n); err != nil {
		t.Error(err)
	}
	data, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "shell.execute_reply") {
		t.Error("a cleaned notebook still has times")
	}
	if !strings.Contains(string(data), `"version": "go1.26.8"`) {
		t.Error("what the kernel says of itself is gone: JupyterLab calls the notebook changed on opening it")
	}
}

// Text printed in portions is one output; a picture or another stream between
// them keeps them apart.
func TestCleanJoinsStreams(t *testing.T) {
	const stream = `{"name":%q,"output_type":"stream","text":%q}`
	const picture = `{"data":{},"metadata":{},"output_type":"display_data"}`
	outputs := strings.Join([]string{
		fmt.Sprintf(stream, "stdout", "a\nb"), fmt.Sprintf(stream, "stdout", "c\n"), picture,
		fmt.Sprintf(stream, "stdout", "d\n"), fmt.Sprintf(stream, "stderr", "e\n"),
	}, ",")
	n, err := Parse([]byte(`{"cells":[{"cell_type":"code","metadata":{},"outputs":[` + outputs + `],"source":""}],"metadata":{},"nbformat":4,"nbformat_minor":5}`))
	if err != nil {
		t.Fatal(err)
	}
	n.Clean()
	got := n.Cells()[0].outputs()
	if len(got) != 4 {
		t.Fatalf("%d outputs: want 4", len(got))
	}
	if lines := fmt.Sprint(got[0]["text"]); lines != "[a\n bc\n]" {
		t.Errorf("joined text is %q", lines)
	}
}
