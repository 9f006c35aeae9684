//go:build unix

package show

import (
	"encoding/gob"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// TestDisplayInANotebook plays the kernel's part at the two pipes by which a
// cell talks to it: it reads the output and acknowledges the Sync after it.
func TestDisplayInANotebook(t *testing.T) {
	toKernel, fromKernel := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "in")
	for _, path := range []string{toKernel, fromKernel} {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skipf("no named pipes here: %v", err)
		}
	}
	t.Setenv(protocol.GONB_PIPE_ENV, toKernel)
	t.Setenv(protocol.GONB_PIPE_BACK_ENV, fromKernel)
	gonbui.IsNotebook = true
	defer func() { gonbui.IsNotebook = false }()

	received := make(chan protocol.DisplayData, 1)
	var synced atomic.Bool
	go kernel(t, toKernel, fromKernel, received, &synced)
	Display(Picture([]byte("an image"), 640, "60 of 100 found", false))
	if !synced.Load() {
		t.Error("Display returned before the kernel had the output")
	}

	data := <-received
	for mime, want := range map[protocol.MIMEType]string{
		protocol.MIMETextHTML:  `<img alt="60 of 100 found" class="turnable" width="640" style="max-width:100%;height:auto" src="data:image/png;base64,YW4gaW1hZ2U=">`,
		protocol.MIMETextPlain: "60 of 100 found",
	} {
		if got := data.Data[mime]; got != want {
			t.Errorf("the cell sent %v as %s: want %s", got, mime, want)
		}
	}
	if len(data.Data) != 2 {
		t.Errorf("the cell sent %d forms: want HTML and text", len(data.Data))
	}
	if got := data.Metadata["alt"]; got != "60 of 100 found" {
		t.Errorf("the metadata's alt is %v: want the sentence", got)
	}
}

// kernel passes the first output on and answers the request to synchronise.
func kernel(t *testing.T, out, in string, received chan<- protocol.DisplayData, synced *atomic.Bool) {
	reader, err := os.Open(out)
	if err != nil {
		t.Error(err)
		return
	}
	defer reader.Close()
	writer, err := os.OpenFile(in, os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return
	}
	defer writer.Close()

	decoder := gob.NewDecoder(reader)
	var output, request protocol.DisplayData
	if err := decoder.Decode(&output); err != nil {
		t.Error(err)
	}
	received <- output
	if err := decoder.Decode(&request); err != nil {
		t.Error(err)
	}
	sync, ok := request.Data[protocol.MIMECommValue].(protocol.CommValue)
	if !ok {
		t.Errorf("after the output came %v: want a request to synchronise", request.Data)
	}
	synced.Store(true)
	answer := protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: sync.Value}
	if err := gob.NewEncoder(writer).Encode(answer); err != nil {
		t.Error(err)
	}
}
