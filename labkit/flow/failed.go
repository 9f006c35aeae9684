package flow

import (
	"net/netip"
	"strings"
)

// Failed tells whether the flow is an attempt in vain: refused, given up or
// never answered. By Zeek's conn_state these are S0, REJ, RSTOS0, SH, SHR and
// RSTRH (https://docs.zeek.org/en/master/logs/conn.html); without a state, a
// flow in which no packet was received. What goes to a multicast or broadcast
// address asks for no answer and has never failed.
//
// A connection that was established and then reset has not failed: it is
// [Flow.Broken].
func (f *Flow) Failed() bool {
	switch f.State {
	case "S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH":
	case "":
		if f.PacketsRecv != 0 { // NaN, too: whether there was an answer is not known
			return false
		}
	default:
		return false
	}
	return !IsGroup(f.DstIP)
}

// Broken tells whether a connection was established and then reset by one of its
// ends: Zeek's states RSTO and RSTR.
func (f *Flow) Broken() bool { return f.State == "RSTO" || f.State == "RSTR" }

// IsGroup tells whether an address stands for many hosts: multicast, or
// broadcast. As the size of a network is not known, an IPv4 address that ends in
// 255 is taken for its broadcast address.
func IsGroup(address string) bool {
	if strings.HasSuffix(address, ".255") {
		return true
	}
	// Parsing is the slow part: 224.0.0.0 to 239.255.255.255 and ff00::/8 are
	// told by how they begin.
	if address == "" || address[0] != '2' && address[0]|0x20 != 'f' && address[0] != ':' {
		return false
	}
	a, err := netip.ParseAddr(address)
	return err == nil && a.Unmap().IsMulticast()
}
