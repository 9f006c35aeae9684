package main

import (
	"os"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/image"
)

func newHealthy() *cobra.Command {
	return &cobra.Command{
		Use:    "healthy",
		Short:  "The image's health check: does its JupyterLab answer?",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return image.Healthy(cmd.Context(), os.Getenv("JUPYTER_RUNTIME_DIR"))
		},
	}
}
