package chart

import "flowlab/labkit/internal/show"

// A Live is a figure that changes: each one that it shows takes the place of the
// one before, below the same cell. Its zero value is ready. It is for one
// goroutine at a time.
type Live struct{ id string }

// Show shows a figure in the place of the one before; see [Show].
func (l *Live) Show(fig Figure, err error) {
	if l.id == "" {
		l.id = show.NewID()
	}
	orPanic(err, func() (err error) {
		defer prefix(&err)
		return fig.displayBy(func(b show.Bundle) { show.Update(l.id, b) }, func(img []byte) (show.Bundle, error) {
			return show.Picture(img, fig.cssWidth(), fig.Alt, fig.shaded), nil
		})
	})
}
