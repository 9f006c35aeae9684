package window

import "flowlab/labkit/flow"

// An Aggregate says how a [Column] follows from the flows of a host in a window,
// so that other engines, as SQL, count the same: [Columns] is the one list.
type Aggregate struct {
	Function Function
	Of       flow.Field // what is summed up or told apart; of Sum, Distinct and RareShare alone
	Only     Subset
}

// A Function is what an [Aggregate] does with flows.
type Function int

const (
	Count            Function = iota // how many there are
	Sum                              // of amounts; one that is not known counts as 0
	Distinct                         // different values; one that is not known is none
	MostAtOneDoor                    // the most at one port of one destination, both known
	RareShare                        // of the different values, those of at most [Few] other hosts
	MedianOfGaps                     // between event times
	RegularityOfGaps                 // see [Regularity]
)

// A Subset says which flows an [Aggregate] is of.
type Subset int

const (
	All        Subset = iota
	OnlyFailed        // see [flow.Flow.Failed]
	OnlyBroken        // see [flow.Flow.Broken]
)
