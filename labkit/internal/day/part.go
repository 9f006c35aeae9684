package day

import (
	"hash/fnv"
	"math"
	"strconv"

	"flowlab/labkit/internal/randomstate"
)

// A part is what one actor adds to a day.
type part struct {
	*randomstate.RandomState
	*network
	attack string // its kind, "" if it is none
}

// part returns the part of an actor on this day.
func (n *network) part(actor string) *part {
	return n.seeded(actor + " on day " + strconv.Itoa(n.day.Number))
}

// lasting returns the part of an actor that is the same on all days.
func (n *network) lasting(actor string) *part { return n.seeded(actor) }

func (n *network) seeded(name string) *part {
	h := fnv.New32a()
	h.Write([]byte(strconv.FormatUint(uint64(n.day.Seed), 10) + " " + name))
	return &part{RandomState: randomstate.New(h.Sum32()), network: n}
}

// chance is true with a probability.
func (p *part) chance(probability float64) bool { return p.Float64() < probability }

// count returns a whole number from low to high, both included.
func (p *part) count(low, high int) int { return low + p.Intn(high-low+1) }

// about returns a number of a heavy-tailed distribution: log-normal with a
// median, where half of the numbers lie within a factor of e^(2σ/3).
func (p *part) about(median, sigma float64) float64 { return p.LogNormal(math.Log(median), sigma) }

// one returns one of several, each as probable.
func one[T any](p *part, of []T) T { return of[p.Intn(len(of))] }

// shuffled returns the values in a random order.
func shuffled[T any](p *part, values []T) []T {
	mixed := make([]T, len(values))
	for i, k := range p.Permutation(len(values)) {
		mixed[i] = values[k]
	}
	return mixed
}

// every calls do at the beats of a clock between two times; each beat is off by
// a normal jitter, from which the clock itself does not drift.
func (p *part) every(period, jitter, from, to float64, do func(at float64)) {
	for at := from; at < to; at += period {
		if t := at + jitter*p.Normal(0, 1); t >= 0 && t < whole {
			do(t)
		}
	}
}

// sometimes calls do at random times between two times, on average once a gap
// (a Poisson process).
func (p *part) sometimes(gap, from, to float64, do func(at float64)) {
	for at := from + p.Exponential(gap); at < min(to, whole); at += p.Exponential(gap) {
		do(at)
	}
}

// outside returns an address outside, of 131,072.
func (p *part) outside() string {
	a := p.Uint32() >> 15
	return "198." + strconv.Itoa(18+int(a>>16)) + "." + strconv.Itoa(int(a>>8&255)) + "." + strconv.Itoa(int(a&255))
}

// outsiders returns a number of different addresses outside.
func (p *part) outsiders(n int) []string {
	var all []string
	taken := make(map[string]bool, n)
	for len(all) < n {
		if a := p.outside(); !taken[a] {
			taken[a] = true
			all = append(all, a)
		}
	}
	return all
}
