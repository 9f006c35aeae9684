package flowlog

import (
	"errors"
	"strings"
	"time"

	"flowlab/labkit/flow"
)

var (
	errTime         = errors.New("a date and time")
	errTimeTooEarly = errors.New("a time from 1970 on")
)

// From where on a time since 1970 is taken for milliseconds, microseconds or
// nanoseconds: in the next larger unit it is beyond the year 5138.
const (
	milliseconds = 1e11
	microseconds = 1e14
	nanoseconds  = 1e17
)

// parseEpoch parses a time since 1970, in seconds or smaller units.
func parseEpoch(text string) (float64, error) {
	v, err := parseNumber(text, flow.Duration.Limit())
	switch {
	case err != nil:
		return 0, err
	case v >= nanoseconds:
		v /= 1e9
	case v >= microseconds:
		v /= 1e6
	case v >= milliseconds:
		v /= 1e3
	}
	return v, flow.TS.CheckNumber(v)
}

// parseEpochOrTime parses a time as a number or in words.
func parseEpochOrTime(text string) (float64, error) {
	v, err := parseEpoch(text)
	if err != nil {
		if v, wordsErr := parseTime(text); wordsErr == nil {
			return v, nil
		}
	}
	return v, err
}

// parseTime parses a date and time as monitors write them, in seconds since
// 1970. The date is year-month-day, or day/month/year as CICFlowMeter has it;
// then a blank or T, and hours and minutes, with or without seconds and a
// fraction of them, and AM or PM. Without a time zone it is taken for UTC.
func parseTime(text string) (float64, error) {
	v, _, err := parseTimeHour(text)
	return v, err
}

// parseTimeHour is parseTime, and tells the hour where it may be one of 12: of a
// day/month/year, and whether AM or PM is there.
func parseTimeHour(text string) (_ float64, seen hours, _ error) {
	c := clock{text: text}
	year, month, day := c.date()
	slashes := strings.IndexByte(text, '/') >= 0
	if !c.accept(" ") && !c.accept("T") {
		return 0, 0, errTime
	}
	hour := c.number(1, 2)
	c.expect(":")
	minute := c.number(2, 2)
	var second, fraction int
	if c.accept(":") {
		second = c.number(2, 2)
		if c.accept(".") || c.accept(",") {
			fraction = c.fraction()
		}
	}
	half := len(c.text)
	written := hour
	hour = c.halfDay(hour)
	switch {
	case len(c.text) < half:
		seen = halfDays
	case slashes:
		seen = 1 << hours(min(written, 23))
	}
	offset := c.zone()
	if c.failed || c.text != "" || hour > 23 || minute > 59 || second > 60 {
		return 0, 0, errTime
	}
	midnight := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if midnight.Month() != time.Month(month) || midnight.Day() != day { // 31 February
		return 0, 0, errTime
	}
	seconds := midnight.Unix() + int64(hour*3600+minute*60+second-offset)
	switch {
	case seconds < 0:
		return 0, 0, errTimeTooEarly
	case float64(seconds) > flow.TS.Limit().Most:
		return 0, 0, flow.TS.Limit().Want
	}
	if fraction%1000 == 0 { // the number of microseconds is exact: rounded once
		return float64(seconds*1e6+int64(fraction/1000)) / 1e6, seen, nil
	}
	return float64(seconds) + float64(fraction)/1e9, seen, nil
}

// A clock takes the parts of a time from the front of a text.
type clock struct {
	text   string
	failed bool
}

func (c *clock) accept(text string) bool {
	rest, ok := strings.CutPrefix(c.text, text)
	c.text = rest
	return ok
}

func (c *clock) expect(text string) {
	if !c.accept(text) {
		c.failed = true
	}
}

// number takes digits, between least and most of them.
func (c *clock) number(least, most int) int {
	n, i := 0, 0
	for i < len(c.text) && i < most && c.text[i] >= '0' && c.text[i] <= '9' {
		n = n*10 + int(c.text[i]-'0')
		i++
	}
	if i < least {
		c.failed = true
	}
	c.text = c.text[i:]
	return n
}

func (c *clock) date() (year, month, day int) {
	if len(c.text) > 4 && (c.text[4] == '-' || c.text[4] == '/') {
		separator := c.text[4:5]
		year = c.number(4, 4)
		c.expect(separator)
		month = c.number(1, 2)
		c.expect(separator)
		return year, month, c.number(1, 2)
	}
	day = c.number(1, 2)
	c.expect("/")
	month = c.number(1, 2)
	c.expect("/")
	return c.number(4, 4), month, day
}

// fraction takes the decimals of a second, in nanoseconds.
func (c *clock) fraction() int {
	before := len(c.text)
	n := c.number(1, 9)
	for range 9 - (before - len(c.text)) {
		n *= 10
	}
	c.number(0, len(c.text)) // finer than a nanosecond
	return n
}

// halfDay takes AM or PM, if there, and returns the hour of the day.
func (c *clock) halfDay(hour int) int {
	pm := c.accept(" PM") || c.accept(" pm")
	if !pm && !c.accept(" AM") && !c.accept(" am") {
		return hour
	}
	if hour < 1 || hour > 12 {
		c.failed = true
	}
	hour %= 12
	if pm {
		hour += 12
	}
	return hour
}

// zone takes Z or an offset, if there, and returns it in seconds.
func (c *clock) zone() int {
	sign := 1
	if rest, ok := strings.CutPrefix(c.text, " "); ok && rest != "" {
		c.text = rest
	}
	switch {
	case c.accept("Z"), c.accept("UTC"), c.accept("GMT"):
		return 0
	case c.accept("-"):
		sign = -1
	case !c.accept("+"):
		return 0
	}
	hours := c.number(2, 2)
	c.accept(":")
	return sign * (hours*3600 + c.number(2, 2)*60)
}
