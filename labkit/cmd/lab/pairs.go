package main

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/parallel"
	"flowlab/labkit/pair"
)

func newPairs() *cobra.Command {
	var read readFlags
	var top int
	cmd := &cobra.Command{
		Use:   "pairs FILE...",
		Short: "List who speaks to whom at which port, the most regular first",
		Long: `Pairs reads network flows in any order and writes as CSV a row for each source,
destination and destination port: how many flows, in how many hours, how regular
the gaps between their starts are (1 like a clock, 0 not at all), what they send,
how many fail, and how many sources use the destination. An input of more than a
day is looked at day by day, from its first flow on.

rita is the beacon score of RITA, of all flows between the two hosts, and the four
before it are its parts; g_test is the probability that flows without a rhythm look
as periodic as these, by Fisher's test on the periodogram. A pair of fewer than ` + fmt.Sprint(pair.MinTimes) + `
flows has none of these. What is regular need not be a beacon: clocks and update
checks are.

` + inputFormats,
		Example: `  lab pairs conn.*.log.gz > pairs.csv
  lab pairs --top 20 flows.csv`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if top < 0 {
				return fmt.Errorf("--top is %d: want how many pairs to list, 0 for all", top)
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			var flows []flow.Flow
			for _, in := range inputs {
				for _, f := range in.table.All() {
					flows = append(flows, f)
				}
			}
			pairs := pair.Of(flows)
			if top > 0 {
				pairs = pairs[:min(top, len(pairs))]
			}
			if err := writePairs(cmd.OutOrStdout(), pairs); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	cmd.Flags().IntVar(&top, "top", 0, "list so many pairs; 0 for all")
	read.add(cmd)
	return cmd
}

func writePairs(w io.Writer, pairs []pair.Pair) error {
	columns := pair.Columns()
	header := []string{flow.SrcIP.String(), flow.DstIP.String()}
	for _, c := range columns {
		header = append(header, c.Name)
	}
	records := make([][]string, len(pairs))
	parallel.Blocks(len(pairs), 16, func(first, end int) {
		for i := first; i < end; i++ {
			records[i] = []string{pairs[i].Src, pairs[i].Dst}
			for _, c := range columns {
				records[i] = append(records[i], csvNumber(c.Value(&pairs[i])))
			}
		}
	})
	out := csv.NewWriter(w)
	out.Write(header) // an error stays until WriteAll
	return out.WriteAll(records)
}
