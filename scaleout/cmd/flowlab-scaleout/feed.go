package main

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"flowlab/labkit/live"

	"flowlab/scaleout/kafka"
)

func newFeed(c *cluster) *cobra.Command {
	var o live.Options
	var end bool
	cmd := &cobra.Command{
		Use:   "flows-to-kafka SOURCE",
		Short: "Bring flows to Kafka, each under its source address",
		Long: `Flows-to-kafka reads flows and writes each to Kafka, as JSON. SOURCE is what
lab stream takes: a log or capture, a folder of them, - for standard input, or
udp://ADDRESS:PORT for NetFlow and IPFIX.

A log that is not followed ends. --close then closes all windows: for a sample, not
for a network of which more is to come.`,
		Example: `  flowlab-scaleout flows-to-kafka --follow /opt/zeek/logs/current/conn.log
  flowlab-scaleout flows-to-kafka udp://0.0.0.0:2055
  flowlab-scaleout flows-to-kafka --close conn.log`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			o.Stdin, o.Log, o.Skipped = cmd.InOrStdin(), log, &live.Skipped{}
			o.Ready = func(where string) { log.Info("listening", "address", where) }
			source, err := live.Open(args[0], o)
			if err != nil {
				return err
			}
			stats, err := kafka.Feed{Connection: c.Connection, Topics: c.topics(), Close: end}.Run(cmd.Context(), source)
			fmt.Fprintf(cmd.ErrOrStderr(), "%d flows sent; %d without time or source left out\n", stats.Sent, stats.Without)
			for reason, n := range o.Skipped.Counts() {
				fmt.Fprintf(cmd.ErrOrStderr(), "%d records left out: %s\n", n, reason)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.Follow, "follow", false, "read on as the log grows, or files come into the folder")
	f.BoolVar(&end, "close", false, "close all windows at the end")
	cmd.MarkFlagsMutuallyExclusive("follow", "close")
	return cmd
}
