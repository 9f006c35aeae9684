package checkout

import (
	"fmt"
	"os"
)

// NeedKernel is the environment variable that makes a missing kernel fail the
// tests that want one, instead of skipping them: make test sets it.
const NeedKernel = "FLOWLAB_NEED_KERNEL"

// KernelSpec returns the path of the file that tells Jupyter of the kernel.
func (r Repo) KernelSpec() string {
	return r.Venv("share", "jupyter", "kernels", "gonb", "kernel.json")
}

// HasKernel returns an error if the course's kernel is not installed.
func (r Repo) HasKernel() error {
	if _, err := os.Stat(r.KernelSpec()); err != nil {
		return fmt.Errorf("the Go kernel is not installed: run make lab or make test (%w)", err)
	}
	return nil
}
