package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"flowlab/labkit/allow"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
)

// addFlags are what lab allow add is told.
type addFlags struct {
	file, reason string
	words        map[string]*string // of the rule
}

// ruleWords are the flags that say what a rule says.
var ruleWords = []struct{ name, usage string }{
	{"host", "who did it: an address, a network, or another name in quotes"},
	{"peer", "the other end, in the same way"},
	{"port", "of the destination"},
	{"kind", "of finding, or a family of kinds; with -, only of those"},
	{"until", "the last day, as 2026-12-31"},
}

func newAllowAdd() *cobra.Command {
	o := addFlags{words: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "add --file FILE --reason TEXT [-]",
		Short: "Add a rule to an allow-list",
		Long: `Add writes a rule at the end of the list, or makes the list. Where a rule names
the same already, it gets the new reason and last day. All else stays as it is.

With - the rules are those of findings on standard input, a line each, as lab score
--format jsonl, lab score --incidents --format jsonl and lab stream --out write them:
of the host, the peer, the port and the family of kinds, as far as a finding has
one; with --kind only those of that kind or family.`,
		Example: `  lab allow add --file allow.txt --host 10.0.0.5 --kind volume --reason "backup, NN"
  lab allow add --file allow.txt --port 123 --kind rhythm --until 2026-12-31 --reason clocks
  lab score --format jsonl conn.log | grep '"host":"10.0.0.5"' |
    lab allow add --file allow.txt --kind volume --reason "backup, NN" -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && args[0] != "-" {
				return fmt.Errorf("%q: want flags, or - for findings on standard input", args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, len(args) == 1) },
	}
	f := cmd.Flags()
	f.StringVar(&o.file, "file", "", "the allow-list")
	f.StringVar(&o.reason, "reason", "", "why nobody needs to see it, and who says so")
	for _, w := range ruleWords {
		o.words[w.name] = f.String(w.name, "", w.usage)
	}
	return cmd
}

func (o *addFlags) run(cmd *cobra.Command, fromInput bool) error {
	if o.file == "" || o.reason == "" {
		return errors.New("no --file or no --reason: want both")
	}
	rules, err := o.rules(cmd, fromInput)
	if err != nil {
		return err
	}
	lock := flock.New(filepath.Dir(o.file), flock.SetFlag(os.O_RDONLY))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Unlock()
	data, err := durable.Read(o.file, largestList)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text := string(data)
	var said []string
	for _, r := range rules {
		with, line, done, err := allow.Add(o.file, text, r)
		if err != nil {
			return err
		}
		text = with
		said = append(said, fmt.Sprintf("%s: %s: %s", flow.Origin{File: flow.Printable(o.file), Place: line}, done, &r))
	}
	if text != string(data) {
		if err := durable.Write(o.file, []byte(text)); err != nil {
			return err
		}
	}
	for _, line := range said {
		fmt.Fprintln(cmd.OutOrStdout(), line)
	}
	return nil
}

// rules returns the rules to add.
func (o *addFlags) rules(cmd *cobra.Command, fromInput bool) ([]allow.Rule, error) {
	flagged := allow.Rule{Port: allow.AnyPort, Reason: o.reason}
	names := 0 // that say which findings
	for _, w := range ruleWords {
		if !cmd.Flags().Changed(w.name) {
			continue
		}
		if err := flagged.Set(w.name, *o.words[w.name]); err != nil {
			return nil, fmt.Errorf("--%s: %w", w.name, err)
		}
		if w.name != "until" && !(w.name == "kind" && fromInput) {
			names++
		}
	}
	switch {
	case fromInput && names > 0:
		return nil, errors.New("- is findings on standard input: want no --host, --peer and --port beside it")
	case !fromInput && names == 0:
		return nil, errors.New("no finding: want --host, --peer, --port or --kind, or - for findings on standard input")
	case !fromInput:
		return []allow.Rule{flagged}, nil
	}
	rules, err := readRules(cmd.InOrStdin(), flagged.Kind)
	for i := range rules {
		rules[i].Reason, rules[i].Until = flagged.Reason, flagged.Until
	}
	return rules, err
}
