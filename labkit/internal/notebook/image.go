package notebook

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/jpeg" // a notebook may show photographs too
	_ "image/png"
	"regexp"
	"strings"

	"gonum.org/v1/plot/cmpimg"
)

// tolerance is how far a pixel may be off, as [cmpimg.EqualApprox] counts it
// (0 is equal, 1 anything): wide enough for the last bits of another
// processor's arithmetic at the edge of a line, too narrow for a moved one.
const tolerance = 0.1

// embedded finds pictures in HTML: data:image/png;base64,…
var embedded = regexp.MustCompile(`data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)`)

// diffHTML compares two HTML texts: the pictures embedded in them by their
// pixels, all else by its letters.
func diffHTML(want, got string) error {
	const hole = "data:image"
	if err := diffText("text/html", embedded.ReplaceAllString(want, hole), embedded.ReplaceAllString(got, hole)); err != nil {
		return err
	}
	wantImages, gotImages := embedded.FindAllStringSubmatch(want, -1), embedded.FindAllStringSubmatch(got, -1)
	if len(wantImages) != len(gotImages) {
		return fmt.Errorf("text/html: %d pictures: want %d", len(gotImages), len(wantImages))
	}
	for i := range wantImages {
		if err := diffImage(wantImages[i][1], gotImages[i][1]); err != nil {
			return fmt.Errorf("text/html, picture %d: %w", i+1, err)
		}
	}
	return nil
}

// diffImage compares two pictures in base64.
func diffImage(want, got string) error {
	w, wantFormat, wantSize, err := decode(want)
	if err != nil {
		return fmt.Errorf("wanted picture: %w", err)
	}
	g, gotFormat, gotSize, err := decode(got)
	if err != nil {
		return err
	}
	// EqualApprox itself only looks at the number of pixels.
	if wantFormat != gotFormat || wantSize != gotSize {
		return fmt.Errorf("picture is %s of %v pixels: want %s of %v", gotFormat, gotSize, wantFormat, wantSize)
	}
	equal, err := cmpimg.EqualApprox(wantFormat, w, g, tolerance)
	if err != nil {
		return fmt.Errorf("comparing pictures: %w", err)
	}
	if !equal {
		return fmt.Errorf("pixels differ")
	}
	return nil
}

// decode returns the bytes of a picture in base64, its format and its size.
func decode(encoded string) ([]byte, string, image.Point, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
	if err != nil {
		return nil, "", image.Point{}, fmt.Errorf("picture is not base64: %w", err)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, "", image.Point{}, fmt.Errorf("picture cannot be decoded: %w", err)
	}
	return data, format, image.Pt(config.Width, config.Height), nil
}
