package triage

// kindTitles say in a few words what each kind of finding is.
var kindTitles = map[Kind]string{
	FailedFlows:  "Attempts in vain",
	FailedPorts:  "Ports tried in vain",
	FailedPeers:  "Hosts tried in vain",
	FailedTries:  "Unanswered tries at one port",
	Tries:        "Connections to one port",
	BytesSent:    "Bytes sent",
	Beacon:       "Regular connections",
	RareBeacon:   "Regular connections to a host of its own",
	RareSent:     "Bytes sent to a host of its own",
	RareReceived: "Bytes received from a host of its own",
	RareHeld:     "Long connections to a host of its own",
	Flood:        "Many hosts at one",
	Unusual:      "Unusual window",
	Strange:      "Strange flow",
}

// Title says in a few words what a kind of finding is.
func (k Kind) Title() string { return kindTitles[k] }

// techniqueNames are MITRE ATT&CK's (https://attack.mitre.org, version 17).
var techniqueNames = map[string]string{
	"T1046":     "Network Service Discovery",
	"T1048":     "Exfiltration Over Alternative Protocol",
	"T1071":     "Application Layer Protocol",
	"T1071.001": "Web Protocols",
	"T1071.003": "Mail Protocols",
	"T1071.004": "DNS",
	"T1074":     "Data Staged",
	"T1110":     "Brute Force",
	"T1498":     "Network Denial of Service",
	"T1571":     "Non-Standard Port",
	"T1595":     "Active Scanning",
}

// TechniqueName returns the name of a technique that a [Finding] may have, of a
// subtechnique without that of its technique.
func TechniqueName(id string) string { return techniqueNames[id] }
