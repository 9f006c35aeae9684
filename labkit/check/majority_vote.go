package check

import (
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var majorityVote = &exam.Exercise{
	ID:       "majority-vote",
	Notebook: "07_compare_models",
	Section:  "Combining detectors",
	Title:    "Vote of the majority",
	Hints: []string{
		"Count the votes that are true. With how many of 3 is it a majority, with how many of 4, and of 5?",
		"More than half of n means that twice the count is more than n. That needs no fraction, and it is right for no votes at all.",
		"for _, vote := range votes { if vote { yes++ } }, and then return 2*yes > len(votes)",
	},
	Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) > len(votes) },
	Params: []string{"votes"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]bool{true, true, false}}, {[]bool{false, true, false}}, {[]bool{true}},
			{[]bool{true, false, true, false}}, {[]bool{false, false, true, true, true}},
			{[]bool{true, true, false, false, false}}, {[]bool{false, false, false}}, {[]bool{}},
			{[]bool{true, false, false, true, true}}, {[]bool{true, true, true, false, true}},
			{[]bool{true, true, true}}, {[]bool{false, true, true}},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) >= len(votes) },
			Says: "Half is not more than half: two votes of four are no majority, and none of none is not one either."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 2*labkit.CountTrue(votes) >= len(votes) },
			Says: "Half is not more than half: two votes of four are a tie, and a tie flags nothing."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) >= len(votes)/2 },
			Says: "Dividing two ints cuts off the digits after the point: 3/2 is 1, so that one vote of three is enough here."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) > 0 },
			Says: "One vote is enough here. That is the union: it finds most, and has the false alarms of all members together."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == len(votes) },
			Says: "All votes are needed here, so that a single member can veto. That is the intersection, and no majority. (Of two ints yes/len(votes) is 1 then alone.)"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && labkit.CountTrue(votes) == len(votes) },
			Says: "All votes are needed here, so that a single member can prevent an alert. That is the intersection, and no majority. (Of two ints yes/len(votes) is 1 then alone.)"},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) >= 2 },
			Says: "Two votes are a majority of three members, not of four or five: compare with the number of votes."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[0] },
			Says: "The first vote decides. Count all of them: does a return stand inside the loop?"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[len(votes)-1] },
			Says: "The last vote decides. Count all of them."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == 2 },
			Says: "Exactly two votes are wanted here. A majority is more than half, however many there are."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) > len(votes)/2+1 },
			Says: "One vote too many is wanted: more than half of five is three, and here it takes four."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 2*labkit.CountTrue(votes) == len(votes) },
			Says: "This is true for a tie. More than half is wanted: >."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes)%2 == 1 },
			Says: "This asks whether the number of votes that are true is odd. Is it more than half?"},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[:min(3, len(votes))]) > min(3, len(votes)) },
			Says: "Only the first three votes count. There may be any number of members: count all of them."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) < len(votes) },
			Says: "This is true if most votes are false. Are those counted, or does < stand in the place of >?"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 },
			Says: "Every vote is counted, whether it is true or false. An if decides: if vote { yes++ }."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[:max(len(votes)-1, 0)]) > len(votes) },
			Says: "The last vote is left out. A loop over all goes on while i < len(votes)."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[min(1, len(votes)):]) > len(votes) },
			Says: "The first vote is left out. Elements are numbered from 0: does the loop begin at 1?"},
		{Answer: func(votes []bool) bool { return 2*min(1, labkit.CountTrue(votes)) > len(votes) },
			Says: "One vote counts at most, however many are true. Does a return stand inside the loop? Or n = 1 in the place of n++?"},
		{Answer: func(votes []bool) bool {
			return slices.ContainsFunc(prefixes(votes), func(p []bool) bool { return 2*labkit.CountTrue(p) > len(p) })
		}, Says: "The decision is made within the loop, by the votes seen so far. Count all of them first, and compare behind the loop."},
		{Answer: func(votes []bool) bool { return len(votes) == 0 || 2*labkit.CountTrue(votes) > len(votes) },
			Says: "Without any votes the result is true. None of none is not more than half: false."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == len(votes)/2+1 },
			Says: "The smallest majority is asked for, exactly. More votes than that are one, too: >= in the place of ==."},
		{Answer: func(votes []bool) bool {
			return slices.ContainsFunc(prefixes(votes), func(p []bool) bool { n := len(p); return n > 1 && p[n-1] && p[n-2] })
		}, Says: "This asks for two votes side by side that are true. Where they stand does not matter: count them."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[len(votes)/2] },
			Says: "The vote in the middle of the list decides. It is the majority's in a sorted list alone: count them."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 3*labkit.CountTrue(votes) >= 2*len(votes) },
			Says: "Two thirds are wanted here. A majority is more than half: three of five."},
		{Answer: func(votes []bool) bool { return 2*slices.Index(append(slices.Clone(votes), false), false) > len(votes) },
			Says: "The count ends at the first vote that is false. Go on to the last: leave the break out."},
	},
}

// prefixes returns the votes up to the first, up to the second, and so on.
func prefixes(votes []bool) [][]bool {
	var all [][]bool
	for i := range votes {
		all = append(all, votes[:i+1])
	}
	return all
}

// MajorityVote checks a function that tells whether more than half of the
// votes of detectors on one flow are true, that is for anomaly; false on a tie
// and without votes:
//
//	func(votes []bool) bool
func MajorityVote(function any) { exam.Mark(majorityVote, function) }
