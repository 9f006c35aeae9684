package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"flowlab/scaleout/flinksql"
)

func newWindows(c *cluster) *cobra.Command {
	j := &flinksql.Job{}
	var gateway, jobManager, properties, savepoint string
	var show bool
	cmd := &cobra.Command{
		Use:   "windows",
		Short: "Have Flink count flows in windows",
		Long: `Windows submits to Flink's SQL gateway a job that counts, for each source address
and window, what lab windows counts. The workers judge windows side by side of the
size that their model was fitted to; sliding ones are for others to read.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			topics := c.topics()
			j.Brokers, j.Flows, j.Rows = strings.Join(c.Brokers, ","), topics.Flows, topics.Windows
			if j.Slide == 0 {
				j.Slide = j.Size
			}
			var err error
			if j.Properties, err = readProperties(properties); err != nil {
				return err
			}
			statements, err := j.Statements()
			if err != nil {
				return err
			}
			if savepoint != "" {
				statements = append([]string{flinksql.FromSavepoint(savepoint)}, statements...)
			}
			if show {
				fmt.Fprintln(cmd.OutOrStdout(), strings.Join(statements, ";\n\n")+";")
				return nil
			}
			if jobManager != "" {
				there, err := flinksql.Runs(cmd.Context(), jobManager, j.Name())
				if err != nil {
					return err
				}
				if there {
					fmt.Fprintf(cmd.ErrOrStderr(), "there is such a job already: %s\n", j.Name())
					return nil
				}
			}
			id, err := flinksql.Gateway{URL: gateway}.Submit(cmd.Context(), statements)
			if err == nil {
				fmt.Fprintln(cmd.OutOrStdout(), id)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.DurationVar(&j.Size, "size", time.Minute, "length of a window")
	f.DurationVar(&j.Slide, "every", 0, "from the start of a window to that of the next; 0 is the size")
	f.DurationVar(&j.Lateness, "lateness", time.Minute, "how long windows wait for flows that come late")
	f.DurationVar(&j.Idle, "idle", time.Minute, "after which a silent partition holds up no window; 0 is never")
	f.IntVar(&j.Parallelism, "parallelism", 0, "of the job; 0 is Flink's default")
	f.StringVar(&gateway, "gateway", "http://127.0.0.1:8083", "URL of the SQL gateway")
	f.StringVar(&jobManager, "flink", "", "URL of the job manager: submit nothing if the job is there")
	f.StringVar(&properties, "properties", "", "`FILE` with settings of Flink's Kafka client, as for TLS")
	f.StringVar(&savepoint, "savepoint", "", "go on from this savepoint of an earlier job")
	f.BoolVar(&show, "show", false, "write the SQL instead")
	return cmd
}

// readProperties reads lines of name=value, without a # before them.
func readProperties(name string) (map[string]string, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	properties := map[string]string{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		property, value, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("%s:%d: want name=value", name, n)
		}
		properties[strings.TrimSpace(property)] = strings.TrimSpace(value)
	}
	return properties, lines.Err()
}
