package main

import (
	"fmt"
	"runtime/debug"
	"time"

	"flowlab/labkit/internal/ecs"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// ecs writes an alert for each finding that stands out and is not allowed.
func (o output) ecs(findings []*triage.Finding) error {
	from := ecs.Origin{Version: version(), Created: time.Now()}
	var out []byte
	n := 0
	for _, f := range findings {
		if !f.StandsOut() || o.hides(f) {
			continue
		}
		n++
		var err error
		if out, err = ecs.Append(out, f, from); err != nil {
			return err
		}
	}
	fmt.Fprintf(o.log, "%s of %d written as alerts\n", plural.Of(n, "finding"), len(findings))
	_, err := o.w.Write(out)
	return err
}

// version returns that of the program, "" if it was not built from a release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}
