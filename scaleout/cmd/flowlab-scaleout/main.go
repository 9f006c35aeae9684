// Flowlab-scaleout brings flows to Kafka, has Flink count them in windows, and
// judges them as one of a group of workers: for networks that outgrow one machine.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"

	"flowlab/scaleout/kafka"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := newRoot().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "flowlab-scaleout:", flow.Printable(err.Error()))
		os.Exit(1)
	}
}

// A cluster is where Kafka is, and which topics are meant.
type cluster struct {
	kafka.Connection
	prefix string
}

func (c *cluster) topics() kafka.Topics { return kafka.TopicsOf(c.prefix) }

func newRoot() *cobra.Command {
	c := &cluster{}
	root := &cobra.Command{
		Use:           "flowlab-scaleout",
		Short:         "Flows through Kafka and Flink, judged by a group of workers",
		Long:          "Flowlab-scaleout is for networks that outgrow one machine. See scaleout/README.md.",
		SilenceErrors: true, SilenceUsage: true,
	}
	f := root.PersistentFlags()
	f.StringSliceVar(&c.Brokers, "brokers", []string{"127.0.0.1:9092"}, "addresses of Kafka")
	f.StringVar(&c.prefix, "prefix", "flowlab", "what the names of the topics begin with: one for each network")
	f.BoolVar(&c.TLS, "tls", false, "use TLS with the certificates that the system trusts")
	f.StringVar(&c.CA, "tls-ca", "", "use TLS with the certificates in this `FILE`")
	f.StringVar(&c.Cert, "tls-cert", "", "certificate to show to Kafka")
	f.StringVar(&c.Key, "tls-key", "", "key of that certificate")
	f.StringVar(&c.User, "user", "", "name for SCRAM-SHA-512")
	f.StringVar(&c.PasswordFile, "password-file", "", "`FILE` with its password")
	root.AddCommand(newTopics(c), newFeed(c), newWindows(c), newFit(), newScore(c), newFindings(c))
	return root
}
