package capture

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"testing"
	"time"

	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
)

// blownUp repeats the sample captures, one behind the other, each time later and
// between other addresses, until there are n packets.
func blownUp(t testing.TB, n int) []frame {
	var all, once []frame
	now := at(0)
	for _, name := range sampleNames {
		var last time.Time
		for _, f := range frames(t, name) {
			if !last.IsZero() {
				now = now.Add(min(f.at.Sub(last), time.Minute))
			}
			last = f.at
			once = append(once, frame{now, f.wire, f.data})
		}
	}
	for round := 0; len(all) < n; round++ {
		for _, f := range once {
			data := bytes.Clone(f.data)
			if data[12] == 8 && data[13] == 0 {
				data[26], data[30] = data[26]^byte(round), data[30]^byte(round)
				data[27], data[31] = data[27]^byte(round>>8), data[31]^byte(round>>8)
			}
			all = append(all, frame{f.at.Add(time.Duration(round) * 2 * time.Hour), f.wire, data})
		}
	}
	return all
}

// BenchmarkRead tells how many packets a second become flows, on one core.
func BenchmarkRead(b *testing.B) {
	all := blownUp(b, 100_000)
	for name, data := range map[string][]byte{
		"pcap":           ethernetFile(all),
		"pcapng":         pcapngFile(layers.LinkTypeEthernet, binary.LittleEndian, all),
		"pcap cut at 96": ethernetFile(cut(all, 96)),
		"pcap.gz":        packed(ethernetFile(all)),
	} {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := ReadFrom(bytes.NewReader(data), "test", flow.ReadOptions{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "packets/s")
		})
	}
}

// Memory follows the flows that are not over, not the file: a capture ten times
// as long holds no more of them.
func TestMemoryFollowsLiveFlows(t *testing.T) {
	all := blownUp(t, 20_000)
	d, most := testDecoder(), [2]int{}
	for i, f := range all {
		d.packet(capturedPacket{link: layers.LinkTypeEthernet, ts: f.at.UnixNano(), wire: f.wire, data: f.data})
		half := i / (len(all)/2 + 1)
		most[half] = max(most[half], len(d.live)+len(d.timers))
	}
	if most[1] > most[0] {
		t.Errorf("at most %d flows and timers in the first half, %d in the second: want no more", most[0], most[1])
	}
	if d.begun < 10*most[1]/2 {
		t.Errorf("%d flows in all: want many more than are held at a time, %d", d.begun, most[1])
	}
}

// Connections that are over are not held until their longest timer is due.
func TestTimersFollowLiveFlows(t *testing.T) {
	d, most := testDecoder(), 0
	one := talk("10.0.0.1:4000", "10.0.0.2:80").tcp(0, true, "S", 1, 0, 0).tcp(0.001, false, "SA", 1, 2, 0).tcp(0.002, true, "R", 2, 0, 0).frames
	for i := range 100_000 {
		for _, f := range one {
			data := bytes.Clone(f.data)
			binary.BigEndian.PutUint16(data[14:], uint16(i)) // the client's address
			binary.BigEndian.PutUint16(data[18:], uint16(i))
			d.packet(capturedPacket{link: layers.LinkTypeRaw, ts: f.at.UnixNano() + int64(i)*2e6, wire: f.wire, data: data})
		}
		most = max(most, len(d.timers)-16*len(d.live))
	}
	if most > 1100 {
		t.Errorf("%d timers more than 16 for each of the live flows: want about a thousand", most)
	}
}
