package plural

import "testing"

func TestBe(t *testing.T) {
	for n, want := range map[int]string{0: "are", 1: "is", 2: "are"} {
		if got := Be(n); got != want {
			t.Errorf("Be(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "flow", "0 flows"},
		{1, "flow", "1 flow"},
		{2, "flow", "2 flows"},
		{1, "anomaly", "1 anomaly"},
		{2, "anomaly", "2 anomalies"},
		{2, "day", "2 days"},
		{1000, "flow", "1,000 flows"},
		{1234567, "flow", "1,234,567 flows"},
		{-100, "second", "-100 seconds"},
		{-1000, "second", "-1,000 seconds"},
	} {
		if got := Of(c.n, c.noun); got != c.want {
			t.Errorf("Of(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}
