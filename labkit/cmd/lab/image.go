package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/image"
	"flowlab/labkit/internal/notebook"
)

// Names of the image. The first is for learners, and to be published; the other
// for an image that must not be.
const (
	imageTag    = "flowlab"
	testOnlyTag = "flowlab:test-only"
)

func newImage() *cobra.Command {
	return &cobra.Command{
		Use:   "image",
		Short: "Build the container image",
		Long: `Image builds the Dockerfile with Docker, Podman or Buildah, whichever is there,
and names the image flowlab.

Where the bases that the Dockerfile names were made on this machine, standing in
for the published ones, what was built is for testing only: it is then named
flowlab:test-only, and flowlab stays what it was.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, _ []string) error {
			tool, err := image.Find(image.Builders)
			if err != nil {
				return err
			}
			_, err = buildImage(repo, tool)
			return err
		}),
	}
}

func newImageTest() *cobra.Command {
	return &cobra.Command{
		Use:     "image-test",
		Short:   "Build the container image and test it as it is used",
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, _ []string) error {
			tool, err := image.Find(image.Runners)
			if err != nil {
				return err
			}
			tag, err := buildImage(repo, tool)
			if err != nil {
				return err
			}
			if err := os.Setenv(image.Variable, tag); err != nil {
				return err
			}
			return verify(repo, "go", "test", "-count=1", "-v", "-timeout=40m", "./labkit/image")
		}),
	}
}

// buildImage returns the name of the image that it built. The bases can be
// looked at only when the tool has them, hence the name for testing comes first.
func buildImage(repo notebook.Repo, tool image.Tool) (string, error) {
	say("building the image with %s; the first time takes a few minutes …", tool)
	if err := tool.Build(os.Stderr, repo.Path(), testOnlyTag); err != nil {
		return "", err
	}
	standIns, err := tool.StandIns(repo.Path("Dockerfile"))
	if err != nil {
		return "", err
	}
	if len(standIns) > 0 {
		say("FOR TESTING ONLY, NOT TO BE PUBLISHED: the image is %s, because these bases were made on this machine: %s",
			testOnlyTag, strings.Join(standIns, ", "))
		return testOnlyTag, nil
	}
	if _, err := tool.Output("tag", testOnlyTag, imageTag); err != nil {
		return "", err
	}
	if _, err := tool.Output("rmi", testOnlyTag); err != nil {
		return "", err
	}
	say("the image is %s: %s run -p 8888:8888 %s", imageTag, tool, imageTag)
	return imageTag, nil
}
