package day

// dataStaging gathers files of many hosts at one that has no use for them, in
// the evening, before they are taken out (T1074).
func (p *part) dataStaging(attacker string) {
	at := p.Uniform(18*hour, 21*hour)
	for _, host := range p.others(attacker)[:3] {
		for range p.count(6, 14) {
			size := p.about(1.2e8, 0.8)
			p.tcp(conversation{at, attacker, host, 445, size / 4e7, size / 300, size}, "SF")
			at += size/4e7 + p.Uniform(1, 60)
		}
	}
}

// exfiltration sends gigabytes to a server outside, at three in the morning
// (T1048).
func (p *part) exfiltration(attacker string) {
	server := p.outside()
	at := 3*hour + p.Uniform(0, 30*minute)
	for range p.count(4, 9) {
		size := p.about(5e8, 0.6)
		p.tcp(conversation{at, attacker, server, 443, size / 6e6, size, size / 1200}, "SF")
		at += size/6e6 + p.Uniform(1, 90)
	}
}
