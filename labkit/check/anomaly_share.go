package check

import (
	"slices"

	"flowlab/labkit/internal/exam"
)

var anomalyShare = &exam.Exercise{
	ID:       "anomaly-share",
	Notebook: "01_generate_flows",
	Section:  "Filter: some of the rows",
	Title:    "Share of anomalies",
	Hints: []string{
		"Two steps: count the labels that are 1, in a loop, and divide the count by the number of labels when the loop is over.",
		"for _, label := range labels walks over the labels; len(labels) is how many there are. Both numbers are ints: what does 1/4 give in Go?",
		"return float64(anomalies) / float64(len(labels))",
	},
	Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)) },
	Params: []string{"labels"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]int{1, 0, 0, 0}}, {[]int{0, 1, 0, 0, 1}}, {[]int{0, 0, 0, 1, 0, 0, 1, 1}},
			{[]int{1, 1, 1}}, {[]int{0, 0}}, {[]int{1}},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(labels []int) float64 { return shareOf(0, labels, len(labels)) },
			Says: "This is the share of normal flows. An anomaly has the label 1."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) },
			Says: "This is how many anomalies there are. Their share is that number divided by the number of labels."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1000) },
			Says: "This divides by 1,000, the number of flows in the notebook. The function may be given any number of labels: divide by len(labels)."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) / shareOf(0, labels, 1) },
			Says: "This divides the anomalies by the normal flows. A share divides by all flows together."},
		{Answer: func(labels []int) float64 {
			n := 0
			for label := range labels {
				n += label
			}
			return float64(n) / float64(len(labels))
		}, Says: "This sums the numbers of the elements. With one variable, range hands out the index: write for _, label := range labels."},
		{Answer: func(labels []int) float64 {
			n := 0
			for label := range labels {
				if label == 1 {
					n++
				}
			}
			return float64(n) / float64(len(labels))
		}, Says: "This compares the number of the element with 1, not the label. With one variable, range hands out the index: write for _, label := range labels."},
		{Answer: func(labels []int) float64 { return float64(labels[0]) / float64(len(labels)) },
			Says: "The return stands inside the loop, so the function ends at the first label. Put it after the brace that closes the loop."},
		{Answer: func(labels []int) float64 { return min(shareOf(1, labels, 1), 1) / float64(len(labels)) },
			Says: "This stops counting at the first anomaly. Does a return, or a break, stand inside the loop? Or n = 1 in the place of n++?"},
		{Answer: func(labels []int) float64 { return shareOf(1, labels[1:], len(labels)) },
			Says: "The first label is not counted. Elements are numbered from 0: does the loop begin at 1?"},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)-1) },
			Says: "This divides by one less than there are labels. len(labels) is their number."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)+1) },
			Says: "This divides by one more than there are labels. len(labels) is their number, and there is at least one."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 100) },
			Says: "This divides by 100. Divide by the number of labels, len(labels)."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) * float64(len(labels)) },
			Says: "This multiplies by the number of labels. A share divides by it."},
		{Answer: func(labels []int) float64 { return float64(len(labels)) },
			Says: "This is how many labels there are. The number of anomalies belongs above the fraction bar."},
		{Answer: func(labels []int) float64 { return float64(labels[len(labels)-1]) / float64(len(labels)) },
			Says: "Only the last label counts. Add up in the loop: n += label, and not n = label."},
		{Answer: func(labels []int) float64 {
			last := 0
			for i, label := range labels {
				if label == 1 {
					last = i
				}
			}
			return float64(last) / float64(len(labels))
		}, Says: "This takes the number of the last anomaly's element. Count the anomalies: n++ for each."},
		{Answer: func(labels []int) float64 {
			share := 0.0
			for _, label := range labels {
				share = (share + float64(label)) / float64(len(labels))
			}
			return share
		}, Says: "The division stands inside the loop, so that it is done once for each label. Divide when the loop is over."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels[:len(labels)-1], len(labels)) },
			Says: "The last label is not counted. A loop over all goes on while i < len(labels)."},
		{Answer: func(labels []int) float64 { return float64(labels[0]) },
			Says: "This is the first label alone. Count all of them, and divide by their number behind the loop."},
		{Answer: func(labels []int) float64 { return float64(slices.Max(labels)) },
			Says: "This says whether there is an anomaly. How many of the labels are 1?"},
		{Answer: func(labels []int) float64 { return shareOf(1, append([]int{1}, labels...), len(labels)) },
			Says: "One anomaly too many is counted, whatever the labels are: the count begins with 1. Begin with 0."},
		{Answer: func(labels []int) float64 {
			return shareOf(1, labels[:slices.Index(append(labels, 0), 0)], len(labels))
		}, Says: "The count ends at the first normal flow. Does a break, or a return, stand inside the loop? Go on to the last label."},
		{Answer: func(labels []int) float64 {
			if first := slices.Index(labels, 1); first >= 0 {
				return 1 / float64(first+1)
			}
			return 0
		}, Says: "The function ends at the first anomaly, and divides by the labels seen so far. Count to the end of the loop, and divide behind it."},
		{Answer: func(labels []int) float64 {
			share, n := 0.0, 0
			for i, label := range labels {
				if n += label; label == 0 {
					share = float64(n) / float64(i+1)
				}
			}
			return share
		}, Says: "The share is computed within the loop, at normal flows alone, so that anomalies behind the last of them are missing. Divide when the loop is over."},
		{Answer: func(labels []int) float64 {
			if !slices.Contains(labels, 0) {
				return 0
			}
			return shareOf(1, labels, len(labels))
		}, Says: "Where no flow is normal the share is 0 here, and all labels are 1. There is at least one label, so that the division needs no guard."},
	},
}

// shareOf returns how many of the labels are the one given, divided by a total.
func shareOf(label int, labels []int, total int) float64 {
	n := 0
	for _, l := range labels {
		if l == label {
			n++
		}
	}
	return float64(n) / float64(total)
}

// AnomalyShare checks a function that returns which share of the labels, each 1
// for an anomaly or 0 for a normal flow, is 1, in [0, 1]. There is at least one
// label:
//
//	func(labels []int) float64
func AnomalyShare(function any) { exam.Mark(anomalyShare, function) }
