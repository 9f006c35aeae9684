package chart

import (
	"math"
	"testing"

	"flowlab/labkit"
)

// The key says that average precision is the area below the drawn steps.
func TestStaircaseAreaIsAveragePrecision(t *testing.T) {
	scores := []float64{9, 8, 8, 7, 6, 5, 5, 4, 3, 2}
	labels := []bool{true, false, true, true, false, false, true, false, true, false}
	precision, recall, _, err := labkit.PRCurve(scores, labels)
	if err != nil {
		t.Fatal(err)
	}
	steps := staircase(recall, precision)
	area := 0.0
	for i := 0; i < len(steps); i += 2 {
		from, to := steps[i], steps[i+1]
		if from.Y != to.Y {
			t.Errorf("step from %v to %v is not level", from, to)
		}
		area += (to.X - from.X) * to.Y
	}
	if last := steps[len(steps)-1].X; last != 1 {
		t.Errorf("steps end at recall %v: want 1", last)
	}
	if want := labkit.Must(labkit.AveragePrecision(scores, labels)); math.Abs(area-want) > 1e-12 {
		t.Errorf("area below the steps is %v: average precision is %v", area, want)
	}
}
