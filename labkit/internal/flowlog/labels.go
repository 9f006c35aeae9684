package flowlog

import (
	"strings"
	"unicode"

	"flowlab/labkit/flow"
)

// A labelKind is what the label of a flow says.
type labelKind byte

const (
	notLabelled labelKind = iota // the label says that there is none
	normal
	attack
	notKnown
)

// The words of labels, as data sets have them. A label is taken apart into its
// words, as in "flow=From-Botnet-V42-ICMP": one that has the word of an attack is
// an attack, and else one that has the word of normal traffic is normal. What
// else it may be is not guessed.
var (
	noLabels = words("needmanuallabel", "no label", "cic", "unknown", "undefined", "unlabeled", "unlabelled", "none", "-", "---", "?", "(empty)", "nan", "null")

	normalWords = words("benign", "benigntraffic", "normal", "background", "legitimate", "legit", "clean", "harmless")

	attackWords = words(
		"attack", "attacks", "attacker", "victim", "malicious", "malware", "anomaly", "anomalous", "intrusion",
		// CIC-IDS2017, CSE-CIC-IDS2018, CIC-DDoS2019, CIC IoT 2023, InSDN
		"dos", "ddos", "drdos", "webddos", "portscan", "portmap", "scan", "patator", "bruteforce", "brute", "bot", "botnet", "heartbleed",
		"infiltration", "infilteration", "slowloris", "slowhttptest", "slowhttp", "hulk", "goldeneye", "hoic", "loic", "xss", "injection",
		"sqlinjection", "commandinjection", "probe", "bfa", "u2r", "r2l", "syn", "udplag", "tftp", "ldap", "mssql", "netbios",
		"mirai", "recon", "vulnerabilityscan", "dictionarybruteforce", "browserhijacking", "backdoor", "mitm", "spoofing", "flood",
		// UNSW-NB15, NF-UQ-NIDS, TON_IoT, BoT-IoT
		"fuzzers", "analysis", "backdoors", "exploits", "exploit", "generic", "reconnaissance", "shellcode", "worms", "worm",
		"scanning", "ransomware", "password", "theft", "keylogging", "exfiltration", "ddosattack",
		// UGR'16, CTU-13, IoT-23
		"nerisbotnet", "blacklist", "spam", "udpscan", "sshscan", "scan11", "scan44", "dos11", "dos53",
		"partofahorizontalportscan", "okiru", "torii", "hajime", "hakai", "muhstik", "kenjiro", "filedownload")

	denials = words("non", "not", "no")
)

func words(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range list {
		set[w] = true
	}
	return set
}

// labelOf tells what a label says: a word, or 0 (normal) or 1 (attack).
func labelOf(text string) labelKind {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "", "-":
		return notLabelled
	case "0", "0.0", "false":
		return normal
	case "1", "1.0", "true":
		return attack
	case "c&c":
		return attack
	}
	if noLabels[text] {
		return notLabelled
	}
	kind := notKnown
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case denials[word]:
			return notKnown
		case attackWords[word]:
			kind = attack
		case normalWords[word] && kind != attack:
			kind = normal
		}
	}
	return kind
}

// setLabel reads a label. One that is not known is left unset, and remarked on.
func setLabel(b *builder, text string) error {
	kind, ok := b.labels[text]
	if !ok {
		kind = labelOf(text)
		if b.labels == nil {
			b.labels = map[string]labelKind{}
		}
		b.labels[strings.Clone(text)] = kind
	}
	switch kind {
	case normal:
		b.row.number[flow.Label] = 0
	case attack:
		b.row.number[flow.Label] = 1
	case notKnown:
		b.remark("the label is not known and left unset", quote(text))
	}
	return nil
}
