package day

import (
	"strconv"
)

// An office is a network of 30 hosts.
type office struct {
	*network
	desks, printers, cameras []string
	files, mail, backup      string // servers, beside the resolver
	sites                    []string
}

// Office generates a day of 30 hosts: 22 people's desks, servers for names (and
// time), files, mail and backups, two printers and two cameras.
func Office(d Day) (Traffic, error) {
	n, err := newNetwork(d)
	if err != nil {
		return Traffic{}, err
	}
	o := newOffice(n)
	for i, desk := range o.desks {
		o.person(i, desk)
	}
	o.machines()
	return n.traffic(), nil
}

// newOffice gives the hosts their addresses.
func newOffice(n *network) *office {
	p := n.lasting("addresses")
	n.prefix = "10." + strconv.Itoa(p.Intn(256)) + "." + strconv.Itoa(p.Intn(256)) + "."
	for _, last := range p.Permutation(249)[:30] {
		n.inside = append(n.inside, n.prefix+strconv.Itoa(2+last))
	}
	o := &office{network: n, desks: n.inside[:22], printers: n.inside[26:28], cameras: n.inside[28:]}
	n.servers = n.inside[22:26]
	n.resolver, o.files, o.mail, o.backup = n.servers[0], n.servers[1], n.servers[2], n.servers[3]
	n.attackers = shuffled(p, append(o.cameras[:1:1], o.desks...))
	o.sites = p.outsiders(500)
	return o
}

// machines adds what runs by itself, day and night.
func (o *office) machines() {
	o.clocks()
	o.keepAlives()
	o.backups()
	o.monitoring()
}

// clocks has the machines ask for the time every 1,024 seconds, as NTP does once
// a clock is steady: the name server asks outside, the others ask it.
func (o *office) clocks() {
	p := o.part("clocks")
	for _, host := range o.inside[22:] {
		server := o.resolver
		if host == o.resolver {
			server = o.sites[499]
		}
		p.every(1024, 0.1, p.Uniform(0, 1024), whole, func(at float64) {
			p.udp(conversation{at, host, server, 123, p.Uniform(0.0005, 0.03), 48, 48})
		})
	}
}

// keepAlives has the cameras tell their maker every 300 seconds that they are
// there (MQTT over TLS), and upload a clip when something moves.
func (o *office) keepAlives() {
	maker := o.lasting("cameras' maker").outside()
	for i, camera := range o.cameras {
		p := o.part("camera " + strconv.Itoa(i))
		p.every(300, 0.3, p.Uniform(0, 300), whole, func(at float64) {
			p.tcp(conversation{at, camera, maker, 8883, p.Uniform(0.2, 0.4), 412, 388}, "SF")
		})
		p.sometimes(2*hour, 7*hour, 20*hour, func(at float64) {
			p.visit(conversation{at, camera, maker, 443, p.about(20, 0.5), p.about(6e6, 0.6), 9000})
		})
	}
}

// backups has the backup server fetch from the other servers and from the desks
// that stay on, from one o'clock, and then send what is new to a place outside.
func (o *office) backups() {
	p := o.part("backups")
	at := hour + p.Uniform(0, 10*minute)
	for i, host := range append(o.servers[:3:3], o.desks[:6]...) {
		size := p.about(3e8, 0.5)
		if i < 3 {
			size = p.about(4e9, 0.3)
		}
		lasts := size / p.Uniform(4e7, 9e7)
		p.tcp(conversation{at, o.backup, host, 22, lasts, size / 400, size}, "SF")
		at += lasts + p.Uniform(1, 30)
	}
	offsite := o.lasting("off-site backup").outside()
	for range 4 {
		size := p.about(8e8, 0.4)
		p.tcp(conversation{at, o.backup, offsite, 443, size / 1e7, size, size / 900}, "SF")
		at += size/1e7 + p.Uniform(0.1, 2)
	}
}

// monitoring has the name server ask every ten minutes whether servers and
// printers are there.
func (o *office) monitoring() {
	p := o.part("monitoring")
	for _, host := range append(o.servers[1:4:4], o.printers...) {
		p.every(600, 0.5, p.Uniform(0, 600), whole, func(at float64) { p.ping(at, o.resolver, host) })
	}
}
