package where

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// layouts are how a time may be written, fractions of a second apart.
var layouts = []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly}

var errTime = errors.New(`a time, such as "2006-01-02 15:04:05"`)

// parseTime returns a time in seconds since 1970. Decimals are read as a number's
// are: the nearest number of floating point.
func parseTime(text string) (float64, error) {
	if strings.Contains(text, ",") { // which package time takes for a point
		return 0, errTime
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		fraction := ""
		if _, behind, ok := strings.Cut(text, "."); ok {
			fraction = "." + behind[:len(behind)-len(strings.TrimLeft(behind, "0123456789"))]
		}
		if t.Unix() < 0 {
			return 0, errors.New("a time from 1970 on")
		}
		return strconv.ParseFloat(strconv.FormatInt(t.Unix(), 10)+fraction, 64)
	}
	return 0, errTime
}

// Time writes a time as a condition has it, with its quotes: in UTC, with as many
// decimals as it takes to mean this number and no other.
func Time(seconds float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(seconds, 'f', -1, 64), ".")
	unix, err := strconv.ParseInt(whole, 10, 64)
	if err != nil { // it is no time
		return strconv.Quote(fmt.Sprint(seconds))
	}
	text := time.Unix(unix, 0).UTC().Format("2006-01-02 15:04:05")
	if fraction != "" {
		text += "." + fraction
	}
	return strconv.Quote(text)
}
