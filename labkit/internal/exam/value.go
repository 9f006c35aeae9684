package exam

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"
)

// tolerance is by how much floating-point numbers may differ, relative to the
// wanted one and, near zero, absolutely.
const tolerance = 1e-6

// near tells whether got is want within the tolerance. NaN is near NaN, and an
// infinity near itself alone.
func near(got, want float64) bool {
	switch {
	case math.IsNaN(got) || math.IsNaN(want):
		return math.IsNaN(got) && math.IsNaN(want)
	case math.IsInf(got, 0) || math.IsInf(want, 0):
		return got == want
	}
	return math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-3)
}

// equal tells whether two values are of the same type and equal, floating-point
// numbers within the tolerance. A nil and an empty slice are equal.
func equal(got, want reflect.Value) bool {
	if got.Type() != want.Type() {
		return false
	}
	switch got.Kind() {
	case reflect.Float64:
		return near(got.Float(), want.Float())
	case reflect.Slice:
		if got.Len() != want.Len() {
			return false
		}
		for i := range got.Len() {
			if !equal(got.Index(i), want.Index(i)) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(got.Interface(), want.Interface())
}

// AllEqual tells whether two lists of results are equal.
func AllEqual(got, want []any) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !equal(reflect.ValueOf(got[i]), reflect.ValueOf(want[i])) {
			return false
		}
	}
	return true
}

// shownElements is how many elements of a slice are written out.
const shownElements = 8

// format writes a value as a learner would.
func format(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(v, 'g', 7, 64)
	case string:
		return strconv.Quote(v)
	case *mat.Dense:
		r, c := v.Dims()
		return fmt.Sprintf("a %d×%d matrix", r, c)
	case dataframe.DataFrame:
		return fmt.Sprintf("a frame of %d rows", v.Nrow())
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return fmt.Sprint(v)
	}
	var elements []string
	for i := range min(list.Len(), shownElements) {
		elements = append(elements, format(list.Index(i).Interface()))
	}
	if list.Len() > shownElements {
		elements = append(elements, fmt.Sprintf("… (%d elements)", list.Len()))
	}
	return "[" + strings.Join(elements, " ") + "]"
}

// formatAll writes several results.
func formatAll(values []any) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = format(v)
	}
	return strings.Join(parts, " and ")
}
