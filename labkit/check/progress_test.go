package check

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/progress"
)

func TestHintAndReset(t *testing.T) {
	t.Setenv(progress.Variable, filepath.Join(t.TempDir(), progress.Name))
	for _, test := range []struct {
		run  func()
		want string
	}{
		{func() { Hint("bytes-ratio", 1) }, "Hint 1 of 3"},
		{func() { Hint("bytes-ratio", 4) }, "no hint 4: want 1 to 3"},
		{func() { Hint("byte-ratio", 1) }, `did you mean "bytes-ratio"?`},
		{func() { Reset("byte-ratio") }, `did you mean "bytes-ratio"`},
		{func() { BytesRatio(bytesRatio.Answer) }, "✓ Passed"},
		{func() { Progress() }, fmt.Sprintf("1 of %d exercises passed", len(catalogue))},
		{func() { Progress("02") }, "1 of 4 exercises passed\nNext: Bytes per second (bytes-per-second).\nAll notebooks: 1 of"},
		{func() { Progress("01") }, "Next: Third run of a counter (third-run).\n"},
		{func() { Progress("99") }, `no notebook "99" has exercises`},
		{func() { Reset("bytes-ratio") }, "Reset: bytes-ratio."},
		{func() { Progress() }, fmt.Sprintf("0 of %d exercises passed", len(catalogue))},
		{func() { BytesRatio(bytesRatio.Answer) }, "✓ Passed"},
		{func() { Reset() }, "Reset: all exercises."},
		{func() { Progress() }, fmt.Sprintf("0 of %d exercises passed", len(catalogue))},
	} {
		if got := coursetest.Shown(t, test.run).Text; !strings.Contains(got, test.want) {
			t.Errorf("want %q, not\n%s", test.want, got)
		}
	}
}

func TestWriteProgress(t *testing.T) {
	path := filepath.Join(t.TempDir(), progress.Name)
	for _, e := range catalogue[1:] {
		if _, _, err := progress.Record(path, e.ID, progress.Passed); err != nil {
			t.Fatal(err)
		}
	}
	var text strings.Builder
	if passed, err := WriteProgress(&text, path); passed || err != nil || !strings.Contains(text.String(), fmt.Sprintf("%d of %d exercises passed", len(catalogue)-1, len(catalogue))) {
		t.Errorf("with one exercise left: all passed is %t, error %v, text\n%s", passed, err, text.String())
	}
	if _, _, err := progress.Record(path, catalogue[0].ID, progress.Passed); err != nil {
		t.Fatal(err)
	}
	if passed, err := WriteProgress(&text, path); !passed || err != nil {
		t.Errorf("with none left: all passed is %t, error %v", passed, err)
	}
}
