package chart_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gonum.org/v1/plot/cmpimg"

	"flowlab/labkit/internal/show"
)

// TestGolden runs the Examples and compares the picture that each shows with
// the one in testdata/golden. After a change that is meant:
//
//	go test ./labkit/chart -run Golden -regen
//
// and a look at every new picture.
func TestGolden(t *testing.T) {
	for name, example := range map[string]func(){
		"histograms":       ExampleHistograms,
		"log_histograms":   ExampleLogHistograms,
		"confusion_matrix": ExampleConfusionMatrix,
		"bars":             ExampleBars,
		"scores":           ExampleScores,
		"roc":              ExampleROC,
		"precision_recall": ExamplePrecisionRecall,
		"ecdf":             ExampleECDF,
		"correlation":      ExampleCorrelation,
		"scatter":          ExampleScatter,
		"threshold_sweep":  ExampleThresholdSweep,
		"contours":         ExampleContours,
		"projection":       ExampleProjection,
		"isolation_path":   ExampleIsolationPath,
		"neighbors":        ExampleNeighbors,
		"reasons":          ExampleReasons,
		"timeline":         ExampleTimeline,
		"activity":         ExampleActivity,
		"gaps":             ExampleGaps,
		"host_timeline":    ExampleHostTimeline,
	} {
		t.Run(name, func(t *testing.T) {
			compareGolden(t, filepath.Join("testdata", "golden", name+".png"), picture(t, example))
		})
	}
}

func compareGolden(t *testing.T, path string, got []byte) {
	if *cmpimg.GenerateTestData {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The tolerance is for rounding on other architectures.
	const delta = 0.1
	same, err := cmpimg.EqualApprox("png", got, want, delta)
	if err != nil {
		t.Fatal(err)
	}
	if !same {
		seen := filepath.Join(t.ArtifactDir(), filepath.Base(path))
		if err := os.WriteFile(seen, got, 0o644); err != nil {
			t.Error(err)
		}
		t.Errorf("the picture differs from %s (run with -artifacts to keep it)", path)
	}
}

// picture returns the image in the one output of cell.
func picture(t *testing.T, cell func()) []byte {
	outputs := capture(cell)
	if len(outputs) != 1 {
		t.Fatalf("%d outputs: want one", len(outputs))
	}
	match := regexp.MustCompile(`src="data:image/png;base64,([^"]*)"`).FindStringSubmatch(outputs[0].HTML)
	if match == nil {
		t.Fatalf("no image in %.200s", outputs[0].HTML)
	}
	img, err := base64.StdEncoding.DecodeString(match[1])
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// capture runs cell and returns what a notebook would show below it.
func capture(cell func()) []show.Bundle {
	var outputs []show.Bundle
	show.Sink = func(b show.Bundle) { outputs = append(outputs, b) }
	defer func() { show.Sink = nil }()
	cell()
	return outputs
}
