package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/notebook"
)

// inImage returns a checkout as the image has it: with the solutions of this
// one, and notebooks/ a link to a folder that is not there yet.
func inImage(t *testing.T) (repo notebook.Repo, folder string) {
	t.Helper()
	here, err := notebook.FindRepo()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	repo, folder = notebook.Repo(filepath.Join(dir, "course")), filepath.Join(dir, "home", "notebooks")
	for _, err := range []error{
		os.Mkdir(repo.Path(), 0o755),
		os.Symlink(here.Path("solutions"), repo.Path("solutions")),
		os.Symlink(folder, repo.Path("notebooks")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return repo, folder
}

func TestFill(t *testing.T) {
	repo, folder := inImage(t)
	if err := fill(repo); err != nil {
		t.Fatal(err)
	}
	names, err := repo.Names()
	if err != nil || len(names) == 0 {
		t.Fatalf("the course has %d notebooks (%v)", len(names), err)
	}
	for _, name := range names {
		n, err := notebook.Read(filepath.Join(folder, name+".ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		if n.Edited() {
			t.Errorf("%s is not as it is released", name)
		}
	}

	first, second := filepath.Join(folder, names[0]+".ipynb"), filepath.Join(folder, names[1]+".ipynb")
	if err := os.WriteFile(first, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	if err := fill(repo); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(first); err != nil || string(data) != "mine" {
		t.Errorf("a learner's notebook is %q (%v): want it left alone", data, err)
	}
	if _, err := os.Stat(second); err != nil {
		t.Errorf("a missing notebook was not put back: %v", err)
	}
}

func TestFillWhereNothingCanBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere; make image-test tries it as others")
	}
	repo, folder := inImage(t)
	if err := os.MkdirAll(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s belongs to user %d", folder, os.Getuid())
	if err := fill(repo); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v: want one with %q", err, want)
	}
}

func TestAskServer(t *testing.T) {
	for _, test := range []struct{ name, says, message string }{
		{"healthy", "HTTP/1.1 200 OK\r\n\r\n", ""},
		{"failing", "HTTP/1.1 503 Service Unavailable\r\n\r\n", "503"},
		{"silent", "", "EOF"},
	} {
		t.Run(test.name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			asked := make(chan string, 1)
			go func() {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				data := make([]byte, 100)
				n, _ := conn.Read(data)
				asked <- string(data[:n])
				fmt.Fprint(conn, test.says)
			}()
			dir := t.TempDir()
			note := fmt.Sprintf(`{"port": %d, "base_url": "/user/ada/"}`, listener.Addr().(*net.TCPAddr).Port)
			if err := os.WriteFile(filepath.Join(dir, "jpserver-1.json"), []byte(note), 0o644); err != nil {
				t.Fatal(err)
			}
			err = askServer(dir)
			if got := <-asked; !strings.HasPrefix(got, "GET /user/ada/api ") {
				t.Errorf("the server was asked %q: want its API", got)
			}
			if test.message == "" && err != nil || test.message != "" && (err == nil || !strings.Contains(err.Error(), test.message)) {
				t.Errorf("error is %v: want %q", err, test.message)
			}
		})
	}
	if err := askServer(t.TempDir()); err == nil {
		t.Error("no server is no error")
	}
}
