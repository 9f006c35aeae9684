package main

import (
	"errors"
	"fmt"

	"github.com/go-gota/gota/dataframe"
	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

const inputFormats = `FILE may be, whatever its name, and compressed with gzip or not:

  a capture of packets          pcap, pcapng
  a Zeek conn.log               tab-separated, JSON
  flows of CICFlowMeter         CSV, as in CIC-IDS2017
  flows of nfdump               nfdump -r FILE -o csv, or -o json
  NetFlow 5 or 9, IPFIX         datagrams, one behind the other
  a flow table                  CSV, as "lab flows" writes it

- is standard input.`

func newFlows() *cobra.Command {
	var merge bool
	cmd := &cobra.Command{
		Use:   "flows FILE...",
		Short: "Write the flows of captures and logs as one table",
		Long: `Flows reads network flows and writes them as CSV to standard output, a row a
flow; a value that is not known is an empty field.

` + inputFormats + `

What was skipped and why, and how many values are not known, is counted on
standard error. A file that is damaged is refused, with file, line and column,
or packet and byte: then nothing is written, and the exit status is 1.`,
		Example: `  lab flows capture.pcap > flows.csv
  lab flows conn.*.log.gz > flows.csv
  nfdump -r nfcapd.202611 -o csv | lab flows --merge-directions - > flows.csv`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			inputs, err := readInputs(cmd, args)
			if err != nil {
				return err
			}
			frames := make([]dataframe.DataFrame, len(inputs))
			for i, in := range inputs {
				if frames[i] = in.flows; merge {
					if frames[i], err = mergeDirections(cmd, in); err != nil {
						return err
					}
				}
			}
			return labkit.WriteFlows(cmd.OutOrStdout(), frames...)
		},
	}
	cmd.Flags().BoolVar(&merge, "merge-directions", false, "make one flow of the two that NetFlow and nfdump\nhave for a conversation, one for each direction")
	return cmd
}

// someFiles wants at least one file, and standard input once.
func someFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("no file: want captures or logs, or - for standard input")
	}
	standard := 0
	for _, name := range args {
		if name == "-" {
			standard++
		}
	}
	if standard > 1 {
		return errors.New("- is there twice: standard input can be read once")
	}
	return nil
}

func mergeDirections(cmd *cobra.Command, in input) (dataframe.DataFrame, error) {
	merged, pairs, err := labkit.MergeDirections(in.flows)
	if err != nil {
		return merged, fmt.Errorf("%s: %w", in.name, err)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: merged %s of directions, %s remain\n", in.name, plural.Of(pairs, "pair"), plural.Of(merged.Nrow(), "flow"))
	return merged, nil
}
