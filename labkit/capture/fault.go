package capture

import "fmt"

// A faultAt says where in a capture something is wrong: in which packet, from
// 1, and at which byte, from 0, of the file as it is when unpacked. Packet 0 is
// what stands before the first packet.
type faultAt struct {
	file   string
	packet int
	offset int64
	err    error
}

func (f *faultAt) Error() string {
	return fmt.Sprintf("%s:%d:%d: %v", f.file, f.packet, f.offset, f.err)
}

func (f *faultAt) Unwrap() error { return f.err }
