package labkit_test

import (
	"bytes"
	"fmt"

	"flowlab/labkit"
)

// Fitted today, saved, and judged by tomorrow.
func ExampleSave() {
	monday := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	x := labkit.Must(labkit.Features(monday))
	scaler := labkit.Must(labkit.RobustScaler{}.Fit(x))
	model := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(labkit.Must(scaler.Transform(x))))
	fitted := labkit.Fitted{
		About:      "the flows of Monday",
		Columns:    labkit.FeatureColumns,
		Scaler:     scaler,
		Model:      model,
		Thresholds: map[string]float64{"alert": labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))},
	}
	var file bytes.Buffer
	if err := labkit.Save(&file, fitted); err != nil {
		panic(err)
	}

	loaded := labkit.Must(labkit.Load(&file))
	tuesday := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(43)))
	scores := labkit.Must(loaded.Score(labkit.Must(labkit.Features(tuesday, loaded.Columns...))))
	alerts := labkit.CountTrue(labkit.Predict(scores, loaded.Thresholds["alert"]))
	fmt.Printf("%d alerts on Tuesday, by %s\n", alerts, loaded.About)
	// Output:
	// 113 alerts on Tuesday, by the flows of Monday
}
