package capture

import (
	"errors"
	"io"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit/flow"
)

// A CutReport counts what [Cut] has written.
type CutReport struct {
	flow.Report
	CutFlows   int // flows that were picked
	CutPackets int // their packets
	Pcapng     bool
}

// Cut writes the packets of those flows of a capture that pick picks, in their
// order, each with its timestamp to the nanosecond and both of its lengths. A
// packet that carries another, as in a tunnel, is written for the flows of both,
// and a datagram in fragments with all of them. What is written is pcap, or
// pcapng if the capture has packets of several link types.
//
// The capture is read three times, each time from what open returns: for the
// flows, for their packets, and to write these. So no packet is held in memory; a
// bit stands for each. If no flow is picked, Cut writes nothing.
func Cut(open func() (io.ReadCloser, error), name string, o flow.ReadOptions, pick func(*flow.Columns) []bool, w io.Writer) (CutReport, error) {
	c := cutter{open: open, name: name, options: o}
	report, err := c.cut(pick, w)
	if err != nil {
		return CutReport{}, failed(err, o)
	}
	return report, nil
}

type cutter struct {
	open    func() (io.ReadCloser, error)
	name    string
	options flow.ReadOptions
	flows   bitSet // that were picked, by their numbers
	packets bitSet // theirs, by the numbers in the file
	links   map[layers.LinkType]bool
	report  CutReport
}

func (c *cutter) cut(pick func(*flow.Columns) []bool, w io.Writer) (CutReport, error) {
	if err := c.each(c.pickFlows(pick)); err != nil || c.report.CutFlows == 0 {
		return c.report, err
	}
	c.options.Reject = nil // what is damaged was handed over by the first reading
	if err := c.each(c.pickPackets); err != nil {
		return c.report, err
	}
	return c.report, c.each(func(r io.Reader) error { return c.write(r, w) })
}

// each reads the capture once.
func (c *cutter) each(read func(io.Reader) error) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	return errors.Join(read(r), r.Close())
}

// pickFlows has the flows picked. Their rows are in the order of their numbers.
func (c *cutter) pickFlows(pick func(*flow.Columns) []bool) func(io.Reader) error {
	return func(r io.Reader) error {
		table, err := readTable(r, c.name, c.options)
		if err != nil {
			return err
		}
		c.report.Report = table.Report
		number := 0
		for _, part := range table.Parts {
			for _, picked := range pick(part) {
				if picked {
					c.flows.set(number)
					c.report.CutFlows++
				}
				number++
			}
		}
		return nil
	}
}

// pickPackets takes the packets apart again: which flow one belongs to follows
// from those before it.
func (c *cutter) pickPackets(r io.Reader) error {
	d := newTableDecoder(c.name, c.options, func(int, *flow.Flow) error { return nil })
	d.counted = func(number int, packets []int) {
		if c.flows.has(number) {
			for _, p := range packets {
				c.packets.set(p)
			}
		}
	}
	c.links = map[layers.LinkType]bool{}
	d.linked = func(link layers.LinkType) { c.links[link] = true }
	return d.read(r)
}

func (c *cutter) write(r io.Reader, w io.Writer) error {
	var report flow.Report
	s := &source{name: c.name, options: c.options, report: &report}
	if err := s.open(r); err != nil {
		return err
	}
	out, err := newPacketWriter(w, c.links)
	if err != nil {
		return err
	}
	c.report.Pcapng = len(c.links) > 1
	for {
		p, err := s.next()
		if err == io.EOF {
			return out.flush()
		}
		if err != nil {
			return err
		}
		if !c.packets.has(p.number) {
			continue
		}
		if err := out.write(p); err != nil {
			return err
		}
		if c.report.CutPackets++; c.report.CutPackets == c.packets.n { // damage behind is none of them
			return out.flush()
		}
	}
}

// A packetWriter writes pcap, or pcapng with an interface for each link type.
type packetWriter struct {
	pcap       *pcapgo.Writer
	pcapng     *pcapgo.NgWriter
	interfaces map[layers.LinkType]int
}

func newPacketWriter(w io.Writer, links map[layers.LinkType]bool) (*packetWriter, error) {
	out := &packetWriter{interfaces: map[layers.LinkType]int{}}
	for link := range links {
		if len(links) == 1 {
			out.pcap = pcapgo.NewWriterNanos(w)
			return out, out.pcap.WriteFileHeader(maxPacket, link)
		}
		var err error
		if out.pcapng == nil {
			out.pcapng, err = pcapgo.NewNgWriter(w, link)
		} else {
			out.interfaces[link], err = out.pcapng.AddInterface(pcapgo.NgInterface{LinkType: link, TimestampResolution: 9})
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (w *packetWriter) write(p capturedPacket) error {
	info := gopacket.CaptureInfo{Timestamp: time.Unix(0, p.ts), CaptureLength: len(p.data), Length: p.wire, InterfaceIndex: w.interfaces[p.link]}
	if w.pcap != nil {
		return w.pcap.WritePacket(info, p.data)
	}
	return w.pcapng.WritePacket(info, p.data)
}

func (w *packetWriter) flush() error {
	if w.pcapng == nil {
		return nil
	}
	return w.pcapng.Flush()
}

// A bitSet is a set of numbers from 0.
type bitSet struct {
	words []uint64
	n     int
}

func (b *bitSet) set(i int) {
	for i/64 >= len(b.words) {
		b.words = append(b.words, 0)
	}
	if !b.has(i) {
		b.n++
	}
	b.words[i/64] |= 1 << (i % 64)
}

func (b *bitSet) has(i int) bool { return i/64 < len(b.words) && b.words[i/64]>>(i%64)&1 == 1 }
