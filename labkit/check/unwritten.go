package check

import (
	"slices"

	"flowlab/labkit/internal/exam"
)

var unwritten = &exam.Exercise{
	ID:       "unwritten",
	Notebook: "11_realtime_detection",
	Section:  "Killed",
	Title:    "What is not written yet",
	Hints: []string{
		"The worker finds the same again, in the same order. How many of them are stored already?",
		"The checkpoint had counted `before`, and `stored` are in the store: the first stored - before of those that are found again are there.",
		"return again[stored-before:]",
	},
	Answer: behind,
	Params: []string{"before", "stored", "again"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{3, 5, []string{"scan", "flood", "beacon", "theft"}},
			{3, 3, []string{"scan", "flood"}},
			{0, 2, []string{"scan", "flood", "beacon"}},
			{7, 9, []string{"scan", "flood"}},
			{0, 0, []string{"scan"}},
			{2, 3, []string{"scan", "scan", "flood", "scan", "flood"}}, // equal findings are several
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(_, _ int, again []string) []string { return again },
			Says: "This writes all of them: those that were stored before the kill come twice."},
		{Answer: func(_, stored int, again []string) []string { return again[min(stored, len(again)):] },
			Says: "stored counts from the very first finding, again from the checkpoint on: the findings before it are not among them."},
		{Answer: func(_, _ int, _ []string) []string { return nil },
			Says: "This writes nothing: what was found and not yet stored when the kill came is lost."},
		{Answer: func(before, stored int, again []string) []string { return again[:min(stored-before, len(again))] },
			Says: "These are the ones that are stored already. Return the others."},
		{Answer: func(before, stored int, again []string) []string {
			return slices.Sorted(slices.Values(behind(before, stored, again)))
		}, Says: "The findings are the right ones, but sorted. Leave them in the order in which they were found."},
		{Answer: func(before, _ int, again []string) []string { return again[min(before, len(again)):] },
			Says: "before is how many the checkpoint had counted, and none of them is found again. Stored among those that are: stored - before."},
		{Answer: func(before, _ int, again []string) []string { return again[:min(before, len(again))] },
			Says: "before is how many the checkpoint had counted, and none of them is found again. Leave out the first stored - before, and return the others."},
		{Answer: func(before, stored int, again []string) []string { return again[min(stored-before+1, len(again)):] },
			Says: "One too many is left out. Of the findings that come again the first stored - before are stored: the slice begins with that number."},
		{Answer: func(before, stored int, again []string) []string { return again[max(stored-before-1, 0):] },
			Says: "One too few is left out. Of the findings that come again the first stored - before are stored: the slice begins with that number."},
		{Answer: func(before, stored int, again []string) []string {
			return again[len(again)-min(stored-before, len(again)):]
		},
			Says: "This returns the last stored - before of them. That many are stored, from the first on: return the others."},
		{Answer: func(before, stored int, again []string) []string { return again[min(before+stored, len(again)):] },
			Says: "before and stored are added. Of the findings that come again the first stored - before are stored: subtract."},
		{Answer: func(before, stored int, again []string) []string { return again[:max(0, len(again)-(stored-before))] },
			Says: "As many as are stored are left out, but at the end. The stored ones are the first: again[stored-before:]."},
		{Answer: func(before, stored int, again []string) []string {
			if stored > before {
				return nil
			}
			return again
		}, Says: "Where more is stored than the checkpoint had counted, this writes nothing. Only the first stored - before of them are stored: the others would be lost."},
		{Answer: func(before, stored int, again []string) []string {
			if stored == before {
				return nil
			}
			return behind(before, stored, again)
		}, Says: "Where nothing was stored since the checkpoint, this writes nothing. Then nothing of what is found again is stored, and all of it is written."},
		{Answer: func(before, stored int, again []string) []string {
			if stored == before {
				return again
			}
			return again[:min(stored-before, len(again))]
		}, Says: "These are the ones that are stored already: the number stands behind the colon. Before it, again[n:], are the others."},
		{Answer: func(before, stored int, again []string) []string {
			rest := behind(before, stored, again)
			return rest[:min(1, len(rest))]
		}, Says: "Only the first that is not stored is returned. All that follow it are not stored either."},
		{Answer: func(before, stored int, again []string) []string {
			return slices.DeleteFunc(slices.Clone(behind(before, stored, again)), func(finding string) bool {
				return slices.Contains(again[:min(stored-before, len(again))], finding)
			})
		}, Says: "A finding is taken for stored if one of the same name is. Two scans are two findings: go by their number."},
		{Answer: func(before, stored int, again []string) []string {
			var rest []string
			for _, finding := range behind(before, stored, again) {
				if !slices.Contains(rest, finding) {
					rest = append(rest, finding)
				}
			}
			return rest
		}, Says: "Of findings with the same name only the first is returned. Two scans are two findings: return all of them."},
		{Answer: func(before, stored int, again []string) []string {
			if stored-before >= len(again) {
				return again
			}
			return behind(before, stored, again)
		}, Says: "Where all that is found again is stored, all of it is written once more. Nothing is left to be written then."},
		{Answer: func(before, stored int, again []string) []string {
			return again[min(stored-before, max(0, len(again)-1)):]
		}, Says: "The last finding is always written, also where it is stored. Nothing is left to be written then: a slice may begin at its length."},
		{Answer: func(before, stored int, again []string) []string {
			if before == 0 {
				return again
			}
			return behind(before, stored, again)
		}, Says: "Where the checkpoint had counted none, this writes all of them. The first stored - before are stored there, too: 0 needs no case of its own."},
		{Answer: func(before, stored int, again []string) []string {
			from := min(stored-before, len(again))
			return again[from:max(from, min(stored, len(again)))]
		}, Says: "The slice ends at stored, which is a number in the store and none in again. It goes on to the end: leave out what is behind the colon."},
	},
}

// behind returns the findings that are not stored.
func behind(before, stored int, again []string) []string {
	return again[min(stored-before, len(again)):]
}

// Unwritten checks a function that returns which findings a worker writes after a
// kill: of those that it finds again behind its checkpoint, the ones that are not
// stored. The checkpoint had counted before, and stored are in the store:
//
//	func(before, stored int, again []string) []string
func Unwritten(function any) { exam.Mark(unwritten, function) }
