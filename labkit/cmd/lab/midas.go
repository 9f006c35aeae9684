package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
)

// edgeMethods are the detectors of lab midas.
var edgeMethods = map[string]func() labkit.EdgeDetector{
	"midas":   func() labkit.EdgeDetector { return &labkit.MIDAS{} },
	"midas-r": func() labkit.EdgeDetector { return &labkit.MIDASR{} },
	"midas-f": func() labkit.EdgeDetector { return &labkit.MIDASF{} },
}

func newMIDAS() *cobra.Command {
	var method string
	cmd := &cobra.Command{
		Use:   "midas FILE",
		Short: "Score a stream of edges: who spoke to whom in which minute",
		Long: `Midas reads a line for each flow, source,destination,tick, three whole numbers,
in the order of time, and writes a line with its score: how much more often the
pair, the source or the destination occurs in this tick than in those before.
Ticks, minutes for example, count from 1. - is standard input.

  midas     pairs alone
  midas-r   the highest of pair, source and destination, counts fade
  midas-f   the same, and what looks like an attack is not learned from`,
		Example: `  lab midas --method midas-r darpa_processed.csv > scores.txt`,
		GroupID: "author",
		Args:    oneOf("file: want one, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			detector, ok := edgeMethods[method]
			if !ok {
				return fmt.Errorf("--method is %q: want midas, midas-r or midas-f", method)
			}
			in := cmd.InOrStdin()
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in = f
			}
			return scoreEdges(cmd.OutOrStdout(), in, args[0], detector())
		},
	}
	cmd.Flags().StringVar(&method, "method", "midas-f", "midas, midas-r or midas-f")
	return cmd
}

// scoreEdges writes a score for each line of a file.
func scoreEdges(w io.Writer, r io.Reader, name string, detector labkit.EdgeDetector) error {
	out := bufio.NewWriter(w)
	lines := bufio.NewScanner(r)
	var score []byte
	last := int32(1)
	for line := 1; lines.Scan(); line++ {
		edge, column, err := parseEdge(lines.Text())
		if err == nil && edge.Tick < last {
			column, err = 3, fmt.Errorf("tick is %d: want %d or later, since edges are in the order of time from tick 1", edge.Tick, last)
		}
		if err != nil {
			return &flow.Fault{File: name, Line: line, Column: column, Err: err}
		}
		last = edge.Tick
		score = strconv.AppendFloat(score[:0], detector.Observe(edge), 'g', -1, 32)
		if _, err := out.Write(append(score, '\n')); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return out.Flush()
}

// parseEdge returns the edge in a line, or which of its fields is wrong.
func parseEdge(line string) (edge labkit.Edge, field int, err error) {
	names := [...]string{"source", "destination", "tick"}
	for i, into := range []*int32{&edge.Source, &edge.Destination, &edge.Tick} {
		text, rest, more := strings.Cut(line, ",")
		if more != (i < 2) {
			return edge, i + 1, fmt.Errorf("want three numbers with commas between: source,destination,tick")
		}
		v, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return edge, i + 1, fmt.Errorf("%s is %q: want a whole number of 32 bits", names[i], text)
		}
		*into, line = int32(v), rest
	}
	return edge, 0, nil
}
