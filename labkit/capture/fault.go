package capture

import "flowlab/labkit/flow"

// faultAt says where in a capture something is wrong: in which packet, from 1,
// and at which byte, from 0, of the file as it is when unpacked. Packet 0 is
// what stands before the first packet.
func faultAt(file string, packet int, offset int64, err error) error {
	return &flow.Fault{File: file, Line: packet, Column: int(offset), Err: err}
}
