// Package repair finds the one change that makes a wrong function right, and with
// it the place of a mistake that no list of known mistakes foresees.
//
// The changes are those of mutation testing (DeMillo, Lipton and Sayward, "Hints on
// Test Data Selection", Computer 11(4), 1978): another operator, another number or
// variable, a statement less. All changed functions are compiled into one program,
// which tries them one after the other. That feedback on a beginner's program may
// be searched for in this way is the idea of Singh, Gulwani and Solar-Lezama
// ("Automated Feedback Generation for Introductory Programming Assignments",
// PLDI 2013).
package repair
