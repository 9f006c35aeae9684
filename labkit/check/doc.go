// Package check marks the exercises of the course. A learner writes a function
// in a cell and hands it over in the last line:
//
//	%%
//	check.BytesRatio(bytesRatio)
//
// Below the cell appears one of five states: not attempted, wrong signature,
// crashed, wrong on some cases, passed; with the input that failed, what came
// out and what was wanted, and the mistake if one predicts every case, or else the
// one change to the function that makes every case right, if there is one. There
// are no hidden cases: what passes is right. The kernel keeps a function that was
// renamed in its cell, or deleted there; a check that was handed one which is not in
// the cell says so.
//
// A function that does not end is given up after [Limit], a panic is caught,
// arguments are made anew for each call, and floating-point results may differ
// by a millionth. Whatever the answer, the cell succeeds, because a cell that
// fails loses its declarations; only if the environment variable FLOWLAB_STRICT
// is set does an exercise that is not passed end the cell with status 1.
//
// What was reached is kept in the file progress.json beside the notebook, or in
// the file that FLOWLAB_PROGRESS names: see [Progress] and [Reset].
package check
