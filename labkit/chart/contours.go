package chart

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/errprefix"
	"flowlab/labkit/internal/plural"
)

// The grid on which a model is asked for its scores.
const (
	gridCols = 120
	gridRows = 90
)

// greys are the levels of a score field: pale is ordinary.
var greys = []color.NRGBA{
	{0xF7, 0xF7, 0xF6, 0xFF}, {0xE9, 0xE9, 0xE8, 0xFF}, {0xDA, 0xDA, 0xD9, 0xFF}, {0xCB, 0xCB, 0xCA, 0xFF},
	{0xBC, 0xBC, 0xBB, 0xFF}, {0xAC, 0xAC, 0xAB, 0xFF}, {0x9C, 0x9C, 0x9B, 0xFF}, {0x8B, 0x8B, 0x8A, 0xFF},
}

// Contours draws what a model of two columns thinks of the whole plane: the
// darker the ground, the more anomalous, in eight levels of equal width (in the
// logarithm of the score if its tail is heavy). The black line is the boundary
// where the score equals the threshold. The rows of x are the points, blue
// discs for normal and vermilion triangles for anomalies; labels may be nil.
// Names are those of the two columns.
//
// It returns an error if x does not have two columns or holds a value that is
// not finite, if labels are not one for each row, if the threshold is not
// finite, and those of the model's Score.
func Contours(model labkit.Model, threshold float64, x *mat.Dense, labels []bool, names [2]string, title string) (_ Figure, err error) {
	defer prefix(&err)
	if model == nil {
		return Figure{}, errors.New("contours of a model that is nil: want what Fit returned")
	}
	xs, ys, err := twoColumns(x, names)
	if err != nil {
		return Figure{}, err
	}
	if labels != nil && len(labels) != len(xs) {
		return Figure{}, fmt.Errorf("contours of %d rows with %d labels: want one for each", len(xs), len(labels))
	}
	if err := checkThreshold(threshold); err != nil {
		return Figure{}, err
	}
	points := marks{points: classMarks(xs, ys, labels)}
	field, err := newScoreField(model, threshold, points)
	if err != nil {
		return Figure{}, err
	}
	inside, err := model.Score(x)
	if err != nil {
		return Figure{}, fmt.Errorf("contours: %w", errprefix.Bare(err))
	}
	p := barePlot(names[0], names[1])
	p.Add(field, field.boundary(), points)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = field.xmin, field.xmax, field.ymin, field.ymax

	fig := single(title, p)
	fig.Height = 380
	fig.shaded = true
	fig.key = append(markKey(labels, len(xs), normalColor, anomalyColor),
		keyEntry{fmt.Sprintf("boundary, score %.4g", threshold), lineThumb{color: ink}},
		keyEntry{"score, ordinary to anomalous", rampThumb(greys)})
	fig.Alt = withTitle(title, fmt.Sprintf("Scores of a model over the plane of “%s” and “%s”, for %s. %.0f %% of the plane lies outside the boundary.",
		names[0], names[1], flowsInWords(len(xs), labels), 100*field.shareOutside()))
	outside := labkit.Predict(inside, threshold)
	if labels == nil {
		fig.Alt += fmt.Sprintf(" So do %s.", plural.Of(labkit.CountTrue(outside), "flow"))
	} else if c, err := labkit.NewConfusion(outside, labels); err == nil {
		fig.Alt += fmt.Sprintf(" So do %d of %d anomalies and %d of %d normal flows.", c.TP, c.TP+c.FN, c.FP, c.FP+c.TN)
	}
	return fig, nil
}

// twoColumns returns the columns of a matrix that has two.
func twoColumns(x *mat.Dense, names [2]string) (xs, ys []float64, err error) {
	if x == nil || x.IsEmpty() {
		return nil, nil, errors.New("the matrix is empty: want at least one row and two columns")
	}
	if _, cols := x.Dims(); cols != 2 {
		return nil, nil, fmt.Errorf("the matrix has %d columns: want two, %s and %s", cols, names[0], names[1])
	}
	xs, ys = mat.Col(nil, 0, x), mat.Col(nil, 1, x)
	if err := checkNumbers(fmt.Sprintf("column %q", names[0]), xs); err != nil {
		return nil, nil, err
	}
	return xs, ys, checkNumbers(fmt.Sprintf("column %q", names[1]), ys)
}

// A scoreField is the scores of a model on a grid. It is a [plotter.GridXYZ].
type scoreField struct {
	xmin, xmax, ymin, ymax float64
	scores                 []float64 // row by row, from the lowest y; at the scale's
	threshold              float64   // likewise
}

func newScoreField(model labkit.Model, threshold float64, around marks) (scoreField, error) {
	f := scoreField{threshold: threshold}
	f.xmin, f.xmax, f.ymin, f.ymax = around.DataRange()
	grid := mat.NewDense(gridCols*gridRows, 2, nil)
	for r := range gridRows {
		for c := range gridCols {
			grid.SetRow(r*gridCols+c, []float64{f.X(c), f.Y(r)})
		}
	}
	scores, err := model.Score(grid)
	if err != nil {
		return f, fmt.Errorf("contours: %w", errprefix.Bare(err))
	}
	if err := checkNumbers("the score on the grid", scores); err != nil {
		return f, err
	}
	s := scaleOf(scores)
	if threshold <= 0 {
		s.log = false
	}
	f.scores, f.threshold = s.all(scores), s.at(threshold)
	return f, nil
}

// Dims implements [plotter.GridXYZ].
func (f scoreField) Dims() (c, r int) { return gridCols, gridRows }

// X implements [plotter.GridXYZ].
func (f scoreField) X(c int) float64 { return f.xmin + (f.xmax-f.xmin)*float64(c)/(gridCols-1) }

// Y implements [plotter.GridXYZ].
func (f scoreField) Y(r int) float64 { return f.ymin + (f.ymax-f.ymin)*float64(r)/(gridRows-1) }

// Z implements [plotter.GridXYZ].
func (f scoreField) Z(c, r int) float64 { return f.scores[r*gridCols+c] }

// boundary returns the line where the score is the threshold.
func (f scoreField) boundary() plot.Plotter {
	line := plotter.NewContour(f, []float64{f.threshold}, nil)
	line.LineStyles = []draw.LineStyle{{Color: ink, Width: 1.75}}
	return line
}

func (f scoreField) shareOutside() float64 {
	return float64(labkit.CountTrue(labkit.Predict(f.scores, f.threshold))) / float64(len(f.scores))
}

// Plot implements [plot.Plotter]: an image in the pixels of the picture, so that
// the edges of the levels stay sharp and the file small.
func (f scoreField) Plot(c draw.Canvas, p *plot.Plot) {
	lo, hi := slices.Min(f.scores), slices.Max(f.scores)
	area := pixelsOf(c)
	width, height := area.Dx(), area.Dy()
	img := image.NewPaletted(image.Rect(0, 0, width, height), greyPalette())
	for py := range height {
		for px := range width {
			s := f.between(float64(px)/float64(max(1, width-1)), 1-float64(py)/float64(max(1, height-1)))
			level := 0
			if hi > lo {
				level = min(len(greys)-1, int(float64(len(greys))*(s-lo)/(hi-lo)))
			}
			img.SetColorIndex(px, py, uint8(max(0, level)))
		}
	}
	c.DrawImage(onPaper(area), img)
}

func greyPalette() color.Palette {
	var p color.Palette
	for _, g := range greys {
		p = append(p, g)
	}
	return p
}

// between returns the score at a place given by its share of the width and of
// the height, interpolated between the four nearest of the grid.
func (f scoreField) between(u, v float64) float64 {
	u, v = u*(gridCols-1), v*(gridRows-1)
	c, r := min(int(u), gridCols-2), min(int(v), gridRows-2)
	du, dv := u-float64(c), v-float64(r)
	return (1-dv)*((1-du)*f.Z(c, r)+du*f.Z(c+1, r)) + dv*((1-du)*f.Z(c, r+1)+du*f.Z(c+1, r+1))
}
