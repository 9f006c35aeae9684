package flowlog

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
)

// nfdumpCSV is what nfdump -o csv writes, under the names of versions 1.6 and 1.7
// and those that 1.7.2 brought (https://github.com/phaag/nfdump). Its bytes are
// those of IP packets; payload it does not have.
var nfdumpCSV = &csvDialect{
	format: "nfdump CSV",
	marks:  [][]string{{"ts", "firstseen"}, {"sa", "srcaddr"}, {"da", "dstaddr"}, {"pr", "proto"}, {"ipkt", "pkt", "packets", "inpackets"}, {"ibyt", "byt", "bytes", "inbytes"}},
	columns: []alias{
		{titles: []string{"ts", "firstseen"}, field: flow.TS, needed: true, set: setNumber(flow.TS, parseNfdumpTime)},
		{titles: []string{"te", "lastseen"}, field: flow.Duration, set: setEnd},
		{titles: []string{"td", "duration"}, field: flow.Duration, set: setNumber(flow.Duration, trimmed(numbersOf(flow.Duration)))},
		{titles: []string{"sa", "srcaddr"}, field: flow.SrcIP, needed: true},
		{titles: []string{"sp", "srcport"}, field: flow.SrcPort, needed: true},
		{titles: []string{"da", "dstaddr"}, field: flow.DstIP, needed: true},
		{titles: []string{"dp", "dstport"}, field: flow.DstPort, needed: true, set: setNfdumpPort},
		{titles: []string{"pr", "proto"}, field: flow.Protocol, needed: true, set: setProtocol},
		{titles: []string{"ipkt", "pkt", "packets", "inpackets"}, field: flow.PacketsSent, needed: true},
		{titles: []string{"ibyt", "byt", "bytes", "inbytes"}, field: flow.IPBytesSent, needed: true, set: setWhole(flow.IPBytesSent)},
		{titles: []string{"opkt", "outpackets"}, field: flow.PacketsRecv},
		{titles: []string{"obyt", "outbytes"}, field: flow.IPBytesRecv, set: setWhole(flow.IPBytesRecv)},
	},
	prepare: prepareNfdump,
	settle:  func(l *ledger) { clearUnlessAny(l.t, flow.PacketsRecv, flow.IPBytesRecv) },
}

func prepareNfdump(s *rowSource, h *header, l *layout) error {
	port, ended := h.indexOf("dp", "dstport"), h.indexOf("te", "lastseen")
	if ended < 0 && h.indexOf("td", "duration") < 0 {
		return h.fault(0, errors.New("no column td or duration, nor te or lastSeen, in the header: it is needed for duration"))
	}
	l.finish = func(p *rowParser) (string, int, error) {
		if p.dotted && p.word(flow.Protocol) != "ICMP" {
			_, err := p.fault(port, flow.DstPort.Limit().Want)
			return "", port, err
		}
		p.icmpPorts()
		return "", max(ended, 0), p.finishDuration()
	}
	s.control, s.obey = []string{"Summary", "No matched flows"}, (&nfdumpReader{s, h}).summary
	return nil
}

// A nfdumpReader reads the summary below the flows.
type nfdumpReader struct {
	*rowSource
	head *header
}

// summary takes the lines from "Summary" on. After them another header like
// the first may begin more flows.
func (n *nfdumpReader) summary(text string, line int) error {
	if text == "Summary" {
		if err := n.totals(line); err != nil {
			return err
		}
	}
	for {
		text, at, err := n.readFilledLine()
		switch {
		case err != nil:
			return err // io.EOF: the file ends here
		case text == n.head.text:
			return nil
		case !isSummaryLine(text):
			return n.fault(at, 1, damage{errors.New("text after nfdump's summary: want the end of the file, or another header")})
		}
	}
}

// totals takes the two lines below "Summary": titles and numbers.
func (n *nfdumpReader) totals(line int) error {
	titles, _, err := n.readFilledLine()
	var numbers string
	if err == nil {
		numbers, _, err = n.readFilledLine()
	}
	if err != nil && err != io.EOF {
		return err
	}
	if !strings.HasPrefix(titles, "flows,") || strings.Trim(numbers, "0123456789.,") != "" || numbers == "" {
		return n.fault(line, 1, damage{errors.New("nfdump's summary from here on is not whole: want a line of titles, from flows on, and one of numbers")})
	}
	return nil
}

// isSummaryLine tells the lines of the summary that nfdump writes below a
// format of the user's own.
func isSummaryLine(text string) bool {
	for _, begin := range []string{"Summary:", "Time window:", "Total ", "Sys:"} {
		if strings.HasPrefix(text, begin) {
			return true
		}
	}
	return false
}

// parseNfdumpTime parses a date and time, or milliseconds since 1970.
func parseNfdumpTime(text string) (float64, error) {
	if strings.HasPrefix(text, "0000-00-00") {
		return 0, mendable{errTime, "the time is 0000-00-00, which nfdump writes for one that it does not know"}
	}
	if strings.IndexByte(text, ':') >= 0 {
		return parseTime(strings.TrimSpace(text))
	}
	if v, err := parseEpoch(strings.TrimSpace(text)); err == nil {
		return v, nil
	}
	return 0, errTime
}

// setNfdumpPort reads a port, or of ICMP type.code.
func setNfdumpPort(b *builder, text string) (err error) {
	kind, code, ok := strings.Cut(text, ".")
	if !ok {
		b.row.number[flow.DstPort], err = parseNumber(text, flow.DstPort.Limit())
		return err
	}
	t, err := strconv.ParseUint(kind, 10, 8)
	c, err2 := strconv.ParseUint(code, 10, 8)
	if err != nil || err2 != nil {
		return flow.DstPort.Limit().Want
	}
	b.row.number[flow.DstPort], b.dotted = float64(t<<8|c), true
	return nil
}

func trimmed(parse func(string) (float64, error)) func(string) (float64, error) {
	return func(text string) (float64, error) { return parse(strings.TrimSpace(text)) }
}

// setEnd reads when a flow ended.
func setEnd(b *builder, text string) error {
	end, err := parseNfdumpTime(text)
	if err == nil {
		b.end = end
	}
	return err
}

// seconds rounds a difference of two times to microseconds, finer than which
// a time of today is not in a float64.
func seconds(difference float64) float64 { return math.Round(difference*1e6) / 1e6 }

// clearUnlessAny makes the values of fields missing if all of them are 0: what
// counts one direction only writes 0 for the other, which it has not seen.
func clearUnlessAny(t *flow.Table, fields ...flow.Field) {
	for _, f := range fields {
		if t.Any(f, func(v float64) bool { return v > 0 }) {
			return
		}
	}
	for _, f := range fields {
		t.Clear(f)
	}
}
