package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"flowlab/labkit"
	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
)

// An input is a file with its flows.
type input struct {
	name  string
	flows dataframe.DataFrame
}

// readInputs reads all files and says on standard error what became of each.
// All that are refused are named in the error.
func readInputs(cmd *cobra.Command, names []string) ([]input, error) {
	var inputs []input
	var faults []error
	for _, name := range names {
		flows, report, err := readInput(cmd, name)
		if err != nil {
			faults = append(faults, plainFault(err))
			continue
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", name, report)
		inputs = append(inputs, input{name, flows})
	}
	return inputs, errors.Join(faults...)
}

// readInput reads a capture or a log.
func readInput(cmd *cobra.Command, name string) (dataframe.DataFrame, string, error) {
	var file io.Reader = cmd.InOrStdin()
	size := int64(-1)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return dataframe.DataFrame{}, "", err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		file = f
	}
	bar := newProgress(cmd, "reading "+name, size)
	defer bar.Finish()
	r := bufio.NewReader(io.TeeReader(file, bar))
	if capture.IsCapture(r) {
		flows, report, err := capture.ReadFrom(r, name, flow.ReadOptions{})
		return flows, report.String(), err
	}
	flows, report, err := labkit.ReadFlowsReportFrom(r, name)
	return flows, report.String(), err
}

// newProgress returns a bar on standard error for so many steps, or a wheel if
// their number is -1; written to, it steps by bytes. It shows only on a
// terminal. Finish it.
func newProgress(cmd *cobra.Command, what string, steps int64) *progressbar.ProgressBar {
	w, isFile := cmd.ErrOrStderr().(*os.File)
	return progressbar.NewOptions64(steps,
		progressbar.OptionSetWriter(cmd.ErrOrStderr()),
		progressbar.OptionSetVisibility(isFile && term.IsTerminal(int(w.Fd()))),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}

// plainFault leaves out which function has found a fault: what counts on a
// terminal is the file and the place.
func plainFault(err error) error {
	text := err.Error()
	for _, prefix := range []string{"labkit: ReadFlows: ", "capture: Read: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	return errors.New(text)
}
