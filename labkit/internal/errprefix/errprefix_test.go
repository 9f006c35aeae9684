package errprefix

import (
	"errors"
	"fmt"
	"testing"
)

var errEmpty = errors.New("it is empty")

func inner() (err error) {
	defer Add(&err, "labkit", "Labels")
	return errEmpty
}

func outer(wrap func(error) error) (err error) {
	defer Add(&err, "chart", "Scatter")
	return wrap(inner())
}

func TestAPackageIsNamedOnce(t *testing.T) {
	for want, err := range map[string]error{
		"labkit: Labels: it is empty":                   inner(),
		"chart: Scatter: Labels: it is empty":           outer(func(err error) error { return err }),
		"chart: Scatter: series 1: Labels: it is empty": outer(func(err error) error { return fmt.Errorf("series 1: %w", Bare(err)) }),
		"Labels: it is empty":                           Bare(inner()),
		"it is empty":                                   Bare(errEmpty),
	} {
		if err.Error() != want || !errors.Is(err, errEmpty) {
			t.Errorf("error is %q, want %q", err, want)
		}
	}
}

func TestNoErrorStaysNone(t *testing.T) {
	if err := outer(func(error) error { return nil }); err != nil {
		t.Error(err)
	}
	if Bare(nil) != nil {
		t.Error("nil became an error")
	}
}
