package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// netflowPorts are those that exporters of NetFlow and IPFIX send to: 4739 is
// assigned to IPFIX, the others are the defaults of collectors.
var netflowPorts = portSet(2055, 4739, 9555, 9995, 9996)

// NetFlow writes the datagrams of NetFlow 5, 9 and IPFIX that a capture carries to
// w, one behind the other, as labkit.ReadFlowsFrom reads them. They are told by
// their ports (2055, 4739, 9555, 9995, 9996) and by how they begin. The report
// counts the packets, and those that were not captured whole as lost.
func NetFlow(r io.Reader, name string, o flow.ReadOptions, w io.Writer) (flow.Report, error) {
	d := newDecoder(name, o, func(int, *flow.Flow) error { return nil })
	d.netflowTo = w
	err := d.read(r)
	if err == nil && d.netflow == 0 {
		err = &flow.Fault{File: name, Err: errors.New("the capture has no NetFlow: want datagrams of version 5, 9 or 10 to UDP port 2055, 4739, 9555, 9995 or 9996")}
	}
	if err != nil {
		return d.report, failed(err, o)
	}
	return d.report, nil
}

// findNetFlow counts datagrams of NetFlow, and hands them on if that is asked for.
func (d *decoder) findNetFlow(port uint16, p packet) {
	if !netflowPorts.has(port) || !looksLikeNetFlow(p) {
		return
	}
	d.netflow++
	d.netflowPort = port
	switch {
	case d.netflowTo == nil || d.failure != nil:
	case len(p.data) == p.wire:
		_, d.failure = d.netflowTo.Write(p.data)
	default:
		fault := &flow.Fault{File: d.name, Line: d.number, Err: errors.New("a datagram of NetFlow that was not captured whole")}
		if d.report.Lose(fault); !d.options.Lenient {
			d.failure = fault
		}
	}
}

// looksLikeNetFlow tells a datagram of NetFlow 5, 9 or IPFIX by how it begins.
func looksLikeNetFlow(p packet) bool {
	if len(p.data) < 16 {
		return false
	}
	version, second := binary.BigEndian.Uint16(p.data), int(binary.BigEndian.Uint16(p.data[2:]))
	switch version {
	case 5: // the number of records, each of 48 bytes behind a header of 24
		return 0 < second && 24+48*second == p.wire
	case 9: // the number of records
		return 0 < second && p.wire >= 20
	case 10: // the length of the message
		return second == p.wire
	}
	return false
}

// netflowNote says that the capture carries NetFlow, "" if it does not.
func (d *decoder) netflowNote() string {
	if d.netflow == 0 {
		return ""
	}
	return fmt.Sprintf("%s of NetFlow to port %d: go tool lab flows --netflow reads the flows that they tell of; here are those of the packets", plural.Of(d.netflow, "datagram"), d.netflowPort)
}
