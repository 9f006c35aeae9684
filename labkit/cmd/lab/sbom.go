package main

import (
	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/sbom"
)

func newSBOM() *cobra.Command {
	return &cobra.Command{
		Use:    "sbom",
		Short:  "Write the image's bill of materials, in the format of CycloneDX",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			return sbom.Write(cmd.OutOrStdout(), sbom.InImage(repo.Path()))
		}),
	}
}
