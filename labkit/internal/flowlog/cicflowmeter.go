package flowlog

import (
	"errors"
	"strings"

	"flowlab/labkit/flow"
)

// cicFlowMeter is what CICFlowMeter writes, under the long names of CIC-IDS2017
// and the short ones of CICFlowMeter 4
// (https://github.com/ahlashkari/CICFlowMeter). Its lengths of packets are those
// of the payload; bytes with headers it does not have. The files of the data set
// for machine learning have no addresses and no times.
var cicFlowMeter = &csvDialect{
	format: "CICFlowMeter CSV",
	marks:  [][]string{{"flow duration"}, cicPacketsSent},
	columns: []alias{
		{titles: []string{"source ip", "src ip"}, field: flow.SrcIP},
		{titles: []string{"source port", "src port"}, field: flow.SrcPort},
		{titles: []string{"destination ip", "dst ip"}, field: flow.DstIP},
		{titles: []string{"destination port", "dst port"}, field: flow.DstPort, needed: true},
		{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"timestamp"}, field: flow.TS, set: setCICTime},
		{titles: []string{"flow duration"}, field: flow.Duration, needed: true, set: setNumber(flow.Duration, parseMicroseconds)},
		{titles: cicPacketsSent, field: flow.PacketsSent, needed: true},
		{titles: []string{"total backward packets", "tot bwd pkts", "total bwd packets"}, field: flow.PacketsRecv, needed: true},
		{titles: []string{"total length of fwd packets", "totlen fwd pkts", "total length of fwd packet"}, field: flow.BytesSent, needed: true},
		{titles: []string{"total length of bwd packets", "totlen bwd pkts", "total length of bwd packet"}, field: flow.BytesRecv, needed: true},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
	},
	anyBytes: true, // CIC-IDS2017 has labels in Windows-1252
	prepare: func(_ *rowSource, _ *header, l *layout) error {
		l.finish = func(p *rowParser) (string, int, error) {
			if !(p.row.number[flow.DstPort] >= 0 || p.row.number[flow.Duration] >= 0) {
				return "rows without values", 0, nil
			}
			return "", 0, nil
		}
		return nil
	},
	settle: noteHours,
}

var cicPacketsSent = []string{"total fwd packets", "tot fwd pkts", "total fwd packet"}

// pythonCICFlowMeter is what Python's cicflowmeter writes
// (https://github.com/hieulw/cicflowmeter). Its lengths are those of whole
// frames. Durations are in seconds since August 2024 and in microseconds before:
// packets in the flow and packets a second tell which.
var pythonCICFlowMeter = &csvDialect{
	format: "CSV of Python's cicflowmeter",
	marks:  [][]string{{"flow_duration"}, {"tot_fwd_pkts"}, {"tot_bwd_pkts"}},
	columns: []alias{
		{titles: []string{"src_ip"}, field: flow.SrcIP},
		{titles: []string{"src_port"}, field: flow.SrcPort},
		{titles: []string{"dst_ip"}, field: flow.DstIP},
		{titles: []string{"dst_port"}, field: flow.DstPort},
		{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"timestamp"}, field: flow.TS, set: setCICTime},
		{titles: []string{"flow_duration"}, field: flow.Duration, needed: true, set: setNumber(flow.Duration, orNegative(parseFloat, flow.Duration.Limit().Want))},
		{titles: []string{"tot_fwd_pkts"}, field: flow.PacketsSent},
		{titles: []string{"tot_bwd_pkts"}, field: flow.PacketsRecv},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
	},
	prepare: func(_ *rowSource, h *header, l *layout) error {
		rate := h.index("flow_pkts_s")
		l.finish = func(p *rowParser) (string, int, error) {
			p.fromMicroseconds(rate)
			return "", 0, nil
		}
		return nil
	},
	settle: noteHours,
}

// fromMicroseconds turns a duration in microseconds into seconds, if the rate
// in the row tells that it is one: packets over duration is then a millionth of
// it.
func (p *rowParser) fromMicroseconds(rate int) {
	d := &p.row.number[flow.Duration]
	packets := p.row.number[flow.PacketsSent] + p.row.number[flow.PacketsRecv]
	perSecond, ok := 0.0, false
	if rate >= 0 {
		perSecond, ok = parseDecimal(p.values[rate])
	}
	switch {
	case !(*d > 0):
	case ok && perSecond > 0 && packets > 0:
		if *d > 1000*packets/perSecond {
			*d /= 1e6
		}
	case *d > 1e5: // without a rate: more than a day is none
		*d /= 1e6
	}
}

// parseMicroseconds parses the duration of a flow. In CIC-IDS2017 some are -1,
// where packets were stored in another order than they came.
var parseMicroseconds = orNegative(func(text string) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok {
		return 0, errMicroseconds
	}
	return v / 1e6, nil
}, errMicroseconds)

var errMicroseconds = errors.New("a number of microseconds, 0 or above")

func parseFloat(text string) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok {
		return 0, flow.Duration.Limit().Want
	}
	return v, nil
}

// orNegative has a lenient reader take a negative duration for one that is not
// known.
func orNegative(parse func(string) (float64, error), want error) func(string) (float64, error) {
	return func(text string) (float64, error) {
		v, err := parse(text)
		if err == nil && v < 0 {
			return 0, mendable{want, "the duration is negative and left unset"}
		}
		return v, err
	}
}

// setCICTime reads a time, and keeps in mind which hours there are: CIC-IDS2017
// has hours of 12 without AM or PM.
func setCICTime(b *builder, text string) error {
	text = strings.TrimSpace(text)
	v, hour, err := parseTimeHour(text)
	if err != nil {
		if v, err := parseEpoch(text); err == nil {
			b.row.number[flow.TS] = v
			return nil
		}
		return err
	}
	b.hours |= hour
	b.row.number[flow.TS] = v
	return nil
}

// noteHours says that morning and afternoon cannot be told apart, if so it
// seems.
func noteHours(l *ledger) {
	if l.hours.ofTwelve() {
		l.note("hours are 1 to 12 without AM or PM: times in the afternoon are 12 hours early")
	}
}
