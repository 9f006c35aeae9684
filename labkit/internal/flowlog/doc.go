// Package flowlog reads the records of network flows that monitors and
// exporters write, each in its own format, into columns of one schema.
//
// It exists so that labkit has one place that knows formats, and so that this
// place knows nothing of data frames: [Read] returns plain slices. Text is
// parsed in blocks, on all cores; which fault is reported, and all that is
// returned, does not depend on how many there are.
package flowlog
