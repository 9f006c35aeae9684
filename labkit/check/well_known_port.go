package check

import (
	"fmt"
	"slices"

	"flowlab/labkit/internal/exam"
)

var wellKnownPort = &exam.Exercise{
	ID:       "well-known-port",
	Notebook: "02_feature_engineering",
	Section:  "Step 5: ports",
	Title:    "Well-known port",
	Hints: []string{
		"The range has two ends, 0 and 1023, and both belong to it. Which comparison takes 1023 in and leaves 1024 out?",
		"A comparison is a value of type bool, so it can be returned as it is. It needs no if, and no list of ports.",
		"return port < 1024",
	},
	Answer: func(port int) bool { return port < 1024 },
	Params: []string{"port"},
	Cases: func() []exam.Input {
		return []exam.Input{{443}, {8080}, {1023}, {1024}, {0}, {631}, {65535}, {22}, {80}, {1010}, {1030}, {20000}, {4444}}
	},
	Questions: &exam.Questions{Cases: somePorts, Says: wrongPorts},
	Mistakes: []exam.Mistake{
		{Answer: func(port int) bool { return port <= 1024 },
			Says: "1024 is the first port that is not well known: the range ends with 1023."},
		{Answer: func(port int) bool { return port < 1023 },
			Says: "1023 is the last of the well-known ports, and is left out here."},
		{Answer: func(port int) bool { return 0 < port && port < 1024 },
			Says: "Port 0 is left out. Nothing listens on it, but RFC 6335 counts it among the system ports, from 0 to 1023."},
		{Answer: func(port int) bool { return 0 < port && port <= 1024 },
			Says: "The range is shifted by one: it begins with 0 and ends with 1023."},
		{Answer: func(port int) bool { return slices.Contains([]int{443, 80, 22, 53}, port) },
			Says: "This is a list of the ports that you know well. The term is defined by a range, whatever listens there: 631, where printers do, is in it."},
		{Answer: func(port int) bool { return port < 49152 },
			Says: "The ports from 1024 to 49151 are the user ports of RFC 6335: registered, but not well known."},
		{Answer: func(port int) bool { return port > 1023 },
			Says: "Every answer is the wrong way round: the well-known ports are the low ones."},
		{Answer: func(port int) bool { return slices.Contains([]int{443, 80, 22, 53, 8080}, port) },
			Says: "This is a list of ports that you have met. The term is defined by a range, whatever listens there: 631 is in it, and 8080 is not."},
		{Answer: func(port int) bool { return port == 443 },
			Says: "Only 443, the example, is well known here. The term is defined by a range: all ports from 0 to 1023."},
		{Answer: func(port int) bool { return port != 8080 },
			Says: "Only 8080, the example, is not well known here. The term is defined by a range: all ports from 0 to 1023."},
		{Answer: func(port int) bool { return !slices.Contains([]int{4444, 8888, 31337, 6667, 1337}, port) },
			Says: "Every port that is not suspicious counts. Well known is something else: the range from 0 to 1023."},
		{Answer: func(port int) bool { return port == 0 },
			Says: "Only port 0 is well known here. Does a loop return in its first round? A comparison needs none."},
		{Answer: func(port int) bool { return port&1023 != 0 },
			Says: "& keeps the ten lowest bits of the port, whatever the others are: 8080 passes, and 0 does not. Compare: is the port below 1024?"},
		{Answer: func(port int) bool { return port != 0 },
			Says: "Every port but 0 is well known here. The range begins with 0, and ends with 1023."},
	},
}

// somePorts are all ports around the system ports, and the ends of the other
// ranges.
func somePorts() []exam.Input {
	var ports []exam.Input
	for port := range 1100 {
		ports = append(ports, exam.Input{port})
	}
	for _, port := range []int{8080, 10000, 49151, 49152, 65535} {
		ports = append(ports, exam.Input{port})
	}
	return ports
}

// wrongPorts says for which of [somePorts] an answer is wrong: for the first run
// of them.
func wrongPorts(got [][]any) string {
	ports := somePorts()
	at := func(i int) int { return ports[i][0].(int) }
	wrong := func(i int) bool { return got[i][0].(bool) != (at(i) < 1024) }
	for first := range got {
		if !wrong(first) {
			continue
		}
		last := first
		for last+1 < len(got) && wrong(last+1) && got[last+1][0] == got[first][0] {
			last++
		}
		which := fmt.Sprintf("port %d", at(first))
		if last > first {
			which = fmt.Sprintf("ports from %d to %d", at(first), at(last))
		}
		return fmt.Sprintf("It says %v for %s. The system ports are those from 0 to 1023, all of them and no others.", got[first][0], which)
	}
	return ""
}

// WellKnownPort checks a function that tells whether a port, from 0 to 65535,
// is one of the system ports of RFC 6335, which are also called well known: 0
// to 1023:
//
//	func(port int) bool
func WellKnownPort(function any) { exam.Mark(wellKnownPort, function) }
