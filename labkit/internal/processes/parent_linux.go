package processes

import "syscall"

// endWithParent has the kernel end a process when the thread that started it has
// ended: see prctl(2), PR_SET_PDEATHSIG.
func endWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGTERM }
