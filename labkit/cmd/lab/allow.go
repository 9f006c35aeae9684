package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"flowlab/labkit/allow"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/triage"
)

func newAllow() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "allow",
		Short: "Keep a list of findings that nobody needs to see again",
		Long: `An allow-list is a text of one rule a line, for lab score --allow:

  # What begins with # is a comment.
  host 10.0.0.5 kind volume until 2026-12-31  # backup server, asked by NN
  host 10.0.8.0/24 peer 10.0.0.2 port 53      # guests ask our resolver
  host "EXT_SERVER" kind rare-held            # what is no address stands in quotes
  kind beacon port 123                        # clocks

  host   who did it, of a flood to whom it was done: an address or a network
  peer   the other end, where most of it goes to one
  port   of the destination, where most of it goes to one
  kind   of finding: ` + wrapped(allow.Kinds(), 72, "         ") + `
  until  the last day, in UTC, by the time of the flows: traffic of an earlier
         year is shown as it was then. A rule that has expired is named on
         standard error, and what came later is shown.
  #      the reason, which must be there

All that a rule names must be so. A rule acts where findings are shown: places,
scores and models are the same with and without it, and a place that is not shown
leaves a gap. How many findings are allowed is said, and --show-allowed shows them.
A rule for a host hides all that the host does, an attack too: name the kind, the
peer and the port.`,
		Example: `  lab allow add --file allow.txt --host 10.0.0.5 --kind volume --reason "backup, NN"
  lab score --allow allow.txt conn.log
  lab score --allow allow.txt --show-allowed conn.log`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAllowAdd())
	return cmd
}

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

// An inputFinding is what lab writes of a finding, or of something that has some.
type inputFinding struct {
	Host     string         `json:"host"`
	Kind     triage.Kind    `json:"kind"`
	Peer     string         `json:"peer"`
	Port     *int           `json:"port"`
	Findings []inputFinding `json:"findings"`

	// Of an incident.
	Hosts  []string      `json:"hosts"`
	Kinds  []triage.Kind `json:"kinds"`
	Target string        `json:"target"`
}

const mostFindings = 1000

// readRules returns a rule for each finding on standard input, of all kinds or of
// one kind or family.
func readRules(in io.Reader, kind string) ([]allow.Rule, error) {
	const want = "want lines of lab score --format jsonl"
	var rules []allow.Rule
	d := json.NewDecoder(in)
	for n := 1; ; n++ {
		var f inputFinding
		if err := d.Decode(&f); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("standard input, byte %d: %w: %s", d.InputOffset(), err, want)
		}
		if f.Host == "" && f.Target == "" && len(f.Hosts) == 0 {
			return nil, fmt.Errorf("object %d on standard input has no host: %s", n, want)
		}
		if rules = append(rules, f.rules(kind)...); len(rules) > mostFindings {
			return nil, fmt.Errorf("more than %d findings on standard input: want those that you have looked into", mostFindings)
		}
	}
	if len(rules) == 0 {
		return nil, errors.New("nothing on standard input that it could be: " + want)
	}
	return rules, nil
}

// rules returns a rule for each finding of a kind or family, all if it is "".
func (f *inputFinding) rules(only string) []allow.Rule {
	var rules []allow.Rule
	of := func(host, peer string, kind triage.Kind) {
		if only != "" && only != string(kind) && only != kind.Family() {
			return
		}
		found := triage.Finding{Host: host, Peer: peer, Port: allow.AnyPort, Kind: kind}
		if f.Port != nil {
			found.Port = *f.Port
		}
		rules = append(rules, allow.For(&found))
	}
	switch {
	case f.Kind != "":
		of(f.Host, f.Peer, f.Kind)
	case f.Target == "": // an incident of one host
		for _, host := range f.Hosts {
			for _, kind := range f.Kinds {
				of(host, "", kind)
			}
		}
	default:
		for _, kind := range f.Kinds {
			if kind == triage.Flood {
				of(f.Target, "", kind)
			} else {
				of("", f.Target, kind)
			}
		}
	}
	for i := range f.Findings {
		rules = append(rules, f.Findings[i].rules(only)...)
	}
	return rules
}

// wrapped returns words with commas, in lines up to a width, all but the first
// indented.
func wrapped(words []string, width int, indent string) string {
	var b strings.Builder
	at := 0
	for i, w := range words {
		if i < len(words)-1 {
			w += ","
		}
		switch {
		case i == 0:
		case at+1+len(w) > width:
			b.WriteString("\n" + indent)
			at = 0
		default:
			b.WriteString(" ")
			at++
		}
		b.WriteString(w)
		at += len(w)
	}
	return b.String()
}
