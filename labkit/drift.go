package labkit

// A DriftDetector watches a stream of numbers, such as a model's scores or the
// share of rows that it flags, for a lasting change: the sign that what was
// learned no longer fits. A number that is not finite spoils what it has seen.
// It is not safe for use by several goroutines at once.
type DriftDetector interface {
	// Update takes the next number, and returns whether the stream has changed.
	Update(v float64) bool
}
