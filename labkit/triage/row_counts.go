package triage

// rowCounts says how many rows each host has in a list, those below its floor
// too.
type rowCounts struct {
	of    []int // by the number of the host
	hosts int   // that have rows
	all   int   // rows
}

// add counts a row of a host.
func (r *rowCounts) add(host int32) {
	if n := int(host) + 1; n > len(r.of) {
		r.of = append(r.of, make([]int, n-len(r.of))...)
	}
	if r.of[host]++; r.of[host] == 1 {
		r.hosts++
	}
	r.all++
}

// count returns how many rows a host has.
func (r *rowCounts) count(host int32) int {
	if int(host) >= len(r.of) {
		return 0
	}
	return r.of[host]
}

// remove forgets the rows of a host.
func (r *rowCounts) remove(host int) {
	if r.of[host] > 0 {
		r.hosts--
	}
	r.all -= r.of[host]
	r.of[host] = 0
}
