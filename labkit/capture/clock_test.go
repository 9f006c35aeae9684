package capture

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// Times of a clock, worked out by hand; in seconds.
func TestClock(t *testing.T) {
	for _, c := range []struct {
		name       string
		stamps     []float64
		want       []float64
		steps, now int
	}{
		{"in order", []float64{10, 11, 500}, []float64{10, 11, 500}, 0, 500},
		{"two seconds out of order", []float64{10, 12, 10, 13}, []float64{10, 12, 10, 13}, 0, 13},
		{"set back by 30", []float64{100, 70, 71, 75}, []float64{100, 100, 101, 105}, 1, 105},
		{"set back twice", []float64{100, 70, 71, 41, 42}, []float64{100, 100, 101, 101, 102}, 2, 102},
		{"set back and right again", []float64{100, 70, 71, 102}, []float64{100, 100, 101, 102}, 1, 102},
		{"two clocks, 20 apart", []float64{100, 80, 101, 81.5, 102, 83}, []float64{100, 100, 101, 101.5, 102, 103}, 1, 103},
		{"a day back", []float64{86500, 100, 101}, []float64{86500, 86500, 86501}, 1, 86501},
	} {
		var k clock
		for i, s := range c.stamps {
			if got := float64(k.tick(int64(s*1e9), i+1)) / 1e9; got != c.want[i] {
				t.Errorf("%s: %v is %v, want %v", c.name, s, got, c.want[i])
			}
		}
		if k.steps != c.steps || k.now != int64(c.now)*1e9 {
			t.Errorf("%s: %d steps, now %d", c.name, k.steps, k.now)
		}
	}
}

// Whatever the timestamps are, time goes on, memory stays bounded and nothing
// overflows.
func FuzzClock(f *testing.F) {
	f.Add(int64(1), int64(math.MaxInt64-5), int64(0), int64(7))
	f.Fuzz(func(t *testing.T, a, b, c, d int64) {
		const most = 1 << 33 * 1e9 // as the readers let through
		var k clock
		for i, ts := range []int64{a, b, c, d, b, a, d, c, a, c, b, d} {
			ts &= math.MaxInt64
			before := k.now
			got := k.tick(ts%most, i)
			if i > 0 && (k.now < before || got > k.now || got < before-int64(outOfOrder)) || len(k.shifts) > maxClocks {
				t.Fatalf("%d at %d is %d, then it is %d", ts%most, before, got, k.now)
			}
		}
	})
}

// nine is a connection of nine packets, of two seconds.
func nine() *conversation {
	const a, b = true, false
	return talk("10.0.0.1:4000", "10.0.0.2:443").
		tcp(0, a, "S", 1000, 0, 0).tcp(0.1, b, "SA", 5000, 1001, 0).tcp(0.2, a, "A", 1001, 5001, 0).
		tcp(0.5, a, "A", 1001, 5001, 100).tcp(1, b, "A", 5001, 1101, 400).tcp(1.2, a, "A", 1101, 5401, 0).
		tcp(1.5, a, "FA", 1101, 5401, 0).tcp(1.8, b, "FA", 5401, 1102, 0).tcp(2, a, "A", 1102, 5402, 0)
}

// A connection whose packets are stored in another order than they were sent in,
// with right times: it stays one, with its own state, payload and packets.
func TestConnectionOutOfOrder(t *testing.T) {
	want := rowsOf(first(mustRead(t, nine().raw())))
	swapped := func(n int) []frame {
		all := nine().frames
		return slices.Concat(all[n:], all[:n])
	}
	for n := 1; n < 9; n++ {
		flows, report := mustRead(t, (&conversation{frames: swapped(n)}).raw())
		got := rowsOf(flows)
		// Duration ends with what closed the connection, which is known only in order.
		if len(got) != 1 || withoutDuration(got[0]) != withoutDuration(want[0]) {
			t.Errorf("packet %d and what follows stored first:\n%s\nwant\n%s\n%v", n+1, strings.Join(got, "\n"), want[0], report)
		}
	}
}

func first[A, B any](a A, _ B) A { return a }

func withoutDuration(row string) string {
	words := strings.Fields(row)
	return strings.Join(slices.Delete(words, 4, 5), " ")
}

// Clocks that go back, worked out in the trial of files that people have: the
// flows are those of the same packets with right times, but for the times.
func TestClocksThatGoBack(t *testing.T) {
	var all []frame
	for i := range 12 {
		question := talk(fmt.Sprintf("10.0.0.1:%d", 5000+i), "10.0.0.3:53").udp(10*float64(i)+5, true, []byte("?")).udp(10*float64(i)+5.2, false, []byte("!!"))
		all = append(append(all, nineAt(4000+i, 10*float64(i))...), question.frames...)
	}
	want := rowsOf(first(mustRead(t, (&conversation{frames: all}).raw())))
	for name, shift := range map[string]func(i int, f frame) time.Duration{
		"by 30 s in the middle":  func(i int, f frame) time.Duration { return later(i > len(all)/2, -30*time.Second) },
		"by a day in the middle": func(i int, f frame) time.Duration { return later(i > len(all)/2, -24*time.Hour) },
		"by 15 s for every flow": func(i int, f frame) time.Duration { return -time.Duration(i/11) * 15 * time.Second },
		"answers 20 s behind": func(i int, f frame) time.Duration {
			return later(f.data[19] != 1, 0) - later(f.data[15] != 1, 20*time.Second)
		},
		"answers an hour behind":      func(i int, f frame) time.Duration { return -later(f.data[15] != 1, time.Hour) },
		"questions 20 s ahead, first": func(i int, f frame) time.Duration { return later(f.data[15] == 1 && i != 1, 20*time.Second) },
		"answers 20 s ahead":          func(i int, f frame) time.Duration { return later(f.data[15] != 1, 20*time.Second) },
		"answers a year ahead":        func(i int, f frame) time.Duration { return later(f.data[15] != 1, 365*24*time.Hour) },
		"one packet a year ahead":     func(i int, f frame) time.Duration { return later(i == 40, 365*24*time.Hour) },
		"one packet a year back":      func(i int, f frame) time.Duration { return -later(i == 40, 365*24*time.Hour) },
		"the second half put first":   nil,
		"captures put together by 3":  nil,
	} {
		shifted := slices.Clone(all)
		switch name {
		case "the second half put first":
			shifted = slices.Concat(all[66:], all[:66])
		case "captures put together by 3":
			shifted = slices.Concat(all[88:], all[44:88], all[:44])
		default:
			for i, f := range all {
				shifted[i].at = f.at.Add(shift(i, f))
			}
		}
		flows, report := mustRead(t, (&conversation{frames: shifted}).raw())
		got := rowsOf(flows)
		sortedGot, sortedWant := withoutDurations(got), withoutDurations(want)
		if !slices.Equal(sortedGot, sortedWant) {
			t.Errorf("%s: %d flows, want %d: %v\n%s", name, len(got), len(want), report, strings.Join(got[:min(4, len(got))], "\n"))
		}
		if !strings.Contains(report.String(), "times go back and forth") {
			t.Errorf("%s: no word of it in %v", name, report)
		}
	}
}

func later(is bool, d time.Duration) time.Duration {
	if is {
		return d
	}
	return 0
}

func nineAt(port int, seconds float64) []frame {
	c := nine()
	for i, f := range c.frames {
		data := bytes.Clone(f.data)
		if data[15] == 1 { // from the client
			data[20], data[21] = byte(port>>8), byte(port)
		} else {
			data[22], data[23] = byte(port>>8), byte(port)
		}
		c.frames[i] = frame{f.at.Add(time.Duration(seconds * 1e9)), f.wire, data}
	}
	return c.frames
}

func withoutDurations(rows []string) []string {
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = withoutDuration(r)
	}
	slices.Sort(all)
	return all
}
