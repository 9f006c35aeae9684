package notebook

import (
	"image"
)

// A Picture is an image that a cell shows.
type Picture struct {
	Data []byte
	Size image.Point // in pixels
	Alt  string      // says what it shows
}

// Picture returns the first image that a cell shows, in HTML or beside a picture
// that is drawn in the page, and nil if it shows none.
func (c Cell) Picture() (*Picture, error) {
	for _, o := range c.outputs() {
		data, _ := o["data"].(map[string]any)
		encoded := text(data["image/png"])
		if m := embedded.FindStringSubmatch(text(data["text/html"])); m != nil {
			encoded = m[1]
		}
		if encoded == "" {
			continue
		}
		decoded, _, size, err := decode(encoded)
		if err != nil {
			return nil, err
		}
		return &Picture{decoded, size, text(data["text/plain"])}, nil
	}
	return nil, nil
}
