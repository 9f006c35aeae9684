package submission

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"flowlab/labkit/internal/checkout"
)

// Find returns the notebooks that the arguments of lab check name: all of
// notebooks/ if there are none. An argument is a file, a folder, or the beginning
// of the name of one of the course's notebooks. It reports whether one of them is
// a folder.
func Find(repo checkout.Repo, args []string) (files []string, folders bool, err error) {
	names, err := repo.Names()
	if err != nil {
		return nil, false, err
	}
	if len(args) == 0 {
		args = names
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			folders = true
			below, err := notebooksBelow(arg)
			if err != nil {
				return nil, false, err
			}
			files = append(files, below...)
		case err == nil:
			files = append(files, arg)
		default:
			i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(name, arg) })
			if i < 0 {
				return nil, false, fmt.Errorf("%s is neither a file, a folder nor the beginning of a notebook's name: want one of %s", arg, strings.Join(names, ", "))
			}
			files = append(files, repo.Path("notebooks", names[i]+".ipynb"))
		}
	}
	return files, folders, nil
}

// notebooksBelow returns the notebooks in a folder and in those below it, but
// for Jupyter's own copies.
func notebooksBelow(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".ipynb_checkpoints":
			return fs.SkipDir
		case !entry.IsDir() && filepath.Ext(path) == ".ipynb":
			files = append(files, path)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no notebook", folder)
	}
	return files, err
}

// Short returns the path of a file as seen from the working directory, if it
// lies there.
func Short(file string) string {
	dir, err := os.Getwd()
	if err != nil {
		return file
	}
	if relative, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return file
}

// Name returns how a file is called before people: its place below the folder that
// was given, behind that folder's name if there were several.
func Name(folders []string, file string) string {
	for _, folder := range folders {
		below, err := filepath.Rel(folder, file)
		if err != nil || !filepath.IsLocal(below) || below == "." {
			continue
		}
		if len(folders) > 1 {
			return filepath.Join(filepath.Base(folder), below)
		}
		return below
	}
	return Short(file)
}
