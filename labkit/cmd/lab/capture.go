package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
)

func newCapture() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "capture",
		Short:   "Cut the packets of some flows out of a capture",
		GroupID: "learner",
	}
	cmd.AddCommand(interruptible(newCaptureCut()))
	return cmd
}

func newCaptureCut() *cobra.Command {
	var pick whereFlag
	var strict bool
	cmd := &cobra.Command{
		Use:   "cut --where CONDITION IN OUT",
		Short: "Write the packets of the flows that fulfil a condition",
		Long: `Cut writes the packets of those flows of the capture IN that fulfil the condition
into the capture OUT, each as it was captured, with its time and both of its
lengths, also the fragments of its datagrams. A packet in a tunnel goes along with
the flow around it, too. IN is pcap or pcapng, packed with gzip or not; OUT is pcap,
or pcapng if IN has packets of several link types. OUT is put in its place when it
is whole. IN is read three times, so it cannot be standard input.

` + whereHelp + `

A condition that a finding in a log shows picks the same flows in the capture that
the log was made of, as far as the times in both agree.

What is damaged in IN is left out and counted; then the exit status is 3. --strict
refuses it.`,
		Example: `  lab capture cut --where 'src_ip == "10.0.0.5" && dst_port == 3306' day.pcap.gz db.pcap
  lab capture cut --where 'dst_ip in "192.0.2.0/24" && end < "2026-03-02 14:00"' day.pcap out.pcap`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return errors.New("want two files: the capture, and the one to write")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			in, out := args[0], args[1]
			if err := pick.parse(cmd); err != nil {
				return err
			}
			switch {
			case pick.condition == nil:
				return errors.New("no --where: want the condition of the flows to cut out")
			case in == "-":
				return errors.New("- is read once, and the capture three times: want a file")
			}
			if err := isNoInput("OUT", out, args[:1]); err != nil {
				return err
			}
			return cutCapture(cmd, &pick, in, out, flow.ReadOptions{Lenient: !strict})
		},
	}
	pick.add(cmd, "the `CONDITION` of the flows")
	cmd.Flags().BoolVar(&strict, "strict", false, "refuse a capture at its first fault")
	return cmd
}

// errNoFlows leaves the file as it was.
var errNoFlows = errors.New("no flow fulfils the condition: nothing is written")

func cutCapture(cmd *cobra.Command, pick *whereFlag, in, out string, o flow.ReadOptions) error {
	open := func() (io.ReadCloser, error) {
		f, err := durable.Open(in) // which is read three times
		return stoppable{f, cmd.Context()}, err
	}
	var report capture.CutReport
	err := durable.WriteFrom(out, func(w io.Writer) (err error) {
		report, err = capture.Cut(open, in, o, pick.condition.Match, w)
		if err == nil && report.CutFlows == 0 {
			return errNoFlows
		}
		return err
	})
	if report.Packets > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", flow.Printable(in), report.Report)
	}
	if errors.Is(err, errNoFlows) {
		return errNoFlows
	}
	if err != nil {
		return err
	}
	format := "pcap"
	if report.Pcapng {
		format = "pcapng"
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s of %d, of %s of %d, as %s\n", flow.Printable(out),
		plural.Of(report.CutPackets, "packet"), report.Packets, plural.Of(report.CutFlows, "flow"), report.Flows, format)
	if report.Incomplete() {
		return errIncomplete
	}
	return nil
}

// A stoppable file ends with its context.
type stoppable struct {
	*os.File
	ctx context.Context
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.File.Read(p)
}
