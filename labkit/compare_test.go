package labkit

import (
	"fmt"
	"strings"
	"testing"
)

func ExampleCompare() {
	labels := []bool{true, true, false, false}
	frame := Must(Compare(labels,
		Prediction{"careful", []bool{true, false, false, false}},
		Prediction{"bold", []bool{true, true, true, false}},
	))
	fmt.Println(Must(Text(frame)))
	// Output:
	//   Model  Precision  Recall       F1
	// careful   1.000000     0.5 0.666667
	//    bold   0.666667     1.0 0.800000
}

func TestCompareRefuses(t *testing.T) {
	for _, c := range []struct {
		prediction Prediction
		want       string
	}{
		{Prediction{"idle", []bool{false, false}}, "Compare: idle: precision is undefined"},
		{Prediction{"short", []bool{true}}, "Compare: short: "},
	} {
		if _, err := Compare([]bool{true, false}, c.prediction); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	if _, err := Compare([]bool{true}); err == nil {
		t.Error("no error without predictions")
	}
}
