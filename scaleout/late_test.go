package scaleout_test

import (
	"fmt"
	"testing"

	"flowlab/labkit/flow"
)

// delayed returns flows of which every tenth comes four minutes late.
func delayed(flows []flow.Flow) []flow.Flow {
	var out, waiting []flow.Flow
	for i, f := range flows {
		if i%10 == 0 {
			waiting = append(waiting, f)
		} else {
			out = append(out, f)
		}
		if len(waiting) > 0 && f.End() > waiting[0].End()+240 {
			out, waiting = append(out, waiting[0]), waiting[1:]
		}
	}
	return append(out, waiting...)
}

func key(r row) string { return fmt.Sprintf("%.0f %s", r.start, r.host) }

// flowsIn sums the flows of rows up.
func flowsIn(rows []row) (n float64) {
	for _, r := range rows {
		n += r.values[0]
	}
	return n
}

// Flink's watermark is made to follow each flow, as ours does: of one partition it
// loses what lab windows loses, and says so in its metrics; the rows are the same.
func TestLateFlowsOfOnePartition(t *testing.T) {
	n := theCluster(t).network(t, 1)
	flows := delayed(traffic(6_000, 3))
	want := n.onOneMachine(t, flows)
	job := n.windows("--idle", "0s")
	n.run("flows-to-kafka", "--close", writeFlows(t, flows))
	n.awaitRows(len(want))
	sameRows(t, n.rows(), want)
	lost := int(flowsIn(n.onOneMachine(t, flows, "--lateness", "2h")) - flowsIn(want))
	dropped := 0
	n.await("Flink's count of late records", func() bool {
		dropped, _ = n.flink.Dropped(job)
		return dropped >= lost
	})
	if lost == 0 || dropped != lost {
		t.Errorf("Flink has dropped %d flows: want the %d that lab windows has lost", dropped, lost)
	}
}

// The watermark of more partitions is the lowest of theirs, and none is ahead of
// the one of all flows: Flink loses nothing that lab windows does not lose.
func TestLateFlowsOfMorePartitions(t *testing.T) {
	n := theCluster(t).network(t, 4)
	flows := delayed(traffic(6_000, 3))
	ours := n.onOneMachine(t, flows)
	all := n.onOneMachine(t, flows, "--lateness", "2h")
	n.windows("--idle", "0s")
	n.run("flows-to-kafka", "--close", writeFlows(t, flows))
	last := all[len(all)-1].start
	inLast := func(rows []row) (count int) {
		for _, r := range rows {
			if r.start == last {
				count++
			}
		}
		return count
	}
	n.await("the last window", func() bool { return inLast(n.rows()) == inLast(all) })
	got := map[string]float64{}
	rows := n.rows()
	for _, r := range rows {
		if _, twice := got[key(r)]; twice {
			t.Errorf("%s is there twice", key(r))
		}
		got[key(r)] = r.values[0]
	}
	for _, r := range ours {
		if got[key(r)] < r.values[0] {
			t.Errorf("%s has %v flows: want at least the %v of lab windows", key(r), got[key(r)], r.values[0])
		}
	}
	t.Logf("%v flows; %v in the rows of lab windows, %v in Flink's", flowsIn(all), flowsIn(ours), flowsIn(rows))
}
