// Package flowlog reads the records of network flows that monitors and
// exporters write, each in its own format, into columns of one schema.
//
// A format is a row of the table in formats.go: how it is told, and how it is read.
// Text of lines is read by a rowSource, which cuts it into blocks, and a layout,
// which says what the fields of a line are; JSON by a jsonReader and a dialect;
// datagrams by a netflowReader. All enter what they find into a ledger, flows,
// records that are no flows, and damage, which a lenient reader leaves out.
//
// It exists so that labkit has one place that knows formats, and so that this
// place knows nothing of data frames: [Read] returns plain slices. Text is
// parsed in blocks, on all cores; which fault is reported, and all that is
// returned, does not depend on how many there are.
package flowlog
