package capture

import (
	"encoding/binary"
	"fmt"

	"flowlab/labkit/internal/plural"
)

// netflowPorts are those that exporters of NetFlow and IPFIX send to: 4739 is
// assigned to IPFIX, the others are the defaults of collectors.
var netflowPorts = portSet(2055, 4739, 9555, 9995, 9996)

// countNetFlow counts datagrams whose payload is NetFlow 5, 9 or IPFIX, as far as
// the beginning tells.
func (d *decoder) countNetFlow(port uint16, p packet) {
	if netflowPorts.has(port) && looksLikeNetFlow(p) {
		d.netflow++
		d.netflowPort = port
	}
}

func looksLikeNetFlow(p packet) bool {
	if len(p.data) < 16 {
		return false
	}
	version, second := binary.BigEndian.Uint16(p.data), int(binary.BigEndian.Uint16(p.data[2:]))
	switch version {
	case 5: // records of 48 bytes behind a header of 24
		return 0 < second && 24+48*second == p.wire
	case 9: // records, of which a set of options may have several
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
	return fmt.Sprintf("%s to port %d: the flows here are those of the packets that carry it, not those that it tells of", plural.Of(d.netflow, "datagram")+" of NetFlow", d.netflowPort)
}
