package where

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// four flows: a connection, one in vain, a datagram to a group, and one of which
// next to nothing is known.
func four() *flow.Columns {
	flows := []flow.Flow{flow.Unknown(), flow.Unknown(), flow.Unknown(), flow.Unknown()}
	web, vain, group := &flows[0], &flows[1], &flows[2]
	web.TS, web.Duration, web.SrcIP, web.SrcPort, web.DstIP, web.DstPort = 1772445600.25, 10, "10.0.0.5", 50000, "192.0.2.7", 443
	web.Protocol, web.State, web.BytesSent, web.UID, web.Service = "TCP", "SF", 1200, "C1", "ssl"
	vain.TS, vain.SrcIP, vain.DstIP, vain.DstPort, vain.Protocol, vain.State = 1772445601, "10.1.0.9", "10.0.0.5", 3306, "TCP", "S0"
	group.TS, group.Duration, group.SrcIP, group.DstIP, group.DstPort, group.Protocol = 1772445660, 0, "2001:db8::1", "ff02::fb", 5353, "UDP"
	var fields []flow.Field
	for f := range flow.NumFields {
		fields = append(fields, f)
	}
	b := flow.NewBuilder(fields...)
	for i := range flows {
		b.Add(&flows[i])
	}
	return b.Table().Parts[0]
}

// matched writes which flows a condition picks: "1 3" are the first and the third.
func matched(c *Condition, flows *flow.Columns) string {
	var which []string
	for i, is := range c.Match(flows) {
		if is {
			which = append(which, strconv.Itoa(i+1))
		}
	}
	return strings.Join(which, " ")
}

func TestMatch(t *testing.T) {
	flows := four()
	for condition, want := range map[string]string{
		`src_ip == "10.0.0.5"`:                  "1",
		`src_ip != "10.0.0.5"`:                  "2 3", // of the fourth it is not known
		`!(src_ip == "10.0.0.5")`:               "2 3 4",
		`src_ip == "2001:DB8:0::1"`:             "3", // the same address
		`src_ip == "::ffff:10.0.0.5"`:           "1",
		`src_ip in "10.0.0.0/8"`:                "1 2",
		`src_ip in "2001:db8::/32"`:             "3",
		`src_ip in ("10.1.0.0/16", '10.0.0.5')`: "1 2",
		`dst_port in (443, 3306)`:               "1 2",
		`dst_port in 443`:                       "1",
		`dst_port >= 443 && dst_port < 5353`:    "1 2",
		`dst_port <= 443 || dst_port > 5000`:    "1 3",
		`dst_port != 443`:                       "2 3",
		`dst_port == unknown`:                   "4",
		`src_port != unknown`:                   "1",
		`service == unknown`:                    "2 3 4",
		`service != unknown`:                    "1",
		`service != "dns"`:                      "1",
		`protocol == "tcp"`:                     "1 2",
		`uid == "C1"`:                           "1",
		`bytes_sent == 1.2e3`:                   "1",
		`bytes_sent > 1e9`:                      "",
		`failed`:                                "2",
		`!failed && unicast`:                    "1 4",
		`broken`:                                "",
		// ! binds tightest, then &&, then ||.
		`failed || unicast && dst_port == 443`:   "1 2",
		`(failed || unicast) && dst_port == 443`: "1",
		`! failed && ! unicast`:                  "3",
		// 1772445600 is 2026-03-02 10:00:00 UTC.
		`ts == "2026-03-02T10:00:00.25Z"`:            "1",
		`ts == 1772445600.25`:                        "1",
		`ts >= "2026-03-02 10:00:01"`:                "2 3",
		`ts < "2026-03-02 10:01"`:                    "1 2",
		`ts >= "2026-03-02"`:                         "1 2 3",
		`ts < "2026-03-02T11:00:01+01:00"`:           "1",
		`end >= "2026-03-02 10:00:10.25"`:            "1 3",
		`end == "2026-03-02 10:00:01"`:               "2", // its duration is not known
		`end == unknown`:                             "4",
		`end in ("2026-03-02 10:00:01", 1772445660)`: "2 3",
	} {
		c, err := Parse(condition)
		if err != nil {
			t.Errorf("%s: %v", condition, err)
			continue
		}
		if got := matched(c, flows); got != want {
			t.Errorf("%s picks flows %q, want %q", condition, got, want)
		}
	}
}

// A table that does not have a column knows none of its values.
func TestMatchWithoutTheColumn(t *testing.T) {
	f := flow.Unknown()
	f.SrcIP = "10.0.0.5"
	b := flow.NewBuilder(flow.SrcIP)
	b.Add(&f)
	flows := b.Table().Parts[0]
	for condition, want := range map[string]string{
		`src_ip == "10.0.0.5"`: "1", `dst_port != 1`: "", `dst_port == unknown`: "1", `service != "a"`: "", `uid == unknown`: "1", `end > 0`: "",
	} {
		c, err := Parse(condition)
		if err != nil {
			t.Fatal(err)
		}
		if got := matched(c, flows); got != want {
			t.Errorf("%s picks flows %q, want %q", condition, got, want)
		}
	}
}

func TestParseSaysWhereAndWhatIsWanted(t *testing.T) {
	for condition, want := range map[string]string{
		``:                            `column 1: the end: want a field, such as src_ip`,
		`scr_ip == "10.0.0.5"`:        `column 1: there is no field scr_ip: want src_ip`,
		`failed && dstport == 1`:      `column 11: there is no field dstport: want dst_port`,
		`src_ip = "10.0.0.5"`:         `column 8: '=': want ==`,
		`src_ip == 10.0.0.5`:          `column 11: 10.0.0.5: want an IPv4 or IPv6 address in quotes; a network goes with in`,
		`src_ip == "10.0.0.0/8"`:      `column 11: "10.0.0.0/8": want an IPv4 or IPv6 address in quotes; a network goes with in`,
		`src_ip in "10.0.0.0/99"`:     `column 11: "10.0.0.0/99": want a network in quotes, such as "10.0.0.0/8"`,
		`src_ip < "10.0.0.5"`:         `column 8: src_ip is a word: want ==, != or in`,
		`dst_port == "http"`:          `column 13: "http": want a number`,
		`dst_port == 1.2.3`:           `column 13: 1.2.3: want a number`,
		`dst_port < unknown`:          `column 12: unknown: want a value; == and != alone go with unknown`,
		`protocol == tcp`:             `column 13: tcp: want a word in quotes`,
		`ts > "yesterday"`:            `column 6: "yesterday": want a time, such as "2006-01-02 15:04:05"`,
		`dst_port`:                    `column 9: the end behind dst_port: want ==, !=, <, <=, >, >= or in`,
		`(failed`:                     `column 8: the end: want ), &&, || or a comparison`,
		`failed)`:                     `column 7: ): want &&, || or the end`,
		`dst_port in (1, 2`:           `column 18: the end: want a comma or )`,
		`failed & broken`:             `column 8: '&': want &&`,
		`uid == "C1`:                  `column 8: '"': want the quote that ends it`,
		`"ä" == failed`:               `column 1: "ä": want a field, such as src_ip`,
		`uid == "ä" && scr_ip == "1"`: `column 15: there is no field scr_ip: want src_ip`, // in characters, not bytes
		`uid == "\x1b[31m" failed`:    `column 19: failed: want &&, || or the end`,
		"uid == \x1b":                 `column 8: '\x1b': want a field, an operator or a value`,
		strings.Repeat("(", 20_000):   `column 10000: a condition of 20000 bytes: want at most 10000`,
	} {
		_, err := Parse(condition)
		if err == nil || err.Error() != want {
			t.Errorf("%.60q: error is %v, want %s", condition, err, want)
		}
		if _, ok := errors.AsType[*Error](err); err != nil && !ok {
			t.Errorf("%.60q: error is no *Error", condition)
		}
	}
}

func TestFields(t *testing.T) {
	c, err := Parse(`uid == "C1" || end > 1 && dst_ip != "10.0.0.5" || dst_ip == unknown`)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c.Fields()); got != "[ts dst_ip duration uid]" {
		t.Errorf("fields are %s", got)
	}
}

// What Time writes means the same number.
func FuzzTime(f *testing.F) {
	for _, v := range []float64{0, 1, 0.1, 1772445600.123456, 1772445600.1234567, 1 << 33, 1e-7} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v float64) {
		if !(v >= 0 && v <= 1<<33) {
			t.Skip()
		}
		text, err := strconv.Unquote(Time(v))
		if err != nil {
			t.Fatal(err)
		}
		got, err := parseTime(text)
		if err != nil || got != v {
			t.Errorf("%v is written %q and read %v, error %v", v, text, got, err)
		}
		if at, err := time.Parse("2006-01-02 15:04:05", text); err != nil || math.Abs(float64(at.UnixNano())/1e9-v) > 1e-6*math.Max(1, v) {
			t.Errorf("%v is written %q, which package time reads %v, error %v", v, text, at, err)
		}
	})
}

// Whatever is parsed can be evaluated, and its negation picks the other flows.
func FuzzParse(f *testing.F) {
	for _, condition := range []string{
		`src_ip == "10.0.0.5" && (dst_port in (22, 3306) || dst_ip in "192.168.0.0/16") && !failed`,
		`ts >= "2026-03-02 10:00" && end < 1e9`, `uid != 'a\' || service == unknown`, `!!!broken`, `((`, `"\`,
	} {
		f.Add(condition)
	}
	flows := four()
	f.Fuzz(func(t *testing.T, condition string) {
		c, err := Parse(condition)
		if err != nil {
			return
		}
		other, err := Parse("!(" + condition + ")")
		if err != nil {
			if len(condition) > longest-3 {
				return
			}
			t.Fatalf("%q is parsed, its negation is not: %v", condition, err)
		}
		is, isNot := c.Match(flows), other.Match(flows)
		for i := range is {
			if is[i] == isNot[i] {
				t.Errorf("%q and its negation agree on flow %d", condition, i)
			}
		}
	})
}

func ExampleParse() {
	f := flow.Unknown()
	f.SrcIP, f.DstPort = "10.0.0.5", 3306
	b := flow.NewBuilder(flow.SrcIP, flow.DstPort)
	b.Add(&f)
	c, err := Parse(`src_ip in "10.0.0.0/8" && dst_port == 3306`)
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Match(b.Table().Parts[0]))
	_, err = Parse(`scr_ip == "10.0.0.5"`)
	fmt.Println(err)
	// Output:
	// [true]
	// column 1: there is no field scr_ip: want src_ip
}
