package flow

import (
	"slices"
	"testing"
)

func TestKeep(t *testing.T) {
	b := NewBuilder(SrcIP, DstPort)
	for i, address := range []string{"10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.3"} {
		f := Unknown()
		f.SrcIP, f.DstPort, f.Origin = address, 80+i, Origin{"conn.log", i + 9}
		b.Add(&f)
	}
	c := b.Table().Parts[0]
	c.Keep([]bool{false, true, false, true})
	var got []string
	for i := range c.Len {
		f := c.Flow(i)
		got = append(got, f.Origin.String()+" "+f.SrcIP)
		if f.DstPort != f.Origin.Place-9+80 {
			t.Errorf("flow %d has port %d and place %d", i, f.DstPort, f.Origin.Place)
		}
	}
	if want := []string{"conn.log:10 10.0.0.2", "conn.log:12 10.0.0.3"}; !slices.Equal(got, want) || c.Number[TS] != nil {
		t.Errorf("kept %v, want %v and no column that was not there", got, want)
	}
}
