package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"flowlab/labkit/allow"
	"flowlab/labkit/triage"
)

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
