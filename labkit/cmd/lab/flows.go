package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-gota/gota/dataframe"
	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
	"flowlab/labkit/internal/readflows"
)

func newFlows() *cobra.Command {
	var read readFlags
	var merge, follow, helpColumns bool
	cmd := &cobra.Command{
		Use:   "flows FILE...",
		Short: "Write the flows of captures and logs as one table",
		Long: `Flows reads network flows and writes them as CSV to standard output, a row a
flow; a value that is not known is an empty field. Values are written as they
are, for programs: a spreadsheet may take one that begins with = for a formula.

` + inputFormats,
		Example: `  lab flows capture.pcap > flows.csv
  lab flows conn.*.log.gz > flows.csv
  nfdump -r nfcapd.202611 -o csv | lab flows --merge-directions - > flows.csv`,
		GroupID: "learner",
		Args: func(cmd *cobra.Command, args []string) error {
			if helpColumns {
				return nil
			}
			return someFiles(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if helpColumns {
				_, err := fmt.Fprint(cmd.OutOrStdout(), readflows.Titles())
				return err
			}
			if follow {
				return followFlows(cmd, &read, args)
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			if merge {
				err = writeMerged(cmd, inputs)
			} else {
				err = writeTables(cmd.OutOrStdout(), inputs)
			}
			if err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	read.add(cmd)
	cmd.Flags().BoolVar(&merge, "merge-directions", false, "make one flow of the two that NetFlow and nfdump\nhave for a conversation, one for each direction")
	cmd.Flags().BoolVar(&follow, "follow", false, "read on as the log or capture grows, also a log that is\nrotated, and write each flow when its line is whole, or\nwhen it is over, until Ctrl-C")
	cmd.Flags().BoolVar(&helpColumns, "help-columns", false, "list the names that the columns of a flow table may have")
	return cmd
}

// followFlows writes the flows of a log as they come.
func followFlows(cmd *cobra.Command, read *readFlags, args []string) error {
	if len(args) != 1 {
		return errors.New("--follow reads one file: want one FILE, or -")
	}
	o, err := read.options()
	if err != nil {
		return err
	}
	done, err := read.keepRejects(&o, args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var out *flowlog.Writer
	report, err := readflows.Follow(ctx, args[0], cmd.InOrStdin(), o, func(fields []flow.Field, c *flow.Columns) error {
		if out == nil {
			out = flowlog.NewWriter(cmd.OutOrStdout(), fields)
		}
		out.Write(fields, c)
		return out.Flush()
	})
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", flow.Printable(args[0]), report)
	if report.Incomplete() {
		return errIncomplete
	}
	return nil
}

// writeMerged writes the flows of inputs with their directions merged.
func writeMerged(cmd *cobra.Command, inputs []input) error {
	frames := make([]dataframe.DataFrame, len(inputs))
	for i, in := range inputs {
		var err error
		if frames[i], err = mergeDirections(cmd, in); err != nil {
			return err
		}
	}
	return labkit.WriteFlows(cmd.OutOrStdout(), frames...)
}
