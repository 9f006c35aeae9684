package day

import "strconv"

// Server generates a day of a public server and its neighbours, four hosts in
// all, which see 6,000 addresses of the Internet: 1,700 visitors, and the rest
// is noise, scanners and guessers that knock at every address there is. The
// noise is no attack on this server, and is labelled as none.
func Server(d Day) (Traffic, error) {
	n, err := newNetwork(d)
	if err != nil {
		return Traffic{}, err
	}
	p := n.lasting("addresses")
	n.prefix, n.intruders = "203.0.113.", true
	for _, last := range p.Permutation(249)[:4] {
		n.inside = append(n.inside, n.prefix+strconv.Itoa(2+last))
	}
	n.servers, n.attackers = n.inside[:3], shuffled(p, n.inside[:3])
	n.resolver = p.outside()
	sources := n.part("sources").outsiders(6000)
	n.visitors(sources[:1700])
	n.noise(sources[1700:])
	n.household()
	return n.traffic(), nil
}

// visitors adds people at the web server, more by day, and mail from some.
func (n *network) visitors(sources []string) {
	p := n.part("visitors")
	web, mail := n.servers[0], n.servers[1]
	for i, source := range sources {
		at := p.hourOfDay()
		if i%20 == 0 {
			p.sometimes(2*hour, 0, whole, func(at float64) {
				p.visit(conversation{at, source, mail, 25, p.about(3, 0.8), p.about(30000, 1.5), p.about(500, 0.3)})
			})
			continue
		}
		for range int(1 + p.about(8, 0.8)) {
			p.visit(conversation{at, source, web, 443, min(p.about(8, 1.3), 600), p.about(1500, 0.9), p.about(25000, 1.5)})
			at += p.Exponential(40)
		}
	}
}

// hourOfDay returns a time that is more often in the day than in the night.
func (p *part) hourOfDay() float64 {
	for {
		if at := p.Uniform(0, whole); at > 7*hour && at < 23*hour || p.chance(0.25) {
			return at
		}
	}
}

// household adds what the servers do for themselves: names, time, updates, the
// web server's data base, and a backup by night to a place outside.
func (n *network) household() {
	p, places := n.part("household"), n.lasting("household").outsiders(4)
	base := n.inside[3]
	for _, host := range n.inside {
		p.sometimes(2*minute, 0, whole, func(at float64) { p.lookup(at, host) })
		p.every(1024, 0.1, p.Uniform(0, 1024), whole, func(at float64) {
			p.udp(conversation{at, host, places[0], 123, p.Uniform(0.001, 0.03), 48, 48})
		})
		p.every(6*hour, 600, p.Uniform(0, hour), whole, func(at float64) {
			p.visit(conversation{at, host, places[1], 443, p.about(4, 0.5), p.about(2000, 0.5), p.about(400000, 1.5)})
		})
		size := p.about(6e8, 0.4)
		p.tcp(conversation{2*hour + p.Uniform(0, hour), host, places[2], 22, size / 1e7, size, size / 800}, "SF")
	}
	p.every(30, 0.01, p.Uniform(0, 30), whole, func(at float64) {
		p.tcp(conversation{at, n.servers[0], base, 5432, p.Uniform(0.01, 0.05), 600, p.about(3000, 0.8)}, "SF")
	})
}
