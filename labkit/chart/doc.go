// Package chart draws the pictures and tables of the course below a
// notebook's cell. It is the only package that knows gonum/plot.
//
// A function draws one kind of picture from plain data and returns a [Figure]
// and an error; [Show] takes both, so that a cell is a single line:
//
//	chart.Show(chart.Scores(scores, labels, threshold, "Isolation Forest"))
//
// Some have an interactive twin, which [Explore] shows: the pointer reads flows,
// a rectangle selects them, a slider moves the threshold. [Table] shows a frame.
//
// Every picture has a sentence that says what it shows, for those who do not
// see it and for terminals: with it, no picture is needed to follow the
// course. No finding rests on colour alone: line styles, words and positions
// say the same.
package chart
