package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/notebook"
)

// cellGo is the go command that GoNB finds. GoNB runs go get before each cell,
// which cannot get anything, as the network is off: go build says as well what
// is missing. Compiler and linker are done sooner if they collect no garbage; the
// limit is for what is larger than a cell. Both together are a quarter of the
// time of a cell.
const cellGo = `#!/bin/sh
case "$*" in
get | 'get -t') exit 0 ;;
build\ *) export GOGC=off GOMEMLIMIT=512MiB ;;
esac
exec %s "$@"
`

func cellGoPath(repo notebook.Repo) string { return repo.Venv("libexec", "go") }

// installCellGo writes cellGo, which stands for the go command that is used here.
func installCellGo(repo notebook.Repo) error {
	root, err := run(repo.Path(), repo.GoEnv(), "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	path := cellGoPath(repo)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	command := filepath.Join(strings.TrimSpace(root), "bin", "go")
	return os.WriteFile(path, fmt.Appendf(nil, cellGo, shellQuoted(command)), 0o755)
}

// shellQuoted returns text as one word of a shell.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
