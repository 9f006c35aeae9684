package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/readflows"
)

// An input is a file with its flows.
type input struct {
	name  string
	table *flow.Table
	lacks bool // files beside it were not looked at
}

var inputFormats = `FILE may be, whatever its name, and compressed with gzip or not:

` + readflows.Formats() + `
- is standard input, and DIR/ all files in a folder and below it that have flows.

What is damaged is left out, counted by reason on standard error, and its first
places are named: file:line:column, or packet or datagram and byte. What is
before and behind it is read; then the exit status is 3 and the last line says
that the result is incomplete. --strict refuses at the first fault instead: status
1, and nothing is written. So is always what is of no known format, and a file of
which more than half of the first 10,000 records are damaged.`

// errIncomplete gives the exit status of a command whose result lacks what was
// damaged in the input.
var errIncomplete = errors.New("the result is incomplete: what was damaged in the input is left out")

// readFlags are the flags of commands that read flows.
type readFlags struct {
	strict, netflow  bool
	details          bool // see [flow.ReadOptions]
	rejects, columns string
	columnsFile      string
	limits           flow.Limits
}

func (r *readFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&r.strict, "strict", false, "refuse a file at its first fault")
	f.BoolVar(&r.netflow, "netflow", false, "of captures, the flows that the NetFlow in them tells of")
	f.StringVar(&r.rejects, "rejects", "", "keep what is damaged in this file, with place and reason")
	f.StringVar(&r.columns, "columns", "", "where a CSV file has which column, with units if they\nare not seconds: ts=start_time:ms,src_ip=source,…")
	f.StringVar(&r.columnsFile, "columns-file", "", "a file with that, a column a line")
	f.IntVar(&r.limits.Flows, "max-flows", flow.DefaultFlows, "of a file; -1 for no limit")
	f.Int64Var(&r.limits.Unpacked, "max-unpacked", flow.DefaultUnpacked, "bytes in a packed file; -1 for no limit")
	f.IntVar(&r.limits.Ratio, "max-ratio", flow.DefaultRatio, "of unpacked to packed bytes; -1 for no limit")
	f.IntVar(&r.limits.Live, "max-live", flow.DefaultLive, "flows of a capture that are open at once; -1 for no limit")
}

// largestColumns is how many bytes a file of columns may have.
const largestColumns = 1 << 20

// options returns how files are to be read.
func (r *readFlags) options() (flow.ReadOptions, error) {
	o := flow.ReadOptions{Lenient: !r.strict, Details: r.details, Limits: r.limits}
	if r.columns != "" || r.columnsFile != "" {
		text := []byte(r.columns)
		if r.columnsFile != "" {
			var err error
			if text, err = durable.Read(r.columnsFile, largestColumns); err != nil {
				return o, err
			}
			text = append(append(text, '\n'), r.columns...)
		}
		var err error
		if o.Columns, err = flow.ParseColumns(string(text)); err != nil {
			return o, fmt.Errorf("--columns: %w", err)
		}
	}
	return o, nil
}

// keepRejects has what is damaged in files written to the file that --rejects
// names. Call done when they are read.
func (r *readFlags) keepRejects(o *flow.ReadOptions, files []string) (done func() error, err error) {
	if r.rejects == "" {
		return func() error { return nil }, nil
	}
	if err := isNoInput("--rejects", r.rejects, files); err != nil {
		return nil, err
	}
	f, err := os.Create(r.rejects)
	if err != nil {
		return nil, err
	}
	rejects := readflows.NewRejects(f)
	o.Reject = rejects.Add
	return func() error { return errors.Join(rejects.Flush(), f.Close()) }, nil
}

// isNoInput returns an error if a file that is to be written is one that is to be
// read, by whatever path.
func isNoInput(flag, output string, inputs []string) error {
	out, outErr := os.Stat(output) // it may not be there yet
	for _, name := range inputs {
		in, err := os.Stat(name)
		if name == output || outErr == nil && err == nil && os.SameFile(out, in) {
			return fmt.Errorf("%s is %s, which is to be read: want another file", flag, flow.Printable(output))
		}
	}
	return nil
}

// readInputs reads all files and says on standard error what became of each.
// Those that are refused are named in the error.
func (r *readFlags) readInputs(cmd *cobra.Command, names []string) ([]input, error) {
	o, err := r.options()
	if err != nil {
		return nil, err
	}
	files, err := readflows.Expand(names)
	if err != nil {
		return nil, err
	}
	done, err := r.keepRejects(&o, files.Names)
	if err != nil {
		return nil, err
	}
	var inputs []input
	var refused []error
	said := fileReports{w: cmd.ErrOrStderr()}
	for _, name := range files.Names {
		table, err := r.readInput(cmd, name, o)
		switch {
		case files.Found[name] && readflows.IsNotFlows(err):
			said.leftOut(err)
		case err != nil:
			refused = append(refused, err)
		default:
			said.read(name, table)
			inputs = append(inputs, input{name: name, table: table})
		}
	}
	said.end()
	if n := len(files.Deep); n > 0 && len(inputs) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "left out %s so deep below others that no log is looked for there: %.200s\n", plural.Of(n, "folder"), flow.Printable(files.Deep[0]))
		inputs[len(inputs)-1].lacks = true
	}
	if len(inputs)+len(refused) == 0 {
		refused = append(refused, errors.New("no flows in any of the files"))
	}
	return inputs, errors.Join(append(firstOf(refused), done())...)
}

// mostNamed is how many files are named that are read, left out, or refused.
const mostNamed = 100

// firstOf returns the first errors, and how many more there are.
func firstOf(errs []error) []error {
	if len(errs) <= mostNamed {
		return errs
	}
	return append(errs[:mostNamed:mostNamed], fmt.Errorf("%d more files are refused", len(errs)-mostNamed))
}

// fileReports say what became of files: of the first each by itself.
type fileReports struct {
	w                          io.Writer
	reads, without, incomplete int
	flows                      int // of files that are not named
}

func (f *fileReports) read(name string, table *flow.Table) {
	if f.reads++; f.reads <= mostNamed {
		fmt.Fprintf(f.w, "%s: %s\n", flow.Printable(name), table.Report)
		return
	}
	f.flows += table.Report.Flows
	if table.Report.Incomplete() {
		f.incomplete++
	}
}

func (f *fileReports) leftOut(why error) {
	if f.without++; f.without <= mostNamed {
		fmt.Fprintf(f.w, "left out %v\n", why)
	}
}

// end counts those that were not named.
func (f *fileReports) end() {
	if n := f.reads - mostNamed; n > 0 {
		fmt.Fprintf(f.w, "%d more files: %s, %d of the files damaged in part\n", n, plural.Of(f.flows, "flow"), f.incomplete)
	}
	if n := f.without - mostNamed; n > 0 {
		fmt.Fprintf(f.w, "left out %d more files without flows\n", n)
	}
}

// readInput reads a capture or a log.
func (r *readFlags) readInput(cmd *cobra.Command, name string, o flow.ReadOptions) (*flow.Table, error) {
	size := int64(-1)
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	bar := newProgress(cmd, "reading "+flow.Printable(name), size)
	defer bar.Finish()
	if r.netflow {
		return readflows.NetFlow(name, cmd.InOrStdin(), bar, o)
	}
	return readflows.File(name, cmd.InOrStdin(), bar, o)
}

// incomplete returns errIncomplete if something of the inputs was lost.
func incomplete(inputs []input) error {
	for _, in := range inputs {
		if in.lacks || in.table.Report.Incomplete() {
			return errIncomplete
		}
	}
	return nil
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

// someFiles wants at least one file, and standard input once.
func someFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("no file: want captures or logs, or - for standard input")
	}
	if i := slices.Index(args, "-"); i >= 0 && slices.Contains(args[i+1:], "-") {
		return errors.New("- is there twice: standard input can be read once")
	}
	return nil
}

// writeTables writes the flows of inputs as one table.
func writeTables(w io.Writer, inputs []input) error {
	tables := make([]*flow.Table, len(inputs))
	for i, in := range inputs {
		tables[i] = in.table
	}
	return readflows.Write(w, tables...)
}
