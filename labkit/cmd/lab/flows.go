package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/internal/readflows"
)

func newFlows() *cobra.Command {
	var read readFlags
	var pick whereFlag
	var merge, follow, helpColumns bool
	cmd := &cobra.Command{
		Use:   "flows FILE...",
		Short: "Write the flows of captures and logs as one table",
		Long: `Flows reads network flows and writes them as CSV to standard output, a row a
flow; a value that is not known is an empty field. Values are written as they
are, for programs: a spreadsheet may take one that begins with = for a formula.

` + whereHelp + ` A condition on uid, service or history adds these columns. With
--merge-directions it is asked of the merged flows.

` + inputFormats,
		Example: `  lab flows capture.pcap > flows.csv
  lab flows conn.*.log.gz > flows.csv
  lab flows --where 'src_ip == "10.0.0.5" && dst_port == 3306' conn.log
  lab flows --where 'dst_ip in "192.168.0.0/16" && dst_port in (22, 3306)' conn.log
  lab flows --where 'ts >= "2026-03-02 14:00" && !(failed || protocol == "udp")' conn.log
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
			if err := pick.parse(cmd); err != nil {
				return err
			}
			read.details = pick.details()
			if follow {
				return followFlows(cmd, &read, &pick, args)
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			for i := range inputs {
				if merge {
					if err := mergeDirections(cmd, &inputs[i]); err != nil {
						return err
					}
				}
				pick.pick(cmd, inputs[i].name, inputs[i].table)
			}
			if err := writeTables(cmd.OutOrStdout(), inputs); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	read.add(cmd)
	pick.add(cmd, "write the flows that fulfil this `CONDITION` alone")
	cmd.Flags().BoolVar(&merge, "merge-directions", false, "make one flow of the two that NetFlow and nfdump\nhave for a conversation, one for each direction")
	cmd.Flags().BoolVar(&follow, "follow", false, "read on as the log or capture grows, also a log that is\nrotated, and write each flow when its line is whole, or\nwhen it is over, until Ctrl-C")
	cmd.Flags().BoolVar(&helpColumns, "help-columns", false, "list the names that the columns of a flow table may have")
	return cmd
}

// followFlows writes the flows of a log as they come.
func followFlows(cmd *cobra.Command, read *readFlags, pick *whereFlag, args []string) error {
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
		if pick.condition != nil {
			c.Keep(pick.condition.Match(c))
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

// mergeDirections merges the directions of an input, and says how many.
func mergeDirections(cmd *cobra.Command, in *input) error {
	var columns []string
	for _, f := range in.table.Fields {
		columns = append(columns, f.String())
	}
	for f := range flow.State {
		if !in.table.Has(f) {
			return fmt.Errorf("%s: no column %q: the flows have %s", flow.Printable(in.name), f, strings.Join(columns, ", "))
		}
	}
	var pairs int
	in.table, pairs = in.table.MergeDirections()
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: merged %s of directions, %s remain\n", flow.Printable(in.name), plural.Of(pairs, "pair"), plural.Of(in.table.Len(), "flow"))
	return nil
}
