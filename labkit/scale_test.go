package labkit

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The columns are ordinary, with an outlier, constant, and constant but for
// one row. Quartiles by hand: of 1, 2, 4, 9 they lie at 1.75, 3 and 5.25.
// Means and deviations are scikit-learn 1.9.1's.
func TestScalers(t *testing.T) {
	x := mat.NewDense(4, 4, []float64{
		1, 10, 5, 0.1,
		2, 20, 5, 0.1,
		4, -40, 5, 0.3,
		9, 80, 5, 0.1,
	})
	for _, c := range []struct {
		name   string
		scaler interface {
			Fit(*mat.Dense) (Scaler, error)
		}
		centre, scale []float64
		first         []float64 // row after scaling
	}{
		{
			"RobustScaler", RobustScaler{},
			[]float64{3, 15, 5, 0.1}, []float64{3.5, 37.5, 1, 0.04999999999999999},
			[]float64{-2 / 3.5, -5 / 37.5, 0, 0},
		},
		{
			"StandardScaler", StandardScaler{},
			[]float64{4, 17.5, 5, 0.15}, []float64{3.082207001484488, 42.64680527307995, 1, 0.08660254037844385},
			[]float64{-0.9733285267845753, -0.17586311452816478, 0, -0.5773502691896257},
		},
	} {
		s := Must(c.scaler.Fit(x))
		if !slices.Equal(s.Centre, c.centre) || !slices.Equal(s.Scale, c.scale) {
			t.Errorf("%s: centres %v and scales %v, want %v and %v", c.name, s.Centre, s.Scale, c.centre, c.scale)
		}
		if got := Must(s.Transform(x)).RawRowView(0); !slices.Equal(got, c.first) {
			t.Errorf("%s: row 0 becomes %v, want %v", c.name, got, c.first)
		}
		if x.At(0, 0) != 1 {
			t.Errorf("%s: the matrix given was changed", c.name)
		}
		if got := Must(s.Transform(mat.NewDense(1, 4, c.centre))); mat.Norm(got, 1) != 0 {
			t.Errorf("%s: a new row at the centre becomes %v, want zeros", c.name, got)
		}
	}
}

func TestRobustScalerIsThePythonLabs(t *testing.T) {
	var want struct{ Center, Scale []float64 }
	readJSON(t, "seed42_meta.json", &want)
	x := readMatrix(t, "seed42_features.csv", FeatureColumns...)
	s := Must(RobustScaler{}.Fit(x))
	if !slices.Equal(s.Centre, want.Center) || !slices.Equal(s.Scale, want.Scale) {
		t.Errorf("centres %v and scales %v, want %v and %v", s.Centre, s.Scale, want.Center, want.Scale)
	}
	wantMatrix(t, "seed 42", Must(s.Transform(x)), readMatrix(t, "seed42_scaled.csv", FeatureColumns...), 0)
}

// Values that differ no more than rounding explains are constant: by one step
// at a thousand million, or by 1e-16.
func TestScalersTakeRoundingForConstant(t *testing.T) {
	const next = 1e9 + 0x1p-23
	if s := Must(StandardScaler{}.Fit(mat.NewDense(3, 2, []float64{1e9, 1, next, 2, 1e9, 3}))); s.Scale[0] != 1 {
		t.Errorf("StandardScaler: scale of 1e9, the next number and 1e9 is %v, want 1", s.Scale[0])
	}
	if s := Must(RobustScaler{}.Fit(mat.NewDense(3, 2, []float64{0, 1, 1e-16, 2, 2e-16, 3}))); s.Scale[0] != 1 {
		t.Errorf("RobustScaler: scale of 0, 1e-16, 2e-16 is %v, want 1", s.Scale[0])
	}
}

func TestScalersRefuse(t *testing.T) {
	good := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	for name, scaler := range map[string]interface {
		Fit(*mat.Dense) (Scaler, error)
	}{
		"RobustScaler": RobustScaler{}, "StandardScaler": StandardScaler{},
	} {
		for _, c := range []struct {
			x    *mat.Dense
			want string
		}{
			{nil, "matrix is empty"},
			{new(mat.Dense), "matrix is empty"},
			{mat.NewDense(1, 2, nil), "cannot learn from one row"},
			{mat.NewDense(3, 2, nil), "every column of the 3 rows is constant"},
			{mat.NewDense(4, 1, []float64{-1e308, -1e308, 1e308, 1e308}), "column 0 has values too large to measure their spread"},
			{mat.NewDense(2, 1, []float64{1, math.NaN()}), "row 1, column 0 is NaN: want a finite number"},
			{mat.NewDense(1, 2, []float64{1, math.Inf(-1)}), "row 0, column 1 is -Inf: want a finite number"},
		} {
			_, err := scaler.Fit(c.x)
			wantError(t, name, err, name+": "+c.want)
		}
		_, err := Must(scaler.Fit(good)).Transform(mat.NewDense(1, 3, nil))
		wantError(t, name, err, name+": matrix has 3 columns: the model was fitted on 2")
		_, err = Must(scaler.Fit(good)).Transform(mat.NewDense(1, 2, []float64{1, math.NaN()}))
		wantError(t, name, err, name+": row 0, column 1 is NaN")
	}
}

func TestScalersRefuseOverflow(t *testing.T) {
	x := mat.NewDense(4, 1, []float64{1e160, -1e160, 0, 1})
	_, err := StandardScaler{}.Fit(x)
	wantError(t, "StandardScaler", err, "StandardScaler: column 0 has values too large")
	_, err = ZScore{}.Fit(x)
	wantError(t, "ZScore", err, "ZScore: column 0 has values too large")
	_, err = IQR{}.Fit(mat.NewDense(4, 1, []float64{1.6e308, -1.6e308, 1.7e308, -1.7e308}))
	wantError(t, "IQR", err, "IQR: column 0 has values too large")
}

func TestUnfittedScaler(t *testing.T) {
	x := mat.NewDense(1, 2, []float64{1, 2})
	for _, s := range []Scaler{{}, {Centre: []float64{1, 2}}} {
		_, err := s.Transform(x)
		wantError(t, "Transform", err, "make a Scaler with Fit")
	}
}
