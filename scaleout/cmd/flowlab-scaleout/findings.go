package main

import (
	"bufio"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/twmb/franz-go/pkg/kgo"
)

func newFindings(c *cluster) *cobra.Command {
	var follow bool
	cmd := &cobra.Command{
		Use:   "findings",
		Short: "Write what was found, a line of JSON each",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := bufio.NewWriter(cmd.OutOrStdout())
			write := func(r *kgo.Record) error {
				out.Write(r.Value)
				return out.WriteByte('\n')
			}
			if !follow {
				return errors.Join(c.Read(cmd.Context(), c.topics().Findings, -1, write), out.Flush())
			}
			return c.follow(cmd.Context(), func(r *kgo.Record) error { return errors.Join(write(r), out.Flush()) })
		},
	}
	cmd.Flags().BoolVar(&follow, "follow", false, "wait for more")
	return cmd
}

// follow hands out findings from the first on until ctx is done.
func (c *cluster) follow(ctx context.Context, take func(*kgo.Record) error) error {
	client, err := c.NewClient(kgo.ConsumeTopics(c.topics().Findings), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	if err != nil {
		return err
	}
	defer client.Close()
	for ctx.Err() == nil {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil && ctx.Err() == nil {
			return err
		}
		for records := fetches.RecordIter(); !records.Done(); {
			if err := take(records.Next()); err != nil {
				return err
			}
		}
	}
	return nil
}
