package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/gallery"
	"flowlab/labkit/internal/notebook"
)

func newGallery() *cobra.Command {
	return &cobra.Command{
		Use:   "gallery FOLDER",
		Short: "Write the gallery of pictures as a web page",
		Long: `Gallery writes a page of all pictures that the course draws, index.html, into a
folder: thumbnails, each picture with the question it answers, what it shows in
words, and its code. The pictures are those of solutions/gallery.ipynb as it is
committed. The page has no script and asks nothing of other hosts: any host for
static files will do.`,
		Example: "  lab gallery public",
		GroupID: "author",
		Args:    oneOf("folder: want one for the page"),
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			n, err := notebook.Read(repo.Path("solutions", "gallery.ipynb"))
			if err != nil {
				return err
			}
			pictures, err := gallery.Write(n, args[0])
			if err != nil {
				return fmt.Errorf("writing the gallery: %w", err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s/index.html: %d pictures\n", args[0], pictures)
			return err
		}),
	}
}
