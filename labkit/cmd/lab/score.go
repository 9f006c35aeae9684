package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// scoreFlags are what lab score is told.
type scoreFlags struct {
	by, format, model string
	report            string
	names             bool
	allow             string
	showAllowed       bool
	incidents         bool
	state             string
	top               int
	falseDiscoveries  float64
	judge             judgeFlags
}

func newScore() *cobra.Command {
	o, read := scoreFlags{}, readFlags{}
	cmd := &cobra.Command{
		Use:   "score FILE...",
		Short: "Say which hosts to look at first, and the strangest flows",
		Long: `Score compares the hosts in the flows of all files together, and writes where to
look first: the place, the address, and what it did that others did not, with
numbers. Below are the strangest flows.

` + inputFormats + `

A host is compared with the others in several lists: attempts in vain, tries at
one port, ports, peers and bytes in windows of a minute, five minutes and an hour;
rhythm, bytes and time of each pair of source, destination and port over a day. The
list in which it stands out most gives its place. "Expected" is how many such
findings chance would bring among so many hosts: it puts them in order, and is no
true probability. A big upload, a keep-alive or a backup stands out as well: the
numbers say what it is. A list of targets finds floods. Techniques are those of
MITRE ATT&CK. Flows to multicast and broadcast addresses are not counted.

--by window, pair or flow shows one of the lists instead. Windows and pairs stand
beside what an isolation forest says of all their columns together. Without times
there are no windows and pairs, and without sources no hosts: then flows are shown.

The detector of flows sees the eight features of the course, in logarithms where
they have long tails, and robustly scaled. Its score says how far a flow is from
what is usual in these files, not that it is an attack. Contamination is your
belief about how many flows are anomalies; it sets the threshold above which one is
marked, and does not change the order. Reasons are Shapley values. What is not
known is filled in so that as few flows as possible drop out; what was done is said
on standard error. ` + detectorLimits() + `

--model judges by what lab fit has kept of another day, and adds p-values: how often
chance alone brings an ordinary flow a score as high. With --false-discoveries 0.1,
a flow is marked by its p-value instead of the threshold: as many flows as can be if
at most a tenth of them are to be ordinary, on average over days (Benjamini and
Hochberg). On an ordinary day that is none. A few strange flows among very many
are not marked so: how many it takes is said. All of it stands on ordinary flows
being as they were; how far the features have drifted is said first. There are no
p-values for windows: those that overlap share their flows.

Below the table and in "where" stands for each finding by which condition lab flows
--where gives its flows, and lab capture cut their packets; of logs whose directions
were merged, with --merge-directions.

Where a dns.log, http.log or ssl.log lies beside a Zeek conn.log, of the same time by
their names, findings have the names in them: what was asked of DNS, hosts, server
names, JA3 and JA4, of up to a thousand flows each. --names=false leaves them out.

--incidents merges findings of which chance brings at most ten: all that one host did
is a line, or what several hosts did to one target; strange flows count beside
others. --state FILE compares them with the run before, for a job that runs daily:
new, also where a host does something of another family of kinds; going on; and
gone. An incident is known again by its host, or by its target and the family, never
by numbers and times. For the same flows again the states are as they were. The file
is written last: if a run fails, it stays as it was, and the run can be repeated.

--allow FILE leaves out findings that somebody has looked into: see lab allow --help.
Places and scores are the same with and without it, so that a place may be missing,
and --top goes on behind it. How many are left out is said; in json and jsonl
"allowed" is how many of a host. In the place of a finding that is left out stands
what its host did besides of that family, if there is something.

--report FILE writes a page of HTML that needs nothing else: incidents, pictures,
hosts, findings with the conditions of their flows, what an allow-list names, and how
it was computed.

ecs is for a SIEM: a line of JSON for each finding that stands out, an alert in the
names of the Elastic Common Schema, with event.id the same for the same flows.

A flow takes some 0.5 kB of memory, and up to 1.2 kB where each has a source of its own,
as in a flood: --max-flows bounds that.

A line of csv is a finding. In json and jsonl a host is one object, with "place",
"host" and "findings"; they are empty where it reached the floor of no list.
Text that a spreadsheet would take for a formula begins with a quote in csv.`,
		Example: `  lab score capture.pcap
  lab score --top 5 conn.*.log.gz
  lab score --by flow --detector local-outlier-factor conn.log
  lab score --by flow --model monday.flm --false-discoveries 0.1 conn.log
  lab score --allow allow.txt --incidents --state incidents.json conn.log
  lab score --report today.html --allow allow.txt conn.log
  lab score --format ecs conn.log > alerts.ndjson
  zcat conn.*.log.gz | lab score --format jsonl -`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			model, err := o.loadModel()
			if err != nil {
				return err
			}
			list, err := readAllowList(o.allow)
			if err != nil {
				return err
			}
			before, err := o.readState(cmd, args)
			if err != nil {
				return err
			}
			if err := isNoInput("--report", o.report, args); err != nil && o.report != "" {
				return err
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			if err := o.run(cmd, inputs, model, &allowing{list: list, show: o.showAllowed}, before); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	read.add(cmd)
	o.judge.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.by, "by", "host", "what a row is: host, window, pair or flow")
	f.StringVar(&o.format, "format", "table", "table, csv, json, jsonl or ecs")
	f.StringVar(&o.report, "report", "", "write a page of HTML to this `FILE`, too")
	f.BoolVar(&o.names, "names", true, "names from the dns.log, http.log and ssl.log beside a conn.log")
	f.StringVar(&o.model, "model", "", "judge flows by what lab fit has kept in this `FILE`")
	f.Float64Var(&o.falseDiscoveries, "false-discoveries", 0, "with --model: of the flows that are marked, at most this `SHARE` is ordinary,\non average (above 0, below 1)")
	f.StringVar(&o.allow, "allow", "", "do not show what this allow-list names, see lab allow --help")
	f.BoolVar(&o.showAllowed, "show-allowed", false, "show it, with the rule and its reason")
	f.BoolVar(&o.incidents, "incidents", false, "merge findings into incidents")
	f.StringVar(&o.state, "state", "", "with --incidents: which are new, going on and gone since the run\nthat this `FILE` is of; it is written anew")
	f.IntVar(&o.top, "top", 0, "how many rows to write, 1 or more (default 20, or 10 flows;\nall hosts where --format is not table)")
	return cmd
}

// detectorLimits says which detectors are fitted to some rows only.
func detectorLimits() string {
	var limited []string
	for _, d := range triage.Detectors {
		if d.MostRows > 0 {
			limited = append(limited, fmt.Sprintf("%s to at most %d", d.Name, d.MostRows))
		}
	}
	return "Some detectors take long to fit, and are\nfitted to some of the flows, drawn with the seed: " + strings.Join(limited, ",\n") + "."
}

func (o *scoreFlags) check(cmd *cobra.Command) error {
	switch {
	case !slices.Contains([]string{"host", "window", "pair", "flow"}, o.by):
		return fmt.Errorf("--by is %q: want host, window, pair or flow", o.by)
	case !slices.Contains([]string{"table", "csv", "json", "jsonl", "ecs"}, o.format):
		return fmt.Errorf("--format is %q: want table, csv, json, jsonl or ecs", o.format)
	case cmd.Flags().Changed("top") && o.top < 1:
		return fmt.Errorf("--top is %d: want 1 or more", o.top)
	}
	discoveries := cmd.Flags().Changed("false-discoveries")
	switch {
	case discoveries && o.model == "":
		return errors.New("--false-discoveries is of p-values: want --model with a file of lab fit")
	case discoveries && !(o.falseDiscoveries > 0 && o.falseDiscoveries < 1):
		return fmt.Errorf("--false-discoveries is %v: want above 0 and below 1", o.falseDiscoveries)
	case o.state != "" && !o.incidents:
		return errors.New("--state is of incidents: want --incidents")
	case o.incidents && o.by != "host":
		return errors.New("--incidents are of hosts: want no --by")
	case o.incidents && o.format == "ecs":
		return errors.New("--format ecs is of findings: want it without --incidents")
	case o.incidents && o.showAllowed:
		return errors.New("--show-allowed is of findings: want it without --incidents")
	case o.report != "" && o.by != "host":
		return fmt.Errorf("--report is of hosts: want --by host")
	case o.showAllowed && o.allow == "":
		return errors.New("--show-allowed is of an allow-list: want --allow FILE")
	}
	ofRows := o.by == "window" || o.by == "pair"
	for _, name := range []string{"detector", "contamination", "seed"} {
		if o.model != "" && cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s is the model's own: want it without --model", name)
		}
	}
	for _, name := range []string{"detector", "contamination", "false-discoveries", "model"} {
		if ofRows && cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s is of flows: want --by host or flow", name)
		}
	}
	return o.judge.check()
}

func (o *scoreFlags) loadModel() (*labkit.Fitted, error) {
	if o.model == "" {
		return nil, nil
	}
	model, err := loadModel(o.model)
	if err == nil && o.falseDiscoveries > 0 && model.Calibration.Len() == 0 {
		err = fmt.Errorf("%s: the model was fitted without a calibration, and has no p-values: want lab fit with a --calibration above 0", flow.Printable(o.model))
	}
	return &model, err
}

// run triages the flows and writes what was found.
func (o *scoreFlags) run(cmd *cobra.Command, inputs []input, model *labkit.Fitted, allowing *allowing, before triage.Memory) error {
	// Of millions of flows half of the memory would be garbage. Columns hold no
	// pointers, so that collecting it often costs little beside the windows.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	traffic := trafficOf(inputs)
	by := o.by
	if by != "flow" && !traffic.HasHosts() {
		fmt.Fprintln(cmd.ErrOrStderr(), "the flows have no src_ip: there are no hosts, windows and pairs, but flows")
		by = "flow"
	}
	if by != "flow" && !traffic.HasTimes() {
		fmt.Fprintln(cmd.ErrOrStderr(), "the flows have no ts: there are no windows and pairs, and so no hosts, but flows")
		by = "flow"
	}
	allowing.newView()
	out := output{w: cmd.OutOrStdout(), format: o.format, log: cmd.ErrOrStderr(), inputs: inputs, allowing: allowing}
	if o.names {
		out.names = &namer{cmd, inputs, o.format == "json" || o.format == "jsonl", map[string]bool{}}
	}
	if by == "window" || by == "pair" {
		sayNotes(cmd, traffic)
		return o.showRows(cmd, out, traffic, by)
	}
	flows, err := o.judgeFlows(cmd, traffic, model, by == "flow")
	if err != nil {
		return err
	}
	if by == "flow" {
		if o.incidents {
			return errors.New("there are no hosts, and so no incidents: want flows with src_ip and ts")
		}
		return o.showFlows(cmd, out, traffic, flows, inputs)
	}
	hosts := traffic.Hosts(flows)
	out.markHosts(hosts, traffic)
	if o.incidents {
		return o.showIncidents(cmd, out, traffic, hosts, flows, before)
	}
	return o.showHosts(cmd, out, traffic, hosts, flows, inputs)
}

// judgeFlows has a detector judge the flows. Where flows are not what was asked
// for, they may be too few or too much alike for a detector.
func (o *scoreFlags) judgeFlows(cmd *cobra.Command, traffic *triage.Traffic, model *labkit.Fitted, needed bool) (*triage.JudgedFlows, error) {
	if model != nil {
		flows, drift, err := traffic.FlowsBy(cmd.Context(), *model)
		sayNotes(cmd, traffic)
		if err != nil {
			return nil, o.unlessHosts(cmd, err, needed)
		}
		sayDrift(cmd, *model, drift)
		if o.falseDiscoveries > 0 {
			return flows, o.markDiscoveries(cmd, flows)
		}
		sayScored(cmd, "the model", flows, "")
		return flows, nil
	}
	flows, err := o.judge.flows(cmd, traffic)
	return flows, o.unlessHosts(cmd, err, needed)
}

// markDiscoveries has flows marked by their p-values, and says what that cannot
// find.
func (o *scoreFlags) markDiscoveries(cmd *cobra.Command, flows *triage.JudgedFlows) error {
	if err := flows.AtFalseDiscoveries(o.falseDiscoveries); err != nil {
		return err
	}
	sayScored(cmd, "the model", flows, fmt.Sprintf(" (of those marked, at most a share of %v is ordinary, on average)", o.falseDiscoveries))
	fewest, err := labkit.FewestDiscoveries(len(flows.Scores), flows.Calibrated(), o.falseDiscoveries)
	if err == nil && fewest > 1 {
		fmt.Fprintf(cmd.ErrOrStderr(), "  fewer than %d flows are not marked so, however strange: with %s to calibrate by, no p-value is below %.2g\n",
			fewest, plural.Of(flows.Calibrated(), "flow"), 1/float64(flows.Calibrated()+1))
	}
	return err
}

// unlessHosts says why no flow is judged, and returns no error if hosts can be
// shown all the same.
func (o *scoreFlags) unlessHosts(cmd *cobra.Command, err error, needed bool) error {
	if err == nil || needed || cmd.Context().Err() != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "no flow is judged by itself: %v\n", err)
	return nil
}
