package day

import (
	"math"
	"strconv"
)

// person adds a day at a desk: nothing but the desk's own clockwork at night,
// and on a weekend nobody but one in ten.
func (o *office) person(i int, desk string) {
	habits := o.lasting("habits " + strconv.Itoa(i))
	arrives, leaves := habits.Normal(8.4, 0.6), habits.Normal(17.3, 0.8)
	p := o.part("person " + strconv.Itoa(i))
	from, to := hour*(arrives+p.Normal(0, 0.2)), hour*(leaves+p.Normal(0, 0.3))
	present := !o.isWeekend() || p.chance(0.1)
	if present {
		o.browsing(p, habits, desk, from, to)
		o.officeWork(p, desk, from, to)
		o.call(p, desk, from, to)
		if i%11 == 3 {
			o.deadPrinter(p, desk, from, to)
		}
	}
	if i < 6 { // these are never switched off
		from, to, present = 0, whole, true
	}
	if present {
		o.clockwork(p, habits, desk, max(from, 0), to)
	}
}

// atLunch tells whether somebody is away from the desk.
func (p *part) atLunch(at float64) bool { return at > 12*hour && at < 13*hour && p.chance(0.7) }

// browsing adds visits to web sites: a look-up or two, and some connections at
// once. Some sites are everybody's, some are this person's own.
func (o *office) browsing(p, habits *part, desk string, from, to float64) {
	own := habits.outsiders(60)
	p.sometimes(420*habits.about(1, 0.35), from, to, func(at float64) {
		if p.atLunch(at) {
			return
		}
		for range p.count(1, 2) {
			p.lookup(at-p.Uniform(0.01, 0.3), desk)
		}
		for range p.count(1, 7) {
			site := o.sites[int(499*math.Pow(p.Float64(), 2.5))]
			if p.chance(0.3) {
				site = one(p, own)
			}
			port := 443
			if p.chance(0.06) {
				port = 80
			}
			p.visit(conversation{at + p.Exponential(2), desk, site, port, min(p.about(9, 1.6), 1200), p.about(1800, 1), p.about(12000, 1.7)})
		}
	})
}

// officeWork adds mail every ten minutes, files, and paper.
func (o *office) officeWork(p *part, desk string, from, to float64) {
	p.every(600, 4, from, to, func(at float64) {
		p.visit(conversation{at, desk, o.mail, 993, p.about(1.5, 0.5), p.about(900, 0.3), p.about(4000, 1.2)})
	})
	p.sometimes(40*minute, from, to, func(at float64) {
		p.visit(conversation{at, desk, o.files, 445, p.about(60, 1.2), p.about(60000, 1.8), p.about(400000, 1.8)})
	})
	p.sometimes(3*hour, from, to, func(at float64) {
		p.visit(conversation{at, desk, one(p, o.printers), 9100, p.about(6, 0.7), p.about(700000, 1), 400})
	})
}

// call adds a conference by video to two people in three.
func (o *office) call(p *part, desk string, from, to float64) {
	if at := p.Uniform(from, to); p.chance(0.66) && at < whole-hour {
		lasts := p.Uniform(10, 50) * minute
		p.udp(conversation{at, desk, o.sites[p.count(0, 9)], 3478, lasts, lasts * p.Uniform(8e4, 2e5), lasts * p.Uniform(1e5, 3e5)})
	}
}

// deadPrinter has a desk try a printer that is gone, every ten minutes.
func (o *office) deadPrinter(p *part, desk string, from, to float64) {
	p.every(600, 1, from, to, func(at float64) {
		p.unanswered(conversation{at: at, src: desk, dst: o.prefix + "254", port: 9100, lasts: 7})
	})
}

// clockwork adds what a desk does while it is on: time, updates, the virus
// scanner's report, a lease of its address, and calls to all.
func (o *office) clockwork(p, habits *part, desk string, from, to float64) {
	p.every(1024, 0.1, from+p.Uniform(0, 64), to, func(at float64) {
		p.udp(conversation{at, desk, o.resolver, 123, p.Uniform(0.0005, 0.01), 48, 48})
	})
	p.every(hour, 20, from+p.Uniform(0, 600), to, func(at float64) {
		p.visit(conversation{at, desk, o.sites[498], 443, p.about(1, 0.5), 700, p.about(5000, 1.5)})
	})
	p.every(300, 2, from+p.Uniform(0, 300), to, func(at float64) {
		p.visit(conversation{at, desk, o.sites[497], 443, p.Uniform(0.3, 0.6), p.about(1100, 0.1), 640})
	})
	p.every(4*hour, 30, from, to, func(at float64) {
		p.udp(conversation{at, desk, o.resolver, 67, p.Uniform(0.001, 0.02), 300, 300})
	})
	p.every(20*minute, 5, from+habits.Uniform(0, 600), to, func(at float64) {
		p.udp(conversation{at: at, src: desk, dst: "239.255.255.250", port: 1900, lasts: 3, sent: 700})
		p.udp(conversation{at: at + p.Uniform(1, 60), src: desk, dst: o.prefix + "255", port: 137, lasts: 1.5, sent: 150})
	})
}
