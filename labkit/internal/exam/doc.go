// Package exam marks a learner's function: it calls the function with the cases
// of an exercise, compares what comes out to what a right answer gives, guesses
// at the mistake, keeps what was reached and shows a report below the cell.
//
// Package check holds the exercises themselves.
package exam
