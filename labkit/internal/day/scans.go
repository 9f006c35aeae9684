package day

import (
	"strconv"
)

// portScan knocks at a thousand ports of one host, one behind the other in
// random order (vertical; MITRE ATT&CK T1046).
func (p *part) portScan(attacker string) {
	attacker = p.intruder(attacker)
	target, silent, pause := p.target(attacker), p.chance(0.5), p.Uniform(0.02, 0.3)
	at := p.Uniform(6*hour, 22*hour)
	for _, port := range p.Permutation(1024) {
		at += p.Exponential(pause)
		p.probe(conversation{at: at, src: attacker, dst: target, port: port + 1}, silent)
	}
}

// target returns a server that is not the attacker.
func (p *part) target(attacker string) string {
	if server := one(p, p.servers); server != attacker {
		return server
	}
	return p.others(attacker)[0]
}

// probe tries a port, and hangs up at once if it is open.
func (p *part) probe(c conversation, silent bool) {
	switch c.port {
	case 22, 25, 53, 80, 443, 445, 993:
		if p.chance(0.5) {
			c.lasts = p.Uniform(0.001, 0.05)
			p.tcp(c, "RSTO")
			return
		}
	}
	p.knock(c, silent)
}

// hostScan looks for one service on all addresses of the network (horizontal;
// T1046). Where there is no host, there is no answer.
func (p *part) hostScan(attacker string) {
	attacker = p.intruder(attacker)
	port, pause := one(p, []int{22, 80, 135, 445, 1433, 3306, 3389, 5900}), p.Uniform(0.05, 1)
	there := map[string]bool{}
	for _, host := range p.inside {
		there[host] = true
	}
	at := p.Uniform(6*hour, 22*hour)
	for _, last := range p.Permutation(254) {
		at += p.Exponential(pause)
		c := conversation{at: at, src: attacker, dst: p.prefix + strconv.Itoa(last+1), port: port}
		switch {
		case there[c.dst] && c.dst != attacker:
			p.probe(c, false)
		case c.dst != attacker:
			p.unanswered(c)
		}
	}
}

// slowScan tries a port every few minutes, for hours, on one host after the
// other: too little in any minute to be seen there (T1046).
func (p *part) slowScan(attacker string) {
	attacker = p.intruder(attacker)
	ports := shuffled(p, []int{21, 22, 23, 80, 135, 139, 443, 445, 1433, 3306, 3389, 5432, 5900, 6379, 8080, 8443, 9200})
	targets := p.others(attacker)
	targets = targets[:min(12, len(targets))]
	at := p.Uniform(6*hour, 9*hour)
	for i := range 170 {
		at += p.Uniform(2*minute, 6*minute)
		p.probe(conversation{at: at, src: attacker, dst: targets[i%len(targets)], port: ports[i/len(targets)%len(ports)], lasts: 3}, p.chance(0.5))
	}
}

// bruteForce guesses passwords of SSH: each try is a whole connection, and all
// are alike (T1110).
func (p *part) bruteForce(attacker string) {
	attacker = p.intruder(attacker)
	target, pause := p.target(attacker), p.Uniform(0.5, 3)
	at := p.Uniform(6*hour, 22*hour)
	for range p.count(350, 900) {
		at += p.Exponential(pause)
		state := "SF"
		if p.chance(0.3) {
			state = "RSTO"
		}
		p.tcp(conversation{at, attacker, target, 22, p.about(2.2, 0.15), p.about(1300, 0.05), p.about(1900, 0.05)}, state)
	}
}

// flood opens connections faster than a server can answer, from a host that was
// taken over or, to a public server, from hundreds of addresses (T1498).
func (p *part) flood(attacker string) {
	sources, target := []string{attacker}, p.outside()
	if p.intruders {
		sources, target = p.outsiders(p.count(300, 600)), one(p, p.servers)
	}
	at := p.Uniform(8*hour, 20*hour)
	for range p.count(2500, 3500) {
		at += p.Exponential(0.04)
		c := conversation{at: at, src: one(p, sources), dst: target, port: 443}
		if p.chance(0.9) {
			p.unanswered(c)
		} else {
			p.refused(c)
		}
	}
}

// lateralMovement tries the doors of remote work on hosts inside, most of which
// are shut, and works for a while on those that let it in (T1021).
func (p *part) lateralMovement(attacker string) {
	doors := []int{445, 3389, 5985, 22}
	at := p.Uniform(7*hour, 20*hour)
	for i, target := range p.others(attacker) {
		for _, door := range doors[:p.count(2, 4)] {
			at += p.Uniform(1, 40)
			p.knock(conversation{at: at, src: attacker, dst: target, port: door, lasts: 3}, p.chance(0.4))
		}
		if i%4 == 0 {
			at += p.Uniform(5, 60)
			lasts := p.about(240, 0.8)
			p.tcp(conversation{at, attacker, target, one(p, doors), lasts, p.about(200000, 1), p.about(150000, 1)}, "SF")
			at += min(lasts, 5*minute)
		}
	}
}
