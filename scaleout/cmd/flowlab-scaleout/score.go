package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit"

	"flowlab/scaleout/scorer"
)

func newScore(c *cluster) *cobra.Command {
	var name, want string
	s := scorer.Scorer{}
	cmd := &cobra.Command{
		Use:   "score --model FILE",
		Short: "Judge windows and pairs, as one of a group of workers",
		Long: `Score judges rows of windows by the model, and looks for pairs with a rhythm.
Start as many as there are processors for it, up to the number of partitions: they
share them. Each has an --id of its own, the same after a restart.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			is := digest(file)
			if want != "" && want != is {
				return fmt.Errorf("%s has the sha256 %s: want %s", name, is, want)
			}
			model, err := labkit.Load(bytes.NewReader(file))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			s.Connection, s.Topics, s.Model = c.Connection, c.topics(), &model
			s.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)).With("worker", s.ID)
			s.Log.Info("starting", "model", model.About, "sha256", is)
			return s.Run(cmd.Context())
		},
	}
	host, _ := os.Hostname()
	f := cmd.Flags()
	f.StringVar(&name, "model", "", "`FILE` that fit has written")
	f.StringVar(&want, "sha256", "", "start only if this is the digest of the file")
	f.StringVar(&s.ID, "id", host, "name of this worker")
	f.StringVar(&s.Alive, "alive", "", "touch this `FILE` after each transaction, for health checks")
	f.DurationVar(&s.Checkpoint, "checkpoint", 5*time.Second, "from one transaction to the next")
	cmd.MarkFlagRequired("model")
	return cmd
}
