package sample

import (
	"encoding/binary"
	"flag"
	"os"
	"regexp"
	"testing"
)

// Captures hold what people wrote: addresses, passwords, telephone numbers. Three
// of the samples were therefore written anew by
//
//	go test ./labkit/sample -run Rewrite -original ORIGINAL.pcap -rewritten labkit/sample/NAME.pcap
//
// which keeps the times, sizes, addresses and flags of the packets, and so every
// flow, and puts words of our own in the place of what they carry.
var (
	original  = flag.String("original", "", "a classic pcap file of Ethernet, to be rewritten")
	rewritten = flag.String("rewritten", "", "where to")
)

func TestRewrite(t *testing.T) {
	if *original == "" {
		t.Skip("there is no -original to be rewritten")
	}
	data, err := os.ReadFile(*original)
	if err != nil {
		t.Fatal(err)
	}
	rewriteCapture(data)
	if err := os.WriteFile(*rewritten, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// words fill the packets.
const words = "This text was written for the course. It stands for what somebody sent to somebody else, and has its length.\r\n"

// rewriteCapture rewrites the packets of a little-endian pcap file in place.
func rewriteCapture(data []byte) {
	for at := 24; at+16 <= len(data); {
		captured := int(binary.LittleEndian.Uint32(data[at+8:]))
		at += 16
		rewriteFrame(data[at : at+captured])
		at += captured
	}
}

// rewriteFrame gives a frame hardware addresses of its own, which keep only how
// each ends, and rewrites the IPv4 packet in it.
func rewriteFrame(frame []byte) {
	for _, address := range [][]byte{frame[:6], frame[6:12]} {
		if address[0]&1 == 0 { // a group's address names nobody
			copy(address, []byte{2, 0, 0, 0, 0})
		}
	}
	if binary.BigEndian.Uint16(frame[12:]) == 0x0800 {
		rewriteIP(frame[14:])
	}
}

func rewriteIP(ip []byte) {
	header := int(ip[0]&0xf) * 4
	length := min(int(binary.BigEndian.Uint16(ip[2:])), len(ip))
	whole := length == int(binary.BigEndian.Uint16(ip[2:])) && binary.BigEndian.Uint16(ip[6:])&0x3fff == 0
	body := ip[header:length]
	checksum := 0 // where it stands in the body
	switch ip[9] {
	case 1: // ICMP: errors quote a packet
		if len(body) > 8+28 {
			fill(body[8+28:], 0)
		}
		checksum = 2
	case 6: // TCP: what is sent again has the same words
		offset := int(body[12]>>4) * 4
		fill(body[offset:], int(binary.BigEndian.Uint32(body[4:])%uint32(len(words))))
		checksum = 16
	case 17: // UDP
		if binary.BigEndian.Uint16(body) == 53 || binary.BigEndian.Uint16(body[2:]) == 53 {
			rewriteDNS(body[8:])
		} else {
			fill(body[8:], 0)
		}
		checksum = 6
	default:
		return
	}
	if whole {
		binary.BigEndian.PutUint16(body[checksum:], 0)
		binary.BigEndian.PutUint16(body[checksum:], sum(ip, body))
	}
}

// fill writes words over data, from a place in them.
func fill(data []byte, from int) {
	for i := range data {
		data[i] = words[(from+i)%len(words)]
	}
}

// rewriteDNS writes x over all that may be a letter of a name in a message. Its
// header stays, and the lengths of names, which are below 64, do.
func rewriteDNS(message []byte) {
	for _, i := range regexp.MustCompile(`[A-Za-z]`).FindAllIndex(message[12:], -1) {
		message[12+i[0]] = 'x'
	}
}

// sum returns the Internet checksum (RFC 1071) of what an IPv4 packet carries,
// with the pseudo-header of TCP and UDP.
func sum(ip, body []byte) uint16 {
	total := uint32(0)
	add := func(data []byte) {
		for i := 0; i < len(data); i += 2 {
			total += uint32(data[i]) << 8
			if i+1 < len(data) {
				total += uint32(data[i+1])
			}
		}
	}
	add(body)
	if ip[9] != 1 {
		add(ip[12:20])
		total += uint32(ip[9]) + uint32(len(body))
	}
	for total > 0xffff {
		total = total>>16 + total&0xffff
	}
	return ^uint16(total)
}

// private matches what a sample must not hold.
var private = regexp.MustCompile(`(?i)AUTH LOGIN|\bPASS |[\w.]+@[\w-]+\.\w|sip:|username=|Gurpartap|"arik"`)

func TestSamplesNameNobody(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := private.Find(data); found != nil {
			t.Errorf("%s holds %q", e.Name(), found)
		}
	}
}
