package day

// knockedAt are the ports that the Internet's scanners try most, in that order.
var knockedAt = []int{23, 22, 445, 3389, 8080, 80, 443, 5900, 1433, 6379, 8443, 2222, 3306, 81, 5555, 21, 8728, 37215, 7547, 9200, 5432, 25}

// noise adds sources that want nothing of this server in particular: most knock
// a few times at one port, some come back all day.
func (n *network) noise(sources []string) {
	p := n.part("noise")
	for _, source := range sources {
		switch u := p.Float64(); {
		case u < 0.70:
			p.knocks(source, p.count(1, 5))
		case u < 0.74:
			p.knocks(source, int(min(1+p.about(30, 0.8), 250)))
		case u < 0.77:
			p.survey(source)
		case u < 0.88:
			p.crawler(source)
		case u < 0.95:
			p.guesses(source)
		default:
			p.datagrams(source)
		}
	}
}

// address returns one of the addresses of the servers' network: the four hosts
// more often, since the rest of it is not routed to the sensor.
func (p *part) address() string { return one(p, p.inside) }

// isShut tells what a firewall does at a port that is closed: it says nothing at
// most, and lets some through to be refused.
func isShut(port int) bool { return port%4 != 0 }

// knocks tries one port a number of times during the day.
func (p *part) knocks(source string, times int) {
	port := knockedAt[int(float64(len(knockedAt))*p.Float64()*p.Float64())]
	for range times {
		p.knockAt(source, port)
	}
}

func (p *part) knockAt(source string, port int) {
	c := conversation{at: p.Uniform(0, whole), src: source, dst: p.address(), port: port}
	switch port {
	case 22, 25, 80, 443: // open: the knock is answered, and that was all
		c.lasts = p.Uniform(0.05, 0.4)
		p.tcp(c, "RSTO")
	default:
		p.knock(c, isShut(port))
	}
}

// survey tries many ports in the course of the day, as those do who map the
// whole Internet.
func (p *part) survey(source string) {
	for range p.count(15, 90) {
		port := one(p, knockedAt)
		if p.chance(0.7) {
			port = 1 + p.Intn(10000)
		}
		p.knockAt(source, port)
	}
}

// crawler fetches pages, for a search engine or to look for holes.
func (p *part) crawler(source string) {
	at := p.Uniform(0, whole)
	for range p.count(2, 25) {
		at += p.Exponential(30)
		p.visit(conversation{at, source, p.servers[0], one(p, []int{80, 443}), p.about(0.5, 0.8), p.about(350, 0.5), p.about(1800, 1)})
	}
}

// guesses tries a few passwords of SSH, spread over the day.
func (p *part) guesses(source string) {
	for range p.count(3, 25) {
		p.tcp(conversation{p.Uniform(0, whole), source, p.address(), 22, p.about(2, 0.4), p.about(1300, 0.1), p.about(1900, 0.1)}, one(p, []string{"SF", "RSTO", "RSTR"}))
	}
}

// datagrams asks for services that answer with more than was asked.
func (p *part) datagrams(source string) {
	port := one(p, []int{53, 123, 161, 389, 1900, 5060, 11211})
	for range p.count(1, 8) {
		p.udp(conversation{at: p.Uniform(0, whole), src: source, dst: p.address(), port: port, sent: p.Uniform(12, 400)})
	}
}
