package main

import (
	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/image"
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
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			tool, err := image.Find(image.Builders)
			if err != nil {
				return err
			}
			_, err = image.BuildCourse(terminalOf(cmd), repo, tool)
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
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			tool, err := image.Find(image.Runners)
			if err != nil {
				return err
			}
			tag, err := image.BuildCourse(terminalOf(cmd), repo, tool)
			if err != nil {
				return err
			}
			return verify(cmd, repo, []string{image.Variable + "=" + tag}, "go", "test", "-count=1", "-v", "-timeout=40m", "./labkit/internal/image")
		}),
	}
}
