package labkit

// Must returns v, or panics if err is not nil. It wraps a call that returns a
// value and an error where a failure should stop the notebook cell, in the
// manner of [text/template.Must].
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
