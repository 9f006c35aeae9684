package bench

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	lab "flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// The windows of the task: a minute every ten seconds, for each source.
var windowOptions = window.Options{Size: time.Minute, Slide: 10 * time.Second}

// writeStream writes a flow table of some seconds of 400 sources, in the order of
// arrival: up to five seconds after their end.
func writeStream(w *bufio.Writer, rows, seconds int) error {
	fmt.Fprintln(w, "ts,src_ip,dst_ip,dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,state")
	r := rand.New(rand.NewPCG(1, 2))
	states := []string{"SF", "SF", "SF", "SF", "S0", "REJ", "RSTO"}
	for i := range rows {
		end := 1.7e9 + float64(seconds)*float64(i)/float64(rows) - 5*r.Float64()
		duration := min(r.ExpFloat64(), 60)
		port := []int{80, 443, 443, 53, 22, 8080}[r.IntN(6)]
		if r.IntN(20) == 0 {
			port = r.IntN(1 << 16)
		}
		fmt.Fprintf(w, "%.6f,10.0.%d.%d,93.184.%d.%d,%d,%.6f,%d,%d,%d,%d,%s\n",
			end-duration, r.IntN(2), r.IntN(200), r.IntN(8), r.IntN(250), port, duration,
			r.IntN(5000), r.IntN(50000), 1+r.IntN(50), r.IntN(50), states[r.IntN(len(states))])
	}
	return nil
}

// windows times the operator on flows in memory, with all that it counts. The
// sums are of what the peers count, too.
func (g *goSide) windows(r request) (reply, error) {
	if g.flows == nil {
		frame, err := lab.ReadFlows(r.Path)
		if err != nil {
			return reply{}, err
		}
		if g.flows, err = lab.Flows(frame); err != nil {
			return reply{}, err
		}
	}
	op, err := window.New(windowOptions)
	if err != nil {
		return reply{}, err
	}
	runtime.GC()

	begin := time.Now()
	rows := appendRows(nil, op, g.flows)
	took := time.Since(begin)

	sums := make([]float64, 5)
	var values []float64
	for i := range rows {
		row := &rows[i]
		for j, v := range []float64{float64(row.Flows), row.BytesSent, row.BytesRecv, float64(row.Ports), float64(row.Peers)} {
			sums[j] += v
		}
		for _, c := range window.Columns(windowOptions.Key) {
			values = append(values, c.Value(row))
		}
	}
	return reply{Seconds: took.Seconds(), Rows: len(rows), Sums: sums, Digest: digest(values)}, nil
}

func appendRows(rows []window.Row, op *window.Operator, flows []flow.Flow) []window.Row {
	for _, f := range flows {
		rows = append(rows, op.Add(f)...)
	}
	return append(rows, op.Close()...)
}
