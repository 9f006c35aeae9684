package submission

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/terminal"
)

// HandBack writes into a folder what goes back to a class:
//
//   - grades-moodle.csv: a line per student, the points of each notebook, for
//     Moodle's import of grades from CSV
//     (https://docs.moodle.org/en/Grade_import), matched by username. A dash is
//     no grade; an empty field of a new column would be a 0 (Moodle's
//     grade/import/csv/classes/load_data.php)
//   - grades-canvas.csv: the same as Canvas reads its gradebook, with the points
//     possible (https://community.canvaslms.com/docs/DOC-12733), matched by login.
//     An empty field is no grade (Canvas's lib/gradebook_importer.rb)
//   - feedback/STUDENT.md: each answer and what the check said of it
//   - alike.csv: answers that are equal but for names, comments and layout
//
// A student's best result for a notebook counts: no grade if none was handed in,
// and 0 if it could not be executed. Existing files are replaced.
func HandBack(folder string, results []Result) error {
	if err := os.MkdirAll(filepath.Join(folder, "feedback"), 0o755); err != nil {
		return err
	}
	g := newGrades(results)
	errs := []error{
		writeCSV(filepath.Join(folder, "grades-moodle.csv"), g.moodle()),
		writeCSV(filepath.Join(folder, "grades-canvas.csv"), g.canvas()),
		writeCSV(filepath.Join(folder, "alike.csv"), alikeRows(results)),
	}
	names := fileNames(g.students)
	for i, student := range g.students {
		path := filepath.Join(folder, "feedback", names[i]+".md")
		errs = append(errs, os.WriteFile(path, []byte(feedback(student, results)), 0o644))
	}
	return errors.Join(errs...)
}

// grades are the points of each student for each notebook.
type grades struct {
	students, notebooks []string
	points              map[[2]string]float64 // by student and notebook
}

func newGrades(results []Result) grades {
	g := grades{points: map[[2]string]float64{}}
	students, notebooks := map[string]bool{}, map[string]bool{}
	for _, r := range results {
		if r.Student == "" {
			continue
		}
		students[r.Student] = true
		if r.Notebook == "" {
			continue
		}
		notebooks[r.Notebook] = true
		points := 0.0
		for _, m := range r.Marks {
			points += m.points()
		}
		k := [2]string{r.Student, r.Notebook}
		g.points[k] = max(g.points[k], points) // 0 is there, too
	}
	g.students, g.notebooks = slices.Sorted(maps.Keys(students)), slices.Sorted(maps.Keys(notebooks))
	return g
}

// row appends the points of a student, or the mark of no grade, to the row that
// begins it.
func (g grades) row(student, noGrade string, begin ...string) []string {
	for _, n := range g.notebooks {
		field := noGrade
		if points, handedIn := g.points[[2]string{student, n}]; handedIn {
			field = number(points)
		}
		begin = append(begin, field)
	}
	return begin
}

func (g grades) moodle() [][]string {
	rows := [][]string{append([]string{"username"}, g.notebooks...)}
	for _, s := range g.students {
		rows = append(rows, g.row(s, "-", s))
	}
	return rows
}

func (g grades) canvas() [][]string {
	possible := []string{"Points Possible", "", "", "", ""}
	for _, n := range g.notebooks {
		possible = append(possible, strconv.Itoa(exercisesIn(n)))
	}
	rows := [][]string{append([]string{"Student", "ID", "SIS User ID", "SIS Login ID", "Section"}, g.notebooks...), possible}
	for _, s := range g.students {
		rows = append(rows, g.row(s, "", s, "", "", s, ""))
	}
	return rows
}

func exercisesIn(notebook string) (n int) {
	for _, e := range check.Exercises() {
		if e.Notebook == notebook {
			n++
		}
	}
	return n
}

func alikeRows(results []Result) [][]string {
	rows := [][]string{{"exercise", "students"}}
	for _, a := range FindAlike(results) {
		rows = append(rows, []string{a.Exercise, strings.Join(a.Students, " ")})
	}
	return rows
}

// fileNames makes names that stay in their folder, show as they are, and differ
// also where capitals do not count: nobody gets what another one is told.
func fileNames(students []string) []string {
	names, taken := make([]string, len(students)), map[string]bool{}
	for i, student := range students {
		name := fileName(student)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s-%d", fileName(student), n)
		}
		names[i], taken[strings.ToLower(name)] = name, true
	}
	return names
}

// longestName is how many bytes of a student's name a file's name has: file
// systems take 255.
const longestName = 200

func fileName(student string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, strings.TrimLeft(student, "."))
	if len(name) > longestName {
		name = strings.ToValidUTF8(name[:longestName], "")
	}
	return cmp.Or(name, "_")
}

func writeCSV(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	for _, row := range rows {
		for i, field := range row {
			row[i] = terminal.NoFormula(terminal.Printable(field))
		}
		if err := w.Write(row); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}
