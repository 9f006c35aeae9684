package main

import (
	"fmt"

	"github.com/go-gota/gota/dataframe"
	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/internal/readflows"
)

func newFlows() *cobra.Command {
	var read readFlags
	var merge, helpColumns bool
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
	cmd.Flags().BoolVar(&helpColumns, "help-columns", false, "list the names that the columns of a flow table may have")
	return cmd
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
