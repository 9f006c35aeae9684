package setup

import (
	"os"
	"path/filepath"

	"flowlab/labkit/internal/checkout"
)

// cellGo is the go command that GoNB finds: the next one in PATH, with two
// differences. GoNB runs go get before each cell; with GOPROXY off it can get
// nothing, and go build says as well what is missing. And compiler and linker
// are done sooner if each collects no garbage until it holds more than it needs
// for a cell. Both together are a quarter of the time of a cell.
const cellGo = `#!/bin/sh
PATH=${PATH#*"${0%/*}:"}
case "$GOPROXY $*" in
'off get' | 'off get -t') exit 0 ;;
*' build '* | *' test -c '*) export GOGC="${GOGC:-off}" GOMEMLIMIT="${GOMEMLIMIT:-256MiB}" ;;
esac
exec go "$@"
`

func cellGoPath(repo checkout.Repo) string { return repo.Venv("libexec", "go") }

func installCellGo(repo checkout.Repo) error {
	path := cellGoPath(repo)
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(cellGo), 0o755)
}
