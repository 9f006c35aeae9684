package notebook

import (
	"strings"
	"testing"
)

// What is no notebook is refused with its place, and what was wanted.
func TestShapes(t *testing.T) {
	const cell = `{"cell_type": "code", "source": "x"}`
	for text, want := range map[string]string{
		``:                                       "not JSON",
		"{\n\"cells\": [,]}":                     "not JSON: line 2",
		"{\"cells\": []}\n\nx":                   "something behind its end, in line 3",
		`[]`:                                     "notebook is a list: want an object",
		`null`:                                   "notebook is nothing: want an object",
		`{}`:                                     "no list of cells, but nothing",
		`{"cells": {}}`:                          "no list of cells, but an object",
		`{"cells": [], "nbformat": 3}`:           "nbformat 3: want 4",
		`{"cells": [], "nbformat": "\u001b[2J"}`: "want 4",
		`{"cells": [` + cell + `, 7]}`:           "cell 2 is a number: want an object",
		`{"cells": [{"source": "x"}]}`:           "cell 1 is of type",
		`{"cells": [{"cell_type": "heading", "source": "x"}]}`:                  `of type "heading": want code, markdown or raw`,
		`{"cells": [{"cell_type": "code"}]}`:                                    "cell 1 has a source that is nothing: want a string",
		`{"cells": [{"cell_type": "code", "source": 7}]}`:                       "cell 1 has a source that is a number: want a string",
		`{"cells": [{"cell_type": "code", "source": ["x", ["y"]]}]}`:            "a list with a list, at place 2",
		`{"cells": ` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20000): "not JSON",
	} {
		_, err := Parse([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%.60q: error is %v: want %q", text, err, want)
		}
	}
}

// Of a notebook nothing is executed but its cells, by the course's kernel.
func TestProgram(t *testing.T) {
	n, err := Parse([]byte(`{"cells": [
		{"cell_type": "raw", "source": ["a\n", "b"], "attachments": 3},
		{"cell_type": "code", "id": 7, "metadata": [], "source": "1", "outputs": {}, "execution_count": "x"},
		{"cell_type": "code", "id": "dup", "source": "2", "source": "3", "metadata": {"tags": ["skip-execution"]}}],
		"metadata": {"kernelspec": {"name": "python3", "language": "python"}, "widgets": 1}, "nbformat": 4, "nbformat_minor": -1}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := n.OtherKernel(); got != "python3" {
		t.Errorf("the kernel is %q: want python3", got)
	}
	p := n.Program()
	if p.OtherKernel() != "" {
		t.Error("the program asks for another kernel")
	}
	got, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "cell-1",
   "metadata": {},
   "source": [
    "a\n",
    "b"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "cell-2",
   "metadata": {},
   "outputs": [],
   "source": [
    "1"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "cell-3",
   "metadata": {},
   "outputs": [],
   "source": [
    "3"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Go (gonb)",
   "name": "gonb"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`
	if string(got) != want {
		t.Errorf("the program is\n%s\nwant\n%s", got, want)
	}
}
