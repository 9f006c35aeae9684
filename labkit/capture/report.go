package capture

// A Report counts what was in a capture.
type Report struct {
	Packets int            // in the file
	Decoded int            // that went into a flow
	Skipped map[string]int // those that did not, by the reason
	Flows   int
}

// String tells the report in words.
func (r Report) String() string { return "" }
