package randomstate

// An Xorshift is the small generator with which scikit-learn's trees draw
// their splits: one word of state, seeded once per tree from a RandomState.
//
// Source: G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8(14),
// 2003, the triple (13, 17, 5).
type Xorshift struct{ state uint32 }

// xorshiftRange is one more than the largest value of an Xorshift.
const xorshiftRange = 1 << 31

// NewXorshift returns a generator with the given state; 0, from which it
// would never move, counts as 1.
func NewXorshift(state uint32) *Xorshift {
	return &Xorshift{max(state, 1)}
}

func (x *Xorshift) next() uint32 {
	s := x.state
	s ^= s << 13
	s ^= s >> 17
	s ^= s << 5
	x.state = s
	return s % xorshiftRange
}

// Between returns an integer in [low, high).
func (x *Xorshift) Between(low, high int) int {
	return low + int(x.next()%uint32(high-low))
}

// Uniform returns a number in [low, high].
func (x *Xorshift) Uniform(low, high float64) float64 {
	return (high-low)*float64(x.next())/(xorshiftRange-1) + low
}
