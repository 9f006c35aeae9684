// Package errprefix says in an error which package and function failed, once.
//
// An exported function puts the prefix before what it returns:
//
//	func (f IsolationForest) Fit(x *mat.Dense) (m Model, err error) {
//		defer errprefix.Add(&err, "labkit", "IsolationForest")
//
// What it calls returns errors without one. Where that is an exported function
// again, [Bare] takes the name of the package off: "labkit: RankAverage: member
// 0: IsolationForest: Trees is -1" names it once.
package errprefix

// named is an error with a prefix.
type named struct {
	pkg, function string // either may be empty
	err           error
}

func (e *named) Error() string {
	text := e.err.Error()
	if e.function != "" {
		text = e.function + ": " + text
	}
	if e.pkg != "" {
		text = e.pkg + ": " + text
	}
	return text
}

func (e *named) Unwrap() error { return e.err }

// Add puts the names of a package and of a function before an error, if there
// is one, in place of the package's name that it may have already.
func Add(err *error, pkg, function string) {
	if *err != nil {
		*err = &named{pkg, function, Bare(*err)}
	}
}

// Bare returns an error without the name of the package that [Add] put on.
func Bare(err error) error {
	if n, ok := err.(*named); ok {
		return &named{"", n.function, n.err}
	}
	return err
}
