package triage

import (
	"net/netip"
	"slices"
)

// Ports that tell what was attempted there (https://www.iana.org/assignments/service-names-port-numbers).
var (
	loginPorts = []int{21, 22, 23, 110, 143, 389, 445, 993, 995, 1433, 1521, 3306, 3389, 5432, 5900, 5985}
	webPorts   = []int{80, 443, 8000, 8080, 8443}
	mailPorts  = []int{25, 465, 587}
	sharePorts = []int{139, 445, 873, 2049}

	// Services that keep a connection alive at a port of their own: MQTT, push
	// messages, STUN, and private networks.
	keepAlivePorts = []int{1194, 1883, 3478, 5222, 5223, 5228, 8883, 51820}
)

const (
	domainPort = 53
	timePort   = 123
)

// manyLogins and manyNames are from how many connections on guessing of
// passwords and names that carry data are meant: a person does neither so often
// in a window.
const (
	manyLogins = 20
	manyNames  = 50
)

// technique returns the technique of MITRE ATT&CK (https://attack.mitre.org,
// version 17) that a finding looks like, "" if it looks like none.
func technique(f *Finding, c *trace) string {
	switch f.Kind {
	case FailedPorts, FailedPeers:
		return scanning(f, c)
	case FailedFlows:
		if max(len(c.ports), len(c.peers)) > len(c.times)/2 {
			return scanning(f, c)
		}
		return knocking(f, c)
	case FailedTries, Tries:
		return knocking(f, c)
	case BytesSent, RareSent:
		if f.Peer != "" && isPublic(f.Peer) && !isPublic(f.Host) {
			return "T1048" // Exfiltration Over Alternative Protocol
		}
	case RareReceived:
		if slices.Contains(sharePorts, f.Port) {
			return "T1074" // Data Staged
		}
	case Beacon, RareBeacon:
		if isPublic(f.Peer) {
			return calling(f.Port)
		}
	case Flood:
		return "T1498" // Network Denial of Service
	}
	return ""
}

// scanning is Active Scanning where it comes from outside, else Network Service
// Discovery.
func scanning(f *Finding, c *trace) string {
	peer, _ := heaviest(c.peers)
	if isPublic(f.Host) && !isPublic(peer) {
		return "T1595"
	}
	return "T1046"
}

// knocking is Brute Force at a port where one logs in, and the DNS protocol
// (Application Layer Protocol) where names are asked for without end.
func knocking(f *Finding, c *trace) string {
	d, _ := c.mainDoor()
	switch {
	case slices.Contains(loginPorts, d.port) && c.value >= manyLogins:
		return "T1110"
	case d.port == domainPort && c.value >= manyNames:
		return "T1071.004"
	}
	return ""
}

// calling is the kind of Application Layer Protocol that a beacon uses, or
// Non-Standard Port.
func calling(port int) string {
	switch {
	case slices.Contains(webPorts, port):
		return "T1071.001"
	case slices.Contains(mailPorts, port):
		return "T1071.003"
	case port == domainPort:
		return "T1071.004"
	case port <= 0, port == timePort, slices.Contains(keepAlivePorts, port): // 0 is a code of ICMP
		return ""
	case port < 1024:
		return "T1071"
	}
	return "T1571"
}

// isPublic tells whether an address is one of the Internet, as far as it can be
// told: a network may use public addresses inside.
func isPublic(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast()
}
