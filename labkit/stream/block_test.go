package stream

import (
	"fmt"
	"math"
	"testing"

	"flowlab/labkit/flow"
)

// strangeFlows have what a flow can have at most, and least.
func strangeFlows() []flow.Flow {
	full := flow.Flow{
		TS: 1.7e9 + 1e-6, Duration: math.Inf(1), SrcIP: "2001:db8::1", DstIP: "\x00\xff", SrcPort: 65535, DstPort: -1,
		Protocol: "TCP", State: "SF", BytesSent: math.Copysign(0, -1), BytesRecv: math.MaxFloat64,
		PacketsSent: 1, PacketsRecv: 2, IPBytesSent: 3, IPBytesRecv: 4, Label: 1,
		UID: "C1", Service: "dns", History: "ShADadfF", Origin: flow.Origin{File: "conn.log", Place: math.MaxInt},
	}
	return []flow.Flow{full, flow.Unknown(), {}, full}
}

// What is decoded is what was encoded: %v writes floats so that NaN is NaN.
func TestBlockThereAndBack(t *testing.T) {
	var encoder blockEncoder
	var decoder blockDecoder
	var got block
	for _, want := range []block{
		{},
		{From: Position{"a", 7}, At: Position{"b", 1 << 40}, Flows: strangeFlows()},
		{At: Position{"b", 3}, End: true},
		{Flows: testFlows(blockFlows, 10)},
	} {
		data := encoder.encode(&want)
		if err := decoder.decode(data, &got); err != nil {
			t.Fatal(err)
		}
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			t.Errorf("%s\nwant\n%s", g, w)
		}
		for n := range len(data) {
			if _, err := decodeBlock(data[:n]); err == nil {
				t.Fatalf("%d of %d bytes are a block", n, len(data))
			}
		}
	}
}

// Of two flows of three words more, which are not there, nothing is read.
func TestBlockWithoutItsWords(t *testing.T) {
	good := new(blockEncoder).encode(&block{Flows: make([]flow.Flow, 1)})
	good[len(good)-leastFlowBytes] = 9 // the number of the first word
	if _, err := decodeBlock(good); err == nil || err.Error() != "no block of flows: word 9 of 1" {
		t.Errorf("error %v", err)
	}
}

func TestBlocksAreJoined(t *testing.T) {
	flows := testFlows(300, 10)
	b := &block{From: Position{"a", 5}, At: Position{"a", 15}, Flows: flows[:10:10]}
	for _, no := range []*block{
		{From: b.At, At: Position{"b", 1}, Flows: flows[10:11]},
		{From: b.At, At: b.At, End: true},
		{From: b.At, At: Position{"a", 15 + 247}, Flows: flows[10:257]},
	} {
		if b.join(no) {
			t.Errorf("a block until %+v was joined", no.At)
		}
	}
	if !b.join(&block{From: b.At, At: Position{"a", 20}, Flows: flows[10:15]}) || b.From.Flows != 5 || b.At.Flows != 20 || len(b.Flows) != 15 {
		t.Errorf("joined from %+v to %+v, %d flows", b.From, b.At, len(b.Flows))
	}
}

// Whatever is no block is an error, and what is one is written again as the same.
func FuzzBlock(f *testing.F) {
	f.Add(new(blockEncoder).encode(&block{At: Position{"a", 4}, Flows: strangeFlows()}))
	f.Add([]byte{blockVersion})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decodeBlock(data)
		if err != nil {
			return
		}
		again, err := decodeBlock(new(blockEncoder).encode(b))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(b) {
			t.Fatalf("%v, error %v: want %v", again, err, b)
		}
	})
}

func BenchmarkBlock(b *testing.B) {
	whole := block{Flows: testFlows(blockFlows, 10)}
	var encoder blockEncoder
	data := encoder.encode(&whole)
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			encoder.encode(&whole)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		var decoder blockDecoder
		var into block
		for b.Loop() {
			if err := decoder.decode(data, &into); err != nil {
				b.Fatal(err)
			}
		}
	})
}
