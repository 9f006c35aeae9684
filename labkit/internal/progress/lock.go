package progress

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"flowlab/labkit/internal/durable"
)

// patience is how long a cell waits for others to be done with the progress
// file. They need milliseconds.
const patience = 10 * time.Second

// An owner is who holds the lock. It is kept beside the progress file, only for
// the message that others get.
type owner struct {
	PID     int       `json:"pid"`
	Program string    `json:"program"`
	Since   time.Time `json:"since"`
}

// ownerFile returns where the owner of the lock on a progress file is kept.
func ownerFile(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".owner")
}

// lock keeps other kernels away from the progress file. It locks the folder that
// holds it, so that no lock is left behind by a program that was killed.
func lock(path string) (unlock func(), err error) { return lockWithin(path, patience) }

func lockWithin(path string, patience time.Duration) (unlock func(), err error) {
	l := flock.New(filepath.Dir(path), flock.SetFlag(os.O_RDONLY))
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err = l.TryLockContext(ctx, 20*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("progress: the folder of %s is locked by %s: end that program, if it hangs", path, describeOwner(path))
	}
	if err != nil {
		return nil, fmt.Errorf("progress: locking the folder of %s: %w", path, err)
	}
	_ = durable.ClearTemporary(path) // who left them is gone
	noteOwner(path)
	return func() {
		_ = os.Remove(ownerFile(path))
		_ = l.Unlock()
	}, nil
}

// noteOwner writes down that this program has the lock. Without it others are
// kept away as well, and do not know by whom.
func noteOwner(path string) {
	program, _ := os.Executable()
	if data, err := json.Marshal(owner{os.Getpid(), filepath.Base(program), time.Now()}); err == nil {
		_ = os.WriteFile(ownerFile(path), data, 0o644)
	}
}

// describeOwner says who has the lock, and for how long.
func describeOwner(path string) string {
	data, err := durable.Read(ownerFile(path), maxSize)
	var o owner
	if err == nil {
		err = json.Unmarshal(data, &o)
	}
	if err != nil || o.PID == 0 {
		return "another program"
	}
	return fmt.Sprintf("process %d (%s) since %s, for %v", o.PID, o.Program, o.Since.Format(time.TimeOnly), time.Since(o.Since).Round(time.Second))
}
