package flow

import "slices"

// A Field is a column of a table of flows.
type Field int

// The schema, in the order of its columns.
const (
	TS Field = iota // seconds since 1970
	SrcIP
	SrcPort
	DstIP
	DstPort
	Protocol // upper case
	Duration // seconds
	BytesSent
	BytesRecv // payload
	PacketsSent
	PacketsRecv
	IPBytesSent
	IPBytesRecv // with headers
	State       // Zeek's conn_state
	Label       // 0 normal, 1 anomaly
	UID         // Zeek's unique identifier of a connection
	Service     // application protocol
	History     // Zeek's history of a connection
	NumFields
)

var fieldNames = [NumFields]string{
	"ts", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "duration",
	"bytes_sent", "bytes_recv", "packets_sent", "packets_recv",
	"ip_bytes_sent", "ip_bytes_recv", "state", "label", "uid", "service", "history",
}

// String returns the name of the column.
func (f Field) String() string { return fieldNames[f] }

// FieldOf returns the field of a name.
func FieldOf(name string) (Field, bool) {
	i := slices.Index(fieldNames[:], name)
	return Field(max(i, 0)), i >= 0
}

// IsWord tells whether the values of a field are text.
func (f Field) IsWord() bool {
	switch f {
	case SrcIP, DstIP, Protocol, State, UID, Service, History:
		return true
	}
	return false
}

// IsWhole tells whether the values of a field are whole numbers.
func (f Field) IsWhole() bool {
	return f == SrcPort || f == DstPort || f == PacketsSent || f == PacketsRecv || f == Label
}

// IsDetail tells whether a field only leads back to the log: readers leave such
// fields out unless they are asked for them.
func (f Field) IsDetail() bool { return f >= UID }

// Required returns the fields that a table must have for the course's features.
func Required() []Field { return slices.Clone(required) }

var required = []Field{BytesSent, BytesRecv, PacketsSent, PacketsRecv, Duration, DstPort}
