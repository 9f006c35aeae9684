package main

import "testing"

// Who leaves an argument out, or gives too many, is told in words which are wanted.
func TestArguments(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"capstone"}, "no student: want names or seeds"},
		{[]string{"gallery"}, "no folder: want one for the page"},
		{[]string{"gallery", "a", "b"}, `"b" is one too many: want "lab gallery FOLDER [flags]"`},
		{[]string{"midas"}, "no file: want one, or - for standard input"},
		{[]string{"stream"}, "no source: want a log, a folder, an address, or - for standard input"},
		{[]string{"hint", "bytes-ratio", "1", "2"}, `"2" is one too many: want "lab hint ID [NUMBER] [flags]"`},
	} {
		if _, _, err := lab(test.args...); err == nil || err.Error() != test.want {
			t.Errorf("lab %q: error is %v: want %s", test.args, err, test.want)
		}
	}
}
