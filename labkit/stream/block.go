package stream

import (
	"errors"
	"fmt"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/packed"
)

// A block is a message of FLOWS: some flows that follow each other.
type block struct {
	From  Position // behind which it begins: where the block before has ended
	At    Position // of its last flow
	End   bool     // the source has ended here
	Flows []flow.Flow
}

// blockFlows is how many flows a block is cut to.
const blockFlows = 256

// joinedFlows is how many flows a block has at most after others have joined it,
// where the disk is slow: each block is synced by itself. Tests lower it, to have
// many blocks of few flows.
var joinedFlows = 1024

// join puts the flows of the next block behind those of b, if they fit into one.
func (b *block) join(next *block) bool {
	if next.End || b.At.Part != next.At.Part || len(b.Flows)+len(next.Flows) > joinedFlows {
		return false
	}
	b.At, b.Flows = next.At, append(b.Flows, next.Flows...)
	return true
}

// blockVersion is the first byte of a block. A block is written in a form of its
// own, since encoding/gob describes its types anew in each message: positions,
// the different words of all flows, and the flows with numbers for words.
const blockVersion = 2

// A blockEncoder encodes one block after the other.
type blockEncoder struct {
	numbers map[string]uint64 // of the words of a block
	words   []string
	of      []uint64 // numbers of the words of all flows, one after the other
}

// flowBytes is about what a flow takes in a block.
const flowBytes = 100

func (e *blockEncoder) encode(b *block) []byte {
	e.collect(b)
	out := packed.Writer{Bytes: make([]byte, 0, 256+flowBytes*len(b.Flows))}
	out.Count(blockVersion)
	for _, at := range []Position{b.From, b.At} {
		out.Text(at.Part)
		out.Count(uint64(at.Flows))
	}
	out.Flag(b.End)
	out.Count(uint64(len(e.words)))
	for _, word := range e.words {
		out.Text(word)
	}
	out.Count(uint64(len(b.Flows)))
	for i := range b.Flows {
		e.putFlow(&out, &b.Flows[i], e.of[i*flowWords:][:flowWords])
	}
	return out.Bytes
}

// What a flow has of each.
const flowWords, flowNumbers, flowAmounts = 7, 4, 8

// leastFlowBytes is what it takes at least: a byte for each word, the UID and
// each whole number, eight for each amount.
const leastFlowBytes = flowWords + 1 + flowNumbers + 8*flowAmounts

// wordsOf returns the words of a flow that others have, too.
func wordsOf(f *flow.Flow) [flowWords]*string {
	return [...]*string{&f.SrcIP, &f.DstIP, &f.Protocol, &f.State, &f.Service, &f.History, &f.Origin.File}
}

// numbersOf returns the whole numbers of a flow.
func numbersOf(f *flow.Flow) [flowNumbers]*int {
	return [...]*int{&f.SrcPort, &f.DstPort, &f.Label, &f.Origin.Place}
}

// amountsOf returns the other numbers of a flow.
func amountsOf(f *flow.Flow) [flowAmounts]*float64 {
	return [...]*float64{
		&f.TS, &f.Duration, &f.BytesSent, &f.BytesRecv, &f.PacketsSent, &f.PacketsRecv, &f.IPBytesSent, &f.IPBytesRecv,
	}
}

// collect numbers the words of a block.
func (e *blockEncoder) collect(b *block) {
	if e.numbers == nil {
		e.numbers = map[string]uint64{}
	}
	clear(e.numbers)
	e.words, e.of = e.words[:0], e.of[:0]
	for i := range b.Flows {
		for _, word := range wordsOf(&b.Flows[i]) {
			n, ok := e.numbers[*word]
			if !ok {
				n = uint64(len(e.words))
				e.numbers[*word] = n
				e.words = append(e.words, *word)
			}
			e.of = append(e.of, n)
		}
	}
}

func (e *blockEncoder) putFlow(out *packed.Writer, f *flow.Flow, words []uint64) {
	for _, n := range words {
		out.Count(n)
	}
	for _, n := range numbersOf(f) {
		out.Whole(int64(*n))
	}
	for _, v := range amountsOf(f) {
		out.Amount(*v)
	}
	out.Text(f.UID)
}

// A blockDecoder decodes one block after the other. Its zero value is ready.
type blockDecoder struct {
	known map[string]string // words, so that each is there once
	words []string
}

// knownWords is how many words a blockDecoder keeps.
const knownWords = 1 << 16

// decode reads a block. Its flows are good until the next is read into the same
// block; their words are good for ever.
func (d *blockDecoder) decode(data []byte, b *block) error {
	in := packed.Reader{Rest: data}
	if err := d.read(&in, b); err != nil {
		return fmt.Errorf("no block of flows: %w", err)
	}
	return nil
}

func decodeBlock(data []byte) (*block, error) {
	b := new(block)
	return b, new(blockDecoder).decode(data, b)
}

func (d *blockDecoder) read(in *packed.Reader, b *block) error {
	if version := in.Count(); version != blockVersion {
		return fmt.Errorf("version %d: want %d", version, blockVersion)
	}
	for _, at := range []*Position{&b.From, &b.At} {
		at.Part = d.word(in)
		at.Flows = int64(in.Count())
	}
	b.End = in.Flag()
	d.words = d.words[:0]
	for range in.Length(1) {
		d.words = append(d.words, d.word(in))
	}
	b.Flows = b.Flows[:0]
	for range in.Length(leastFlowBytes) {
		b.Flows = append(b.Flows, flow.Flow{})
		if err := d.readFlow(in, &b.Flows[len(b.Flows)-1]); err != nil {
			return err
		}
	}
	if !in.Done() {
		return errors.New("it is cut off, or has more behind its end")
	}
	return nil
}

func (d *blockDecoder) readFlow(in *packed.Reader, f *flow.Flow) error {
	for _, word := range wordsOf(f) {
		n := in.Count()
		if n >= uint64(len(d.words)) {
			return fmt.Errorf("word %d of %d", n, len(d.words))
		}
		*word = d.words[n]
	}
	for _, n := range numbersOf(f) {
		*n = int(in.Whole())
	}
	for _, v := range amountsOf(f) {
		*v = in.Amount()
	}
	f.UID = string(in.Blob())
	return nil
}

// word returns the next word, which is there once however often it is read.
func (d *blockDecoder) word(in *packed.Reader) string {
	text := in.Blob()
	if word, ok := d.known[string(text)]; ok {
		return word
	}
	if d.known == nil || len(d.known) >= knownWords {
		d.known = map[string]string{}
	}
	word := string(text)
	d.known[word] = word
	return word
}
