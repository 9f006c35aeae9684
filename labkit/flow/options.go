package flow

// ReadOptions say how a file of flows or packets is read. The zero value has
// the first fault refuse the file, reads the columns of the schema, and keeps
// the default limits.
type ReadOptions struct {
	// Lenient skips what is damaged, counts it in the report by reason, and
	// reads what is before and behind it. A file of which more than half of the
	// first 10,000 records are damaged is refused all the same: it is misread.
	Lenient bool

	// Details adds the columns uid, service and history, where the file has them.
	Details bool

	// Columns says under which names a CSV or JSON file has the fields of the
	// schema, and in which unit: [ParseColumns] reads it from text.
	Columns []Column

	Limits Limits

	// Reject, if it is not nil, is given what is skipped as damaged, in the order
	// of the file: where and why, and its text (of binary records, none).
	Reject func(fault *Fault, text string)
}

// Limits bound what reading takes. A limit of 0 is its default, one below 0 is
// no limit. Where one is reached, a lenient reader keeps what it has and counts
// that as a loss; a strict one refuses the file.
type Limits struct {
	// Flows is the most flows that are read of a file: by default 10 million,
	// which take about 1.5 GB.
	Flows int

	// Unpacked is the most bytes that a packed file may hold: by default 64 GiB.
	Unpacked int64

	// Ratio is how many times larger than the packed bytes the unpacked may be,
	// beyond the first 16 MiB: by default 200. Logs are seldom above 30; what was
	// made to fill a memory reaches 1000.
	Ratio int

	// Live is the most flows of a capture that may be open at once: by default a
	// million, of half a kilobyte each. Beyond it the one that would time out next
	// is ended early and counted.
	Live int
}

// The defaults of [Limits].
const (
	DefaultFlows    = 10_000_000
	DefaultUnpacked = 64 << 30
	DefaultRatio    = 200
	DefaultLive     = 1_000_000
)

// Resolved returns the limits with their defaults in the place of 0, and 0 where
// there is no limit.
func (l Limits) Resolved() Limits {
	return Limits{
		Flows:    resolved(l.Flows, DefaultFlows),
		Unpacked: resolved(l.Unpacked, DefaultUnpacked),
		Ratio:    resolved(l.Ratio, DefaultRatio),
		Live:     resolved(l.Live, DefaultLive),
	}
}

func resolved[T int | int64](v, byDefault T) T {
	switch {
	case v == 0:
		return byDefault
	case v < 0:
		return 0
	}
	return v
}
