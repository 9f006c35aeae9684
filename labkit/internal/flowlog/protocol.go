package flowlog

import (
	"strings"
)

// protocolNames are the keywords of IANA's protocol numbers, as far as flows
// commonly have them. ICMP for IPv6 is ICMP, as in Zeek's logs.
var protocolNames = map[string]string{
	"1": "ICMP", "2": "IGMP", "6": "TCP", "17": "UDP", "41": "IPV6", "47": "GRE", "50": "ESP", "51": "AH",
	"58": "ICMP", "88": "EIGRP", "89": "OSPF", "103": "PIM", "112": "VRRP", "115": "L2TP", "132": "SCTP",
	"ICMP6": "ICMP", "ICMPV6": "ICMP", "IPV6-ICMP": "ICMP",
}

// protocolInto reads a protocol that is given by number or name. A number
// without a name stays a number.
var protocolInto = wordInto(Protocol, protocolOf)

func protocolOf(text string) (string, error) {
	word := strings.ToUpper(strings.TrimSpace(text))
	if name, ok := protocolNames[word]; ok {
		return name, nil
	}
	return word, checkProtocol(word)
}

// checkProtocol takes names, whatever they are, and of numbers those that there
// are.
func checkProtocol(text string) error {
	if v, ok := parseDecimal(text); ok && !aNumber.has(v) {
		return errProtocol
	}
	return checkWord(text)
}

// icmpPorts has type and code where Zeek has them: in the ports of the source
// and the destination. Exporters put both into the port of the destination.
func (p *rowParser) icmpPorts() {
	source, destination := &p.row.number[SrcPort], &p.row.number[DstPort]
	if p.word(Protocol) == "ICMP" && !(*source > 0) && *destination >= 0 {
		both := int(*destination)
		*source, *destination = float64(both>>8), float64(both&255)
	}
}
