package flow

// Keep leaves out the flows for which keep is false.
func (c *Columns) Keep(keep []bool) {
	for f := range NumFields {
		c.Number[f] = kept(c.Number[f], keep)
		c.Word[f].Codes = kept(c.Word[f].Codes, keep)
	}
	c.Places = kept(c.Places, keep)
	n := 0
	for _, is := range keep {
		if is {
			n++
		}
	}
	c.Len = n
}

// kept moves what is kept to the front.
func kept[T any](values []T, keep []bool) []T {
	if values == nil {
		return nil
	}
	n := 0
	for i, v := range values {
		if keep[i] {
			values[n] = v
			n++
		}
	}
	return values[:n]
}
