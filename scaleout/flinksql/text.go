package flinksql

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// text returns a string of SQL.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// interval returns a time as an interval of SQL, up to 99 days.
func interval(d time.Duration) string {
	d = d.Round(time.Millisecond)
	return fmt.Sprintf("INTERVAL '%d %02d:%02d:%06.3f' DAY TO SECOND", d/(24*time.Hour), d/time.Hour%24, d/time.Minute%60, (d % time.Minute).Seconds())
}

func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) + " ms" }

func sorted(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// FromSavepoint returns the statement by which the next job goes on from a
// savepoint.
func FromSavepoint(path string) string { return "SET 'execution.state-recovery.path' = " + text(path) }
