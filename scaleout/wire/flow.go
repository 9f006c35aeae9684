// Package wire says how flows and rows of windows are written in Kafka: as objects
// of JSON, which every engine reads.
package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"flowlab/labkit/flow"
)

// numbers and words are the fields of a flow that are written, under their names.
var (
	numbers = []flow.Field{flow.TS, flow.Duration, flow.SrcPort, flow.DstPort, flow.BytesSent, flow.BytesRecv, flow.PacketsSent, flow.PacketsRecv}
	words   = []flow.Field{flow.SrcIP, flow.DstIP, flow.Protocol, flow.State}
)

// What is written of a flow beside its fields, so that nobody has to work it out
// anew. A message without a source is a marker: it closes all windows that end
// before its time.
const (
	EndMS   = "end_ms"   // when it ended, in milliseconds since 1970
	Failed  = "failed"   // see [flow.Flow.Failed]
	Broken  = "broken"   // see [flow.Flow.Broken]
	ToGroup = "to_group" // see [flow.IsGroup]
)

// AppendFlow appends a flow. What is not known is left out. The flow must have a
// time: see [EndOf].
func AppendFlow(b []byte, f *flow.Flow) []byte {
	b = append(b, '{')
	for _, field := range numbers {
		if v := f.Number(field); !math.IsNaN(v) {
			b = strconv.AppendFloat(appendName(b, field.String()), v, 'f', -1, 64)
		}
	}
	for _, field := range words {
		if w := f.Word(field); w != "" {
			b = appendText(appendName(b, field.String()), w)
		}
	}
	for _, mark := range []struct {
		name string
		is   bool
	}{{Failed, f.Failed()}, {Broken, f.Broken()}, {ToGroup, flow.IsGroup(f.DstIP)}} {
		if mark.is {
			b = append(appendName(b, mark.name), "true"...)
		}
	}
	end, _ := EndOf(f)
	return append(strconv.AppendInt(appendName(b, EndMS), end, 10), '}')
}

// AppendMarker appends a marker of a time, in milliseconds since 1970.
func AppendMarker(b []byte, endMS int64) []byte {
	return append(strconv.AppendInt(append(b, `{"`+EndMS+`":`...), endMS, 10), '}')
}

// EndOf returns when a flow ended, in milliseconds since 1970, and whether that is
// known and a time that can be counted with. As labkit/window does, it goes by the
// nearest microsecond.
func EndOf(f *flow.Flow) (ms int64, ok bool) {
	us := math.RoundToEven(f.End() * 1e6)
	return int64(math.Floor(us / 1000)), math.Abs(us) < 1<<61 // false for NaN, too
}

func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(b, '"')
	return append(append(b, name...), '"', ':')
}

// appendText appends a string of JSON.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text) // a string always can be
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// A message is what workers read of a flow.
type message struct {
	TS       *float64 `json:"ts"`
	Duration *float64 `json:"duration"`
	SrcIP    string   `json:"src_ip"`
	DstIP    string   `json:"dst_ip"`
	DstPort  *int     `json:"dst_port"`
	EndMS    *int64   `json:"end_ms"`
}

// ParseFlow returns what pairs need of a flow: times, addresses and the port of
// the destination. Of a marker it returns a flow without a source.
func ParseFlow(data []byte) (flow.Flow, error) {
	f := flow.Unknown()
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		return f, fmt.Errorf("a flow: %w", err)
	}
	if m.EndMS == nil {
		return f, fmt.Errorf("a flow has no %s", EndMS)
	}
	f.SrcIP, f.DstIP = m.SrcIP, m.DstIP
	for _, v := range []struct {
		from *float64
		to   *float64
	}{{m.TS, &f.TS}, {m.Duration, &f.Duration}} {
		if v.from != nil {
			*v.to = *v.from
		}
	}
	if m.DstPort != nil {
		f.DstPort = *m.DstPort
	}
	return f, nil
}
