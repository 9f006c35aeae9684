package check

import (
	"flowlab/labkit/internal/exam"
)

var floodTechnique = &exam.Exercise{
	ID:       "flood-technique",
	Notebook: "12_real_traffic",
	Section:  "A triage table",
	Title:    "The technique behind the flood",
	Hints: []string{
		"Ask what the requests want. Do they look for something, carry something away, take orders, or use something up?",
		"Each request has to be worked on and answered. Who else wants an answer from that service in these five seconds?",
	},
	Answer: func() string { return "B" },
	Cases:  exam.NoInput,
	Judge: exam.Options("B", map[string]string{
		"A": "Discovery asks many hosts or ports what they offer, and most attempts fail. Here it is one port, 67, and every single request is answered.",
		"C": "Command and control would be few partners again and again, over a long time. Here are 250 exchanges of one packet each way, no two between the same addresses, and then it is over.",
		"D": "Exfiltration carries data out. A request of 247 bytes, the same from all, carries nothing out that the answer of 300 bytes does not outweigh.",
	}),
}

// FloodTechnique checks a function that returns the letter of an option, A to
// D: which ATT&CK technique the DHCP flood is evidence of:
//
//	func() string
func FloodTechnique(function any) { exam.Mark(floodTechnique, function) }
