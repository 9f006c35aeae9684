// Package flow says what a network flow is: one record ([Flow]), the columns
// that a table of flows can have ([Field]), many flows in columns ([Table]),
// what became of an input ([Report]) and where in it something is wrong
// ([Fault]).
//
// It is the ground floor: readers, captures, windows and streams hand flows to
// each other in these types. It knows no file format and no data frame.
package flow
