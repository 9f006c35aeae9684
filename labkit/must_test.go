package labkit

import (
	"errors"
	"testing"
)

func TestMust(t *testing.T) {
	if got := Must(7, nil); got != 7 {
		t.Errorf("Must(7, nil) is %v", got)
	}
	err := errors.New("labkit: out of paper")
	defer func() {
		if got := recover(); got != err {
			t.Errorf("recovered %v, want the error given", got)
		}
	}()
	Must(7, err)
	t.Error("Must did not panic")
}
