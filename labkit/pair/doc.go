// Package pair says what a source does at one port of a destination over a whole
// input: how often, how regularly and how much. A flow of a beacon looks like any
// other; that there are 316 of them, one every 302 seconds, shows in the pair.
//
// [Of] makes the pairs of flows. Two measures of periodicity stand beside the
// regularity of the gaps ([window.Regularity]): the four scores of RITA
// ([Beacon]), and Fisher's g-test on the periodogram ([Periodicity]). None of
// them tells a beacon from a clock that keeps time or looks for updates: a list
// of pairs needs an allow-list from its first day.
package pair
