// Package capture turns captured packets into flows.
//
// It reads pcap and pcapng without libpcap, and gives the columns of
// labkit.ReadFlows: who began, when the flow began and how long it lasted, the
// payload, the packets and the IP bytes each way, and how a connection ended.
//
// A flow is what Zeek's conn.log calls a connection, by Zeek's rules and
// defaults (https://docs.zeek.org/en/master/logs/conn.html; the sources that
// they were read from are named where they apply). So a TCP flow ends five
// seconds after it was closed, or after five minutes of silence, a UDP or ICMP
// flow after one, a DNS flow after ten seconds; payload of TCP is counted by
// sequence numbers; the ports of ICMP are the message's type and that of its
// answer, or its code; who began is told by the SYN, and without one by the
// ports of known services; and a datagram in fragments is one packet.
//
// It looks into 802.1Q and 802.1ad tags, MPLS, PPPoE, PPP, provider backbones,
// 802.11 that is not encrypted, IP in IP, GRE with PPTP and ERSPAN, and, by the
// port of the responder, VXLAN, Geneve, GTP, AYIYA and Teredo: the packets that
// these carry make flows of their own, besides the flow of the UDP around them. The link
// types are Ethernet, raw IP, Linux cooked (both), loopback, PPP, PPPoE, Cisco
// HDLC, FDDI, 802.11 with radiotap or without, netfilter logs, OpenBSD's PFLOG and
// ENC, and PKTAP and PPI before any of these.
//
// From Zeek it differs in this:
//
//   - A flow of one packet has its payload, and a duration of 0. In conn.log
//     both are unset.
//   - Checksums are not looked at, as with zeek -C: a computer that captures
//     its own packets sees those it sends before the network card fills them in.
//   - What was not captured of a packet counts by the lengths in its headers, so
//     a capture of the first bytes of each packet gives the same flows as one of
//     all.
//   - An IP packet of length 0, as segmentation in the network card leaves it,
//     has the length that it was captured with.
//   - Only TCP, UDP and ICMP make flows. Everything else is counted in the report.
//   - Times may go back. Of a packet that is stored up to two seconds behind later
//     ones the time counts as it is, and a flow may begin with it. Where times go
//     back by more, as of a clock that is set back, of captures put together in the
//     wrong order or of two interfaces whose clocks are apart, flows go on: what
//     counts is the time that passes between packets, by up to eight clocks at a
//     time. Of a time that lies ahead, the packets behind tell whether it was
//     silence. A connection whose beginning is stored behind its end stays one, as long
//     as it is open. ts is that of the first packet, as its clock had it.
//   - SSH and FTP are given an hour of silence on their own ports only, and DNS
//     is told by its ports: Zeek also knows them by what is said.
package capture

import (
	"fmt"
	"io"
	"os"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
)

// Read reads the flows of a capture file, a row a flow, in the order of their
// first packets. The file is pcap or pcapng, in either byte order, with any
// resolution of time, and may be packed with gzip: which, is told by its
// content. The columns are those of labkit.ReadFlows but label, and none is
// missing a value.
//
// Packets are read one by one, and only flows that are not over are held
// besides the rows of the frame.
//
// A file that is damaged or was cut is refused whole, with an error that says in
// which packet, from 1, and at which byte, from 0: [ReadFrom] reads what is sound
// of it, with flow.ReadOptions{Lenient: true}. A file that has no flow is refused,
// too, as one of a link type that is not read. In a pcapng file that has such
// interfaces beside others, their packets are skipped.
func Read(path string) (dataframe.DataFrame, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, failed(err, flow.ReadOptions{})
	}
	defer f.Close()
	flows, _, err := ReadFrom(f, path, flow.ReadOptions{})
	return flows, err
}

// ReadFrom is [Read] of what r holds; name stands for the file in errors. The
// report says how many packets there were, and why some are in no flow.
//
// A lenient reader skips a packet that is damaged, and goes on where the next
// sound one begins; of a capture that was cut it takes the whole part, and of
// captures that were put together with cat all. The report says what was lost, and
// where. Of a file in which more than half of the first 10,000 packets are damaged
// it gives nothing, for it is misread.
func ReadFrom(r io.Reader, name string, o flow.ReadOptions) (dataframe.DataFrame, flow.Report, error) {
	table, err := ReadTable(r, name, o)
	if err != nil {
		return dataframe.DataFrame{}, flow.Report{}, err
	}
	return flowframe.OfTable(table), table.Report, nil
}

// ReadTable is [ReadFrom] without a frame. The origin of a flow is its first
// packet.
func ReadTable(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error) {
	table, err := readTable(r, name, o)
	if err != nil {
		return nil, failed(err, o)
	}
	return table, nil
}

func readTable(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error) {
	b := flow.NewSequenceBuilder(fields...)
	d := newTableDecoder(name, o, func(number int, f *flow.Flow) error {
		b.Put(number, f)
		return nil
	})
	if err := d.read(r); err != nil {
		return nil, err
	}
	table := b.Table()
	table.Report = d.report
	return table, nil
}

// newTableDecoder returns a decoder of a whole capture.
func newTableDecoder(name string, o flow.ReadOptions, over func(number int, f *flow.Flow) error) *decoder {
	d := newDecoder(name, o, over)
	d.mostFlows, d.patient = o.Limits.Resolved().Flows, true
	return d
}

// Flows reads packets as they come, and hands over each flow as soon as it is
// over, in the order of their ends: r may be a pipe that never closes. What each
// is given holds until it returns. Where a time lies ahead, Flows takes it for
// silence at once; ReadTable looks whether later packets go on from before. An error
// of each ends the reading and is returned, wrapped. The report counts what was
// read.
func Flows(r io.Reader, name string, o flow.ReadOptions, each func(*flow.Flow) error) (flow.Report, error) {
	d := newDecoder(name, o, func(_ int, f *flow.Flow) error { return each(f) })
	if err := d.read(r); err != nil {
		return d.report, failed(err, o)
	}
	return d.report, nil
}

// failed names the function of an error, and what reads a damaged file.
func failed(err error, o flow.ReadOptions) error {
	if !o.Lenient && isDamage(err) {
		return fmt.Errorf("capture: Read: %w (ReadFrom with ReadOptions{Lenient: true} takes what is sound)", err)
	}
	return fmt.Errorf("capture: Read: %w", err)
}
