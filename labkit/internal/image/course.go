package image

import (
	"strings"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

// Names of the image. The first is for learners, and to be published; the other
// for an image that must not be.
const (
	imageTag    = "flowlab"
	testOnlyTag = "flowlab:test-only"
)

// BuildCourse builds the image of a checkout and returns the name of the image that it built. The bases can be
// looked at only when the tool has them, hence the name for testing comes first.
func BuildCourse(t terminal.Terminal, repo checkout.Repo, tool Tool) (string, error) {
	t.Say("building the image with %s; the first time takes a few minutes …", tool)
	if err := tool.Build(t.Err, repo.Path(), testOnlyTag); err != nil {
		return "", err
	}
	standIns, err := tool.StandIns(repo.Path("Dockerfile"))
	if err != nil {
		return "", err
	}
	if len(standIns) > 0 {
		t.Say("FOR TESTING ONLY, NOT TO BE PUBLISHED: the image is %s, because these bases were made on this machine: %s",
			testOnlyTag, strings.Join(standIns, ", "))
		return testOnlyTag, nil
	}
	if _, err := tool.Output("tag", testOnlyTag, imageTag); err != nil {
		return "", err
	}
	if _, err := tool.Output("rmi", testOnlyTag); err != nil {
		return "", err
	}
	t.Say("the image is %s: %s run -p 127.0.0.1:8888:8888 %s", imageTag, tool, imageTag)
	return imageTag, nil
}
