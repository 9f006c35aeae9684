// Package notebook reads, cleans, executes and compares Jupyter notebooks: what
// the author's commands and the tests of the course need of them.
//
// A notebook is kept as the JSON tree that it is, so fields that this package
// knows nothing of survive reading and writing. The format is nbformat 4,
// https://nbformat.readthedocs.io.
package notebook
