package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"

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
			pairs := pair.Of(allFlows(inputs))
			if top > 0 {
				pairs = pairs[:min(top, len(pairs))]
			}
			if err := writePairs(cmd.OutOrStdout(), pairs); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	cmd.Flags().IntVar(&top, "top", 0, "list the first so many pairs; 0 for all")
	read.add(cmd)
	return cmd
}

// allFlows returns the flows of all inputs, one behind the other.
func allFlows(inputs []input) iter.Seq[flow.Flow] {
	return func(yield func(flow.Flow) bool) {
		for _, in := range inputs {
			for _, f := range in.table.All() {
				if !yield(f) {
					return
				}
			}
		}
	}
}

func writePairs(w io.Writer, pairs []pair.Pair) error {
	columns := pair.Columns()
	header := []string{flow.SrcIP.String(), flow.DstIP.String()}
	for _, c := range columns {
		header = append(header, c.Name)
	}
	out := csv.NewWriter(w)
	out.Write(header) // an error stays until the end
	for some := range slices.Chunk(pairs, 1<<12) {
		records := make([][]string, len(some))
		parallel.Blocks(len(some), 16, func(first, end int) {
			for i := first; i < end; i++ {
				records[i] = []string{some[i].Src, some[i].Dst}
				for _, c := range columns {
					records[i] = append(records[i], csvNumber(c.Value(&some[i])))
				}
			}
		})
		if err := out.WriteAll(records); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
