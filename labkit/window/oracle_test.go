package window

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// oracle is the slow and obvious way: each flow goes into a list for each of its
// windows that is open when it comes, and each list is counted at the end.
func oracle(flows []flow.Flow, size, slide, lateness int64, by Key, time Time) (rows []Row, late Stats) {
	type place struct {
		start int64
		key   string
	}
	lists := map[place][]flow.Flow{}
	high, began := int64(0), false
	for _, f := range flows {
		t := oracleTime(f, time)
		missed, all := 0, 0
		for start := t - t%slide; start > t-size; start -= slide { // t ≥ 0
			all++
			if began && start+size <= high-lateness {
				missed++
				continue
			}
			key := place{start, f.SrcIP}
			if by == DstIP {
				key.key = f.DstIP
			}
			lists[key] = append(lists[key], f)
		}
		if !began || t > high {
			high, began = t, true
		}
		late.Flows++
		late.Pairs += all
		late.LatePairs += missed
		late.LateFlows += one(missed > 0)
		late.LostFlows += one(missed == all)
	}
	users := map[string]map[string]bool{} // of a port or peer in a window
	use := func(start int64, what, key string) {
		name := fmt.Sprint(start, what)
		if users[name] == nil {
			users[name] = map[string]bool{}
		}
		users[name][key] = true
	}
	for at, list := range lists {
		for _, f := range list {
			use(at.start, fmt.Sprint("port", f.DstPort), at.key)
			use(at.start, "peer"+oraclePeer(f, by), at.key)
		}
	}
	for at, list := range lists {
		row := oracleRow(list, by, time)
		row.Start, row.Key = float64(at.start)/1e6, at.key
		rare := map[string]bool{}
		ports, peers := 0, 0
		for _, f := range list {
			port, peer := fmt.Sprint(at.start, "port", f.DstPort), fmt.Sprint(at.start, "peer"+oraclePeer(f, by))
			if f.DstPort >= 0 && !rare[port] && len(users[port]) <= 3 {
				rare[port] = true
				ports++
			}
			if oraclePeer(f, by) != "" && !rare[peer] && len(users[peer]) <= 3 {
				rare[peer] = true
				peers++
			}
		}
		row.RarePorts, row.RarePeers = float64(ports)/float64(row.Ports), float64(peers)/float64(row.Peers)
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Key, b.Key))
	})
	late.Rows = len(rows)
	return rows, late
}

func oracleTime(f flow.Flow, time Time) int64 {
	t := f.TS
	if time == End && !math.IsNaN(f.Duration) {
		t += f.Duration
	}
	return int64(math.RoundToEven(t * 1e6))
}

func oraclePeer(f flow.Flow, by Key) string {
	if by == DstIP {
		return f.SrcIP
	}
	return f.DstIP
}

// oracleRow counts what a list of flows says by itself.
func oracleRow(list []flow.Flow, by Key, time Time) Row {
	var row Row
	ports, peers, failedPorts, failedPeers := map[int]bool{}, map[string]bool{}, map[int]bool{}, map[string]bool{}
	tries, failedTries := map[string]int{}, map[string]int{}
	var times []int64
	for _, f := range list {
		peer := oraclePeer(f, by)
		failed := f.Failed()
		row.Flows++
		row.Failed += one(failed)
		row.Broken += one(f.State == "RSTO" || f.State == "RSTR")
		for _, sum := range []struct {
			to     *float64
			amount float64
		}{{&row.BytesSent, f.BytesSent}, {&row.BytesRecv, f.BytesRecv}, {&row.PacketsSent, f.PacketsSent}, {&row.PacketsRecv, f.PacketsRecv}} {
			if !math.IsNaN(sum.amount) {
				*sum.to += sum.amount
			}
		}
		if f.DstPort >= 0 {
			ports[f.DstPort] = true
			failedPorts[f.DstPort] = failedPorts[f.DstPort] || failed
		}
		if peer != "" {
			peers[peer] = true
			failedPeers[peer] = failedPeers[peer] || failed
		}
		if f.DstPort >= 0 && f.DstIP != "" {
			door := fmt.Sprint(f.DstIP, " ", f.DstPort)
			tries[door]++
			failedTries[door] += one(failed)
		}
		times = append(times, oracleTime(f, time))
	}
	row.Ports, row.Peers = len(ports), len(peers)
	row.FailedPorts, row.FailedPeers = trues(failedPorts), trues(failedPeers)
	for door := range tries {
		row.MostTries = max(row.MostTries, tries[door])
		row.MostFailedTries = max(row.MostFailedTries, failedTries[door])
	}
	slices.Sort(times)
	var gaps, distances []float64
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, float64(times[i]-times[i-1])/1e6)
	}
	row.MedianGap, row.Regularity = middle(gaps), math.NaN()
	for _, gap := range gaps {
		distances = append(distances, math.Abs(gap-row.MedianGap))
	}
	if len(gaps) >= 3 && row.MedianGap > 0 {
		row.Regularity = 1 - middle(distances)/row.MedianGap
	}
	return row
}

func middle(values []float64) float64 {
	slices.Sort(values)
	switch n := len(values); {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return values[n/2]
	default:
		return (values[n/2-1] + values[n/2]) / 2
	}
}

func trues[K comparable](m map[K]bool) int {
	n := 0
	for _, yes := range m {
		n += one(yes)
	}
	return n
}

// random returns flows of a few hosts in an order of arrival that is up to the
// given seconds out of that of time.
func random(rng *rand.Rand, n int, disorder float64, by Time) []flow.Flow {
	states := []string{"SF", "S0", "REJ", "RSTO", "RSTR", "SH", "", ""}
	flows := make([]flow.Flow, n)
	arrival := make([]float64, n)
	for i := range flows {
		f := flow.Unknown()
		f.TS = 1.7e9 + math.Floor(rng.Float64()*400*1e6)/1e6
		if rng.IntN(4) == 0 {
			f.TS = math.Floor(f.TS) // often on a border
		}
		if rng.IntN(5) > 0 {
			f.Duration = math.Floor(rng.ExpFloat64()*10*1e6) / 1e6
		}
		f.SrcIP = fmt.Sprint("10.0.0.", rng.IntN(6))
		if rng.IntN(20) > 0 {
			f.DstIP = fmt.Sprint("10.0.1.", rng.IntN(8))
		}
		if rng.IntN(10) == 0 {
			f.DstIP = "239.255.255.250"
		}
		if rng.IntN(20) > 0 {
			f.DstPort = 20 + int(5*rng.ExpFloat64())
		}
		f.State = states[rng.IntN(len(states))]
		for _, amount := range []*float64{&f.BytesSent, &f.BytesRecv, &f.PacketsSent, &f.PacketsRecv} {
			if rng.IntN(6) > 0 {
				*amount = float64(rng.IntN(3))
			}
		}
		flows[i] = f
		arrival[i] = by.of(&f) + disorder*rng.Float64()
		f.Origin.Place = i
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(arrival[a], arrival[b]) })
	sorted := make([]flow.Flow, n)
	for i, j := range order {
		sorted[i] = flows[j]
		sorted[i].Origin.Place = i + 1
	}
	return sorted
}

func TestOperatorEqualsTheOracle(t *testing.T) {
	for _, size := range []struct{ size, slide time.Duration }{
		{time.Minute, 10 * time.Second}, {time.Minute, 0}, {45 * time.Second, 20 * time.Second}, {7 * time.Second, 3 * time.Second}, {time.Hour, time.Minute},
	} {
		for _, lateness := range []time.Duration{-1, 5 * time.Second, time.Minute} {
			for by := range DstIP + 1 {
				for at := range Start + 1 {
					for _, disorder := range []float64{0, 5, 100} {
						rng := rand.New(rand.NewPCG(uint64(size.size), uint64(lateness)))
						flows := random(rng, 150, disorder, at)
						o := Options{Size: size.size, Slide: size.slide, Lateness: lateness, Key: by, Time: at}
						slide := cmp.Or(size.slide, size.size)
						keyed := slices.DeleteFunc(slices.Clone(flows), func(f flow.Flow) bool { return by == DstIP && f.DstIP == "" })
						want, late := oracle(keyed, size.size.Microseconds(), slide.Microseconds(), max(lateness, 0).Microseconds(), by, at)
						late.Flows, late.WithoutKey = len(flows), len(flows)-len(keyed)
						got, stats := run(t, o, flows)
						name := fmt.Sprintf("%+v, disorder %v", o, disorder)
						sameRows(t, name, got, want)
						if stats != late {
							t.Fatalf("%s: %+v, want %+v", name, stats, late)
						}
						inRows := 0
						for _, r := range got {
							inRows += r.Flows
						}
						if inRows+stats.LatePairs != stats.Pairs {
							t.Fatalf("%s: %d pairs in rows and %d late are not %d", name, inRows, stats.LatePairs, stats.Pairs)
						}
						if disorder == 100 && lateness < time.Minute && size.size == time.Minute && late.LatePairs == 0 {
							t.Fatalf("%s: nothing is late: the test tests nothing", name)
						}
					}
				}
			}
		}
	}
}

// run returns the rows of flows, and the counts.
func run(t *testing.T, o Options, flows []flow.Flow) ([]Row, Stats) {
	t.Helper()
	op := newFor(t, o)
	var rows []Row
	for _, f := range flows {
		rows = append(rows, op.Add(f)...)
	}
	rows = append(rows, op.Close()...)
	return rows, op.Stats()
}

func newFor(t *testing.T, o Options) *Operator {
	t.Helper()
	op, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return op
}

// sameRows compares rows bit by bit: %v writes floats so that they are read
// again as the same, and NaN as NaN.
func sameRows(t *testing.T, name string, got, want []Row) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = fmt.Sprintf("%+v", got[i])
		}
		if i < len(want) {
			w = fmt.Sprintf("%+v", want[i])
		}
		if g != w {
			t.Fatalf("%s: row %d of %d is\n%s\nwant, of %d,\n%s", name, i, len(got), g, len(want), w)
		}
	}
}
