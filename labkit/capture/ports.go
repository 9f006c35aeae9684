package capture

import "slices"

const (
	protocolTCP = 6
	protocolUDP = 17
)

// The ports that Zeek takes for those of a server (likely_server_ports, to
// which the scripts in base/protocols and base/frameworks/tunnels add theirs).
// By them it tells the originator when the first packet does not.
var (
	tcpServerPorts = portSet(
		21, 2811, // FTP
		22,      // SSH
		25, 587, // SMTP
		43,                                        // whois
		53,                                        // DNS
		79,                                        // finger
		80, 81, 631, 1080, 3128, 8000, 8080, 8888, // HTTP, SOCKS
		88,       // Kerberos
		110,      // POP3
		135,      // DCE-RPC
		139, 445, // SMB
		143,       // IMAP
		389, 3268, // LDAP
		443, 563, 585, 614, 636, 989, 990, 992, 993, 995, 5223, // TLS
		502,        // Modbus
		1434, 3306, // MySQL
		1883,       // MQTT
		3389,       // RDP
		5222, 5269, // XMPP
		5432,                   // PostgreSQL
		6379,                   // Redis
		6666, 6667, 6668, 6669, // IRC
		20000, // DNP3
	)
	udpServerPorts = portSet(
		53, 137, 5353, 5355, // DNS and its kin
		67,       // DHCP
		69,       // TFTP
		88,       // Kerberos
		123,      // NTP
		161, 162, // SNMP
		389,        // LDAP
		443,        // QUIC, DTLS
		514,        // syslog
		547,        // DHCPv6
		1812,       // RADIUS
		2123, 2152, // GTP
		3544,  // Teredo
		4789,  // VXLAN
		5060,  // SIP
		5072,  // AYIYA
		6081,  // Geneve
		20000, // DNP3
	)
	dnsPorts         = []uint16{53, 137, 5353, 5355}
	interactivePorts = []uint16{21, 22, 23, 513}
)

// A ports is a set of port numbers.
type ports [1 << 10]uint64

func portSet(numbers ...uint16) *ports {
	set := new(ports)
	for _, n := range numbers {
		set[n/64] |= 1 << (n % 64)
	}
	return set
}

func (p *ports) has(n uint16) bool { return p[n/64]>>(n%64)&1 != 0 }

func isDNS(port uint16) bool { return slices.Contains(dnsPorts, port) }
