//go:build !linux

package show

import "os"

// awaitPrinted does nothing: only Linux tells what a pipe still holds without reading it.
func awaitPrinted(*os.File) {}
