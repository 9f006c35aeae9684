package day

// Kinds returns the kinds of attack, in a fixed order.
func Kinds() []string {
	return []string{
		"port scan", "host scan", "slow scan", "brute force", "flood", "lateral movement",
		"beacon", "c2 over https", "dns tunnel", "crypto mining", "data staging", "exfiltration",
	}
}

// attacks holds what each kind adds to a day, done by a host.
var attacks = map[string]func(p *part, attacker string){
	"port scan":        (*part).portScan,
	"host scan":        (*part).hostScan,
	"slow scan":        (*part).slowScan,
	"brute force":      (*part).bruteForce,
	"flood":            (*part).flood,
	"lateral movement": (*part).lateralMovement,
	"beacon":           (*part).beacon,
	"c2 over https":    (*part).c2OverHTTPS,
	"dns tunnel":       (*part).dnsTunnel,
	"crypto mining":    (*part).cryptoMining,
	"data staging":     (*part).dataStaging,
	"exfiltration":     (*part).exfiltration,
}

// intruder returns who scans, guesses or floods: a host outside where the
// network's servers are public, and otherwise the one that was taken over.
func (p *part) intruder(attacker string) string {
	if p.intruders {
		return p.outside()
	}
	return attacker
}

// others returns the hosts inside but one, in random order.
func (p *part) others(attacker string) []string {
	var all []string
	for _, host := range shuffled(p, p.inside) {
		if host != attacker {
			all = append(all, host)
		}
	}
	return all
}
