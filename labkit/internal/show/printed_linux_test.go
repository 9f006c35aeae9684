package show

import (
	"io"
	"os"
	"testing"
)

func TestAwaitPrinted(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if unread(w) {
		t.Error("an empty pipe holds something")
	}
	if _, err := w.WriteString("Normal traffic:\n"); err != nil {
		t.Fatal(err)
	}
	if !unread(w) {
		t.Fatal("what was printed counts as read before anybody read it")
	}
	read := make(chan error)
	go func() {
		_, err := io.ReadFull(r, make([]byte, len("Normal traffic:\n")))
		read <- err
	}()
	awaitPrinted(w)
	if unread(w) {
		t.Error("awaitPrinted returned before the reader had taken all")
	}
	if err := <-read; err != nil {
		t.Error(err)
	}
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("kept"); err != nil || unread(file) {
		t.Errorf("a file counts as a pipe, error %v", err)
	}
}
