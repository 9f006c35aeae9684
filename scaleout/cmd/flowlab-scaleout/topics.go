package main

import (
	"time"

	"github.com/spf13/cobra"
)

func newTopics(c *cluster) *cobra.Command {
	var partitions int32
	var replicas int16
	var keep time.Duration
	cmd := &cobra.Command{
		Use:   "topics",
		Short: "Create the topics that are not there",
		Long: `Topics creates the four topics of a network. They have equally many partitions,
which cannot be changed later without losing what was learned: take as many as
workers may one day be needed.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.topics().Create(cmd.Context(), c.Connection, partitions, replicas, keep)
		},
	}
	f := cmd.Flags()
	f.Int32Var(&partitions, "partitions", 4, "of each topic")
	f.Int16Var(&replicas, "replicas", -1, "of each partition; -1 for the brokers' default")
	f.DurationVar(&keep, "keep", 24*time.Hour, "how long flows and rows of windows are kept")
	return cmd
}
