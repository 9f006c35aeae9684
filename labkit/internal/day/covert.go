package day

// beacon asks a server outside for orders, every few minutes with some jitter,
// from the hour of the infection on (T1071.001).
func (p *part) beacon(attacker string) {
	period, jitter := p.Uniform(2*minute, 8*minute), p.Uniform(0.02, 0.12)
	server, port := p.outside(), one(p, []int{80, 443, 8080})
	for at := p.Uniform(0, 9*hour); at < whole; at += period * (1 + jitter*p.Normal(0, 1)) {
		c := conversation{at, attacker, server, port, p.about(0.4, 0.3), p.about(420, 0.08), p.about(230, 0.05)}
		if p.chance(0.04) { // there were orders
			c.recv = p.about(60000, 1)
		}
		p.tcp(c, "SF")
	}
}

// c2OverHTTPS keeps long connections to a server outside while somebody there
// works at the host: little is asked, and much is answered, the wrong way round
// for the web (T1071.001, T1573).
func (p *part) c2OverHTTPS(attacker string) {
	server := p.outside()
	p.sometimes(18*minute, p.Uniform(7*hour, 11*hour), p.Uniform(17*hour, 23*hour), func(at float64) {
		lasts := p.about(12*minute, 0.7)
		p.tcp(conversation{at, attacker, server, 443, lasts, lasts * p.about(900, 0.8), lasts * p.about(60, 0.4)}, one(p, []string{"SF", "RSTR"}))
	})
}

// dnsTunnel carries data out in the names that it asks for, and in the answers
// back: long questions at a steady rate, to the network's own name server
// (T1071.004, T1572).
func (p *part) dnsTunnel(attacker string) {
	from := p.Uniform(9*hour, 20*hour)
	p.sometimes(p.Uniform(2, 5), from, from+p.Uniform(40*minute, 80*minute), func(at float64) {
		p.udp(conversation{at, attacker, p.resolver, 53, p.about(0.06, 0.5), p.Uniform(170, 245), p.Uniform(250, 900)})
	})
}

// cryptoMining holds a connection to a mining pool for hours, in which a few
// bytes a second go each way, and comes back when it is cut (T1496).
func (p *part) cryptoMining(attacker string) {
	pool, port := p.outside(), one(p, []int{3333, 4444, 5555, 14444})
	for at := p.Uniform(0, 8*hour); at < whole; {
		lasts := p.Exponential(hour)
		p.tcp(conversation{at, attacker, pool, port, lasts, 300 + lasts*p.Uniform(4, 9), 500 + lasts*p.Uniform(8, 16)}, one(p, []string{"SF", "RSTR"}))
		at += lasts + p.Uniform(5, 30)
	}
}
