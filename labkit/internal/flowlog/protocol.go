package flowlog

import (
	"strings"

	"flowlab/labkit/flow"
)

// protocolNames are the keywords of IANA's protocol numbers, as far as flows
// commonly have them. ICMP for IPv6 is ICMP, as in Zeek's logs.
var protocolNames = map[string]string{
	"1": "ICMP", "2": "IGMP", "6": "TCP", "17": "UDP", "41": "IPV6", "47": "GRE", "50": "ESP", "51": "AH",
	"58": "ICMP", "88": "EIGRP", "89": "OSPF", "103": "PIM", "112": "VRRP", "115": "L2TP", "132": "SCTP",
	"ICMP6": "ICMP", "ICMPV6": "ICMP", "IPV6-ICMP": "ICMP",
}

// setProtocol reads a protocol that is given by number or name. A number
// without a name stays a number.
var setProtocol = setWord(flow.Protocol, protocolOf)

func protocolOf(text string) (string, error) {
	word := strings.ToUpper(strings.TrimSpace(text))
	if name, ok := protocolNames[word]; ok {
		return name, nil
	}
	return word, flow.Protocol.CheckWord(word)
}
