package flow

import "math"

// number returns where the flow keeps a number, nil if the field is not one of
// floating point.
func (f *Flow) number(field Field) *float64 {
	switch field {
	case TS:
		return &f.TS
	case Duration:
		return &f.Duration
	case BytesSent:
		return &f.BytesSent
	case BytesRecv:
		return &f.BytesRecv
	case PacketsSent:
		return &f.PacketsSent
	case PacketsRecv:
		return &f.PacketsRecv
	case IPBytesSent:
		return &f.IPBytesSent
	case IPBytesRecv:
		return &f.IPBytesRecv
	}
	return nil
}

// whole returns where the flow keeps an int, nil if the field is not one.
func (f *Flow) whole(field Field) *int {
	switch field {
	case SrcPort:
		return &f.SrcPort
	case DstPort:
		return &f.DstPort
	case Label:
		return &f.Label
	}
	return nil
}

// word returns where the flow keeps a word, nil if the field is a number.
func (f *Flow) word(field Field) *string {
	switch field {
	case SrcIP:
		return &f.SrcIP
	case DstIP:
		return &f.DstIP
	case Protocol:
		return &f.Protocol
	case State:
		return &f.State
	case UID:
		return &f.UID
	case Service:
		return &f.Service
	case History:
		return &f.History
	}
	return nil
}

// Number returns a number of the flow, NaN if it is not known or the field is a
// word.
func (f *Flow) Number(field Field) float64 {
	if v := f.number(field); v != nil {
		return *v
	}
	if v := f.whole(field); v != nil && *v >= 0 {
		return float64(*v)
	}
	return math.NaN()
}

// SetNumber sets a number of the flow; it does nothing if the field is a word.
func (f *Flow) SetNumber(field Field, value float64) {
	if v := f.number(field); v != nil {
		*v = value
	}
	if v := f.whole(field); v != nil {
		*v = -1
		if !math.IsNaN(value) {
			*v = int(value)
		}
	}
}

// Word returns a word of the flow, "" if it is not known or the field is a
// number.
func (f *Flow) Word(field Field) string {
	if v := f.word(field); v != nil {
		return *v
	}
	return ""
}

// SetWord sets a word of the flow; it does nothing if the field is a number.
func (f *Flow) SetWord(field Field, value string) {
	if v := f.word(field); v != nil {
		*v = value
	}
}
