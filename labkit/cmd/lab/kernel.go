package main

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/setup"
)

func newKernel() *cobra.Command {
	return &cobra.Command{
		Use:   "kernel PROGRAM [ARGUMENT…]",
		Short: "Run a kernel and leave nothing of it behind",
		Long: `Kernel runs a kernel for Jupyter. When the kernel ends or is killed, so do the
cell that it was running and the tools that it had started: JupyterLab alone does
not know of these. What earlier kernels left in the folder for temporary files is
removed first.`,
		Hidden:             true,
		DisableFlagParsing: true, // the flags are the kernel's
		Args:               cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			self, err := os.Executable()
			if err != nil {
				return err
			}
			// Twice, so that there is somebody left whichever is killed.
			cmd := exec.Command(args[0], args[1:]...)
			if _, inner := os.LookupEnv(innerKernel); inner {
				if err := os.Unsetenv(innerKernel); err != nil { // cells may start kernels too
					return err
				}
			} else {
				_ = setup.ClearLeftovers(os.TempDir()) // the kernel does without
				cmd = exec.Command(self, append([]string{"kernel"}, args...)...)
				cmd.Env = append(os.Environ(), innerKernel+"=1")
				cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
			}
			status, err := processes.Supervise(cmd)
			if err == nil && status != 0 {
				os.Exit(max(status, 1)) // the kernel has said why
			}
			return err
		},
	}
}

// innerKernel tells the supervisor of the kernel that it has one itself.
const innerKernel = "FLOWLAB_KERNEL_INNER"
