package main

import (
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/allow"
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
