package window_test

import (
	"fmt"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// Windows of ten seconds, side by side, that wait five seconds. The flow that
// ended at 8 comes when one has been seen that ended at 17: too late.
func Example() {
	op, err := window.New(window.Options{
		Size:     10 * time.Second,
		Lateness: 5 * time.Second,
		Late:     func(f flow.Flow, missing int) { fmt.Println("late: ended at", f.End()) },
	})
	if err != nil {
		panic(err)
	}
	show := func(rows []window.Row) {
		for _, r := range rows {
			fmt.Printf("window from %v: %s, %d flows, %v bytes\n", r.Start, r.Key, r.Flows, r.BytesSent)
		}
	}
	for _, end := range []float64{1, 12, 9, 17, 8} {
		f := flow.Unknown()
		f.TS, f.Duration = end-1, 1
		f.SrcIP, f.BytesSent = "10.0.0.7", 100
		show(op.Add(f))
	}
	show(op.Close())
	// Output:
	// window from 0: 10.0.0.7, 2 flows, 200 bytes
	// late: ended at 8
	// window from 10: 10.0.0.7, 2 flows, 200 bytes
}
