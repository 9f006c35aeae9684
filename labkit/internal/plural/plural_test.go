package plural

import "testing"

func TestOf(t *testing.T) {
	for n, want := range map[int]string{0: "0 flows", 1: "1 flow", 2: "2 flows"} {
		if got := Of(n, "flow"); got != want {
			t.Errorf("Of(%d) = %q, want %q", n, got, want)
		}
	}
}
