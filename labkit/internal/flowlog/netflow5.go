package flowlog

import "encoding/binary"

const (
	header5 = 24
	record5 = 48
	most5   = 30 // records in a datagram
)

func (n *netflowReader) datagram5() error {
	start := n.offset
	h, err := n.take(header5, "header")
	if err != nil {
		return err
	}
	count := int(binary.BigEndian.Uint16(h[2:]))
	if count < 1 || count > most5 {
		return n.fault(start+2, "a datagram of %d records: want 1 to %d", count, most5)
	}
	nanoseconds := binary.BigEndian.Uint32(h[12:])
	if nanoseconds >= 1e9 {
		return n.fault(start+12, "%d nanoseconds of a second: want below 1,000,000,000", nanoseconds)
	}
	n.clock = exportClock{
		uptime: binary.BigEndian.Uint32(h[4:]),
		now:    int64(binary.BigEndian.Uint32(h[8:]))*1e6 + int64(nanoseconds/1000),
		known:  true,
	}
	n.sampling = max(n.sampling, uint64(binary.BigEndian.Uint16(h[22:])&0x3fff))
	for range count {
		start := n.offset
		b, err := n.take(record5, "record")
		if err != nil {
			return err
		}
		f := newExportedFlow(n.clock)
		f.set(sourceIPv4, b[0:4])
		f.set(destinationIPv4, b[4:8])
		f.set(packetDelta, b[16:20])
		f.set(octetDelta, b[20:24])
		f.set(startUptime, b[24:28])
		f.set(endUptime, b[28:32])
		f.set(sourcePort, b[32:34])
		f.set(destinationPort, b[34:36])
		f.set(protocolNumber, b[38:39])
		if err := n.addFlow(&f, start); err != nil {
			return err
		}
	}
	return nil
}
