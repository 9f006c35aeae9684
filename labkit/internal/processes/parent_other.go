//go:build !linux

package processes

import "syscall"

// endWithParent is for Linux only.
func endWithParent(*syscall.SysProcAttr) {}
