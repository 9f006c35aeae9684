package flow

import (
	"fmt"
	"math"
	"testing"
)

func TestUnknown(t *testing.T) {
	f := Unknown()
	for field := range NumFields {
		if field.IsWord() && f.Word(field) != "" || !field.IsWord() && !math.IsNaN(f.Number(field)) {
			t.Errorf("%s is known", field)
		}
	}
	if f.SrcPort != -1 || f.Label != -1 || f.Origin.String() != "" {
		t.Errorf("%+v", f)
	}
}

func TestEnd(t *testing.T) {
	f := Unknown()
	f.TS = 10
	if f.End() != 10 {
		t.Errorf("without a duration it ends at %v, want when it began", f.End())
	}
	if f.Duration = 2.5; f.End() != 12.5 {
		t.Errorf("it ends at %v, want 12.5", f.End())
	}
}

// A state tells whether an attempt was in vain; without one, whether nothing came
// back.
func TestFailed(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		state          string
		received       float64
		dst            string
		failed, broken bool
	}{
		{"S0", 0, "10.0.0.1", true, false},
		{"REJ", 1, "10.0.0.1", true, false},
		{"RSTOS0", 0, "10.0.0.1", true, false},
		{"SH", 0, "10.0.0.1", true, false},
		{"SHR", 1, "10.0.0.1", true, false},
		{"RSTRH", 1, "10.0.0.1", true, false},
		{"SF", 3, "10.0.0.1", false, false},
		{"S1", 3, "10.0.0.1", false, false},
		{"OTH", 0, "10.0.0.1", false, false},
		{"RSTO", 3, "10.0.0.1", false, true},
		{"RSTR", 3, "10.0.0.1", false, true},
		{"", 0, "10.0.0.1", true, false},
		{"", 1, "10.0.0.1", false, false},
		{"", nan, "10.0.0.1", false, false}, // whether there was an answer is not known
		{"S0", 0, "239.255.255.250", false, false},
		{"", 0, "192.168.1.255", false, false},
		{"S0", 0, "ff02::fb", false, false},
	} {
		f := Unknown()
		f.State, f.PacketsRecv, f.DstIP = c.state, c.received, c.dst
		if f.Failed() != c.failed || f.Broken() != c.broken {
			t.Errorf("%+v: failed %v, broken %v", c, f.Failed(), f.Broken())
		}
	}
}

func TestIsGroup(t *testing.T) {
	for address, want := range map[string]bool{
		"224.0.0.251": true, "239.255.255.250": true, "255.255.255.255": true, "10.1.2.255": true,
		"ff02::1": true, "FF05::2": true, "::ffff:224.0.0.1": true,
		"223.255.255.254": false, "240.0.0.1": false, "10.255.0.1": false, "fe80::1": false, "2001:db8::ff02": false, "::1": false, "": false, "2": false,
	} {
		if IsGroup(address) != want {
			t.Errorf("IsGroup(%q) is %v", address, !want)
		}
	}
}

func ExampleFlow_Failed() {
	f := Unknown()
	f.DstIP, f.State = "198.51.100.20", "S0" // a SYN that nobody answered
	fmt.Println(f.Failed(), f.Broken())
	f.State = "RSTR" // reset by the other end, once it was established
	fmt.Println(f.Failed(), f.Broken())
	// Output:
	// true false
	// false true
}
