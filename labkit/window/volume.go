package window

import "flowlab/labkit/flow"

// volume is how much was sent and received. An amount that is not known counts
// as 0. Sums of whole numbers are exact up to 2^53, so that the order of flows
// is irrelevant.
type volume struct{ BytesSent, BytesRecv, PacketsSent, PacketsRecv float64 }

func (v *volume) add(e *event) {
	v.merge(&volume{flow.OrZero(e.BytesSent), flow.OrZero(e.BytesRecv), flow.OrZero(e.PacketsSent), flow.OrZero(e.PacketsRecv)})
}

func (v *volume) merge(other *volume) {
	v.BytesSent += other.BytesSent
	v.BytesRecv += other.BytesRecv
	v.PacketsSent += other.PacketsSent
	v.PacketsRecv += other.PacketsRecv
}

func (v *volume) reset() { *v = volume{} }

func (v *volume) fill(row *Row, _ Key) {
	row.BytesSent, row.BytesRecv = v.BytesSent, v.BytesRecv
	row.PacketsSent, row.PacketsRecv = v.PacketsSent, v.PacketsRecv
}
