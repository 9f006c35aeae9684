// Package plural writes numbers of things in English.
package plural

import "fmt"

// Of writes a number and a noun, which takes an s unless the number is 1.
func Of(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}
