package labkit

import (
	"math"
	"slices"
	"testing"

	"github.com/go-gota/gota/dataframe"
)

func TestLogByHand(t *testing.T) {
	frame := frameOf(t, "a,b,n\n1,x,0\n2.718281828459045,y,3\nNaN,z,1\n")
	logs := Must(Log(frame, "a")).Col("a").Float()
	if logs[0] != 0 || logs[1] != 1 || !math.IsNaN(logs[2]) {
		t.Errorf("logs of 1, e and NaN are %v", logs)
	}
	if got := Must(Log1p(frame, "n")).Col("n").Float(); !slices.Equal(got, []float64{0, math.Log(4), math.Log(2)}) {
		t.Errorf("log1p of 0, 3 and 1 is %v", got)
	}
}

func TestLogChangesTheNamedColumnsOnly(t *testing.T) {
	frame := frameOf(t, "a,b,c\n1,1,1\n1,1,1\n")
	got := Must(Log(frame, "c", "a"))
	if !slices.Equal(got.Names(), []string{"a", "b", "c"}) {
		t.Errorf("columns %q, want a, b, c", got.Names())
	}
	for name, want := range map[string]float64{"a": 0, "b": 1, "c": 0} {
		if v := got.Col(name).Float()[0]; v != want {
			t.Errorf("column %s became %v, want %v", name, v, want)
		}
		if v := frame.Col(name).Float()[0]; v != 1 {
			t.Errorf("column %s of the frame given became %v", name, v)
		}
	}
}

func TestLogRefuses(t *testing.T) {
	frame := frameOf(t, "a,host\n1,x\n0,y\n-0.5,z\n")
	for _, c := range []struct {
		f       func(dataframe.DataFrame, ...string) (dataframe.DataFrame, error)
		columns []string
		want    string
	}{
		{Log, []string{"a"}, `Log: column "a", row 1 is 0: want a number above 0`},
		{Log1p, []string{"a"}, `Log1p: column "a", row 2 is -0.5: want a number 0 or above`},
		{Log, nil, "Log: no column named: want at least one"},
		{Log, []string{"host"}, `Log: column "host" holds text`},
		{Log1p, []string{"b"}, `Log1p: no column "b": the frame has a, host`},
	} {
		_, err := c.f(frame, c.columns...)
		wantError(t, c.want, err, c.want)
	}
}
