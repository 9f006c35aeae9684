package allow

import (
	"fmt"
	"net/netip"
	"strconv"
)

// An End is what a rule says of one end of a finding: addresses, or a name. Zero
// is any.
type End struct {
	network netip.Prefix // of one address too
	text    string       // of a host that is called by something else
}

// EndOf returns the end that is this host alone, any if it is "".
func EndOf(host string) End {
	n := nameOf(host)
	if n.address.IsValid() {
		return End{network: netip.PrefixFrom(n.address, n.address.BitLen())}
	}
	return End{text: host}
}

// A name is what a host is called, and its address if that is one.
type name struct {
	text    string
	address netip.Addr
}

// nameOf takes an IPv4 address in IPv6 for the IPv4 one, and leaves out on which
// interface a link-local address is.
func nameOf(host string) name {
	address, err := netip.ParseAddr(host)
	if err != nil {
		return name{text: host}
	}
	return name{host, address.Unmap().WithZone("")}
}

func (e End) isAny() bool { return e == End{} }

func (e End) has(n name) bool {
	switch {
	case e.text != "":
		return e.text == n.text
	case e.network.IsValid():
		return e.network.Contains(n.address)
	}
	return true
}

// String returns an address, a network, or a name in quotes.
func (e End) String() string {
	switch {
	case e.text != "":
		return strconv.QuoteToASCII(e.text)
	case e.network.IsSingleIP():
		return e.network.Addr().String()
	case e.network.IsValid():
		return e.network.String()
	}
	return ""
}

const wantEnd = "want an address, a network such as 10.0.8.0/24, or another name in quotes"

// parseEnd reads what String writes.
func parseEnd(word string) (End, error) {
	if word[0] == '"' {
		text, err := strconv.Unquote(word)
		if err != nil || text == "" {
			return End{}, fmt.Errorf("%s is no name in quotes: %s", word, wantEnd)
		}
		return EndOf(text), nil
	}
	if n := nameOf(word); n.address.IsValid() {
		return EndOf(word), nil
	}
	network, err := netip.ParsePrefix(word)
	if err != nil {
		return End{}, fmt.Errorf("%q is no address: %s", word, wantEnd)
	}
	if masked := network.Masked(); masked != network {
		return End{}, fmt.Errorf("%s is an address in a network: want %s for the network, or %s", word, masked, network.Addr())
	}
	if a := network.Addr(); a.Is4In6() && network.Bits() >= 96 {
		network = netip.PrefixFrom(a.Unmap(), network.Bits()-96)
	}
	return End{network: network}, nil
}
