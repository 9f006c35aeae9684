package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit/sample"
)

// The capture holds the packets of the sample's captures again and again. Each
// round is between other computers and begins a second after the one before, so
// that thousands of flows are open at a time.
const (
	everyRound = time.Second
	longestGap = 10 * time.Minute // that is left between the packets of a sample
)

var captures = []string{"nmap-vsn.pcap", "dhcp-flood.pcap", "smtp.pcap", "vnc.pcap", "tls.pcap", "sip.pcap", "irc.pcap"}

// A frame is an Ethernet frame with an IPv4 packet in it.
type frame struct {
	after time.Duration // the beginning of its round
	data  []byte
}

// A sending is a frame in one of the rounds.
type sending struct {
	frame
	round int
}

func (s sending) at() time.Duration { return time.Duration(s.round)*everyRound + s.after }

// writeCapture writes a pcap file of so many packets, in the order of their
// times.
func writeCapture(w *bufio.Writer, packets int) error {
	frames, err := sampleFrames()
	if err != nil {
		return err
	}
	sendings := make([]sending, packets)
	for i := range sendings {
		sendings[i] = sending{frames[i%len(frames)], i / len(frames)}
	}
	slices.SortStableFunc(sendings, func(a, b sending) int { return int(a.at() - b.at()) })

	out := pcapgo.NewWriter(w)
	if err := out.WriteFileHeader(1<<16, layers.LinkTypeEthernet); err != nil {
		return err
	}
	begin := time.Unix(1_700_000_000, 0)
	for _, s := range sendings {
		info := gopacket.CaptureInfo{Timestamp: begin.Add(s.at()), CaptureLength: len(s.data), Length: len(s.data)}
		if err := out.WritePacket(info, s.otherComputers()); err != nil {
			return err
		}
	}
	return nil
}

// sampleFrames returns the frames of the sample's captures that hold IPv4. The
// others, all of them ARP, are in no flow.
func sampleFrames() ([]frame, error) {
	var all []frame
	for _, name := range captures {
		f, err := os.Open(sample.Path(name))
		if err != nil {
			return nil, err
		}
		frames, err := readFrames(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("bench: %s: %w", name, err)
		}
		all = append(all, frames...)
	}
	return all, nil
}

func readFrames(f io.Reader) ([]frame, error) {
	packets, err := pcapgo.NewReader(f)
	if err != nil {
		return nil, err
	}
	var frames []frame
	var after time.Duration
	var last time.Time
	for {
		data, info, err := packets.ReadPacketData()
		if errors.Is(err, io.EOF) {
			return frames, nil
		}
		if err != nil {
			return nil, err
		}
		if len(frames) > 0 {
			after += min(info.Timestamp.Sub(last), longestGap)
		}
		last = info.Timestamp
		if holdsIPv4(data) {
			frames = append(frames, frame{after, data})
		}
	}
}

func holdsIPv4(ethernet []byte) bool {
	return len(ethernet) >= 34 && ethernet[12] == 8 && ethernet[13] == 0
}

// otherComputers returns the frame with the round worked into the second and
// third byte of both addresses. The checksums stay as they were: none of the
// systems looks at them.
func (s sending) otherComputers() []byte {
	data := slices.Clone(s.data)
	for _, address := range [][]byte{data[26:30], data[30:34]} {
		address[1] ^= byte(s.round >> 8)
		address[2] ^= byte(s.round)
	}
	return data
}
