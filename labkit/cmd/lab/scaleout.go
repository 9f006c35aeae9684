package main

import (
	"errors"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
)

func newScaleoutTest() *cobra.Command {
	return &cobra.Command{
		Use:   "scaleout-test",
		Short: "Check scaleout/, with real Kafka and Flink",
		Long: `Scaleout-test checks the module in scaleout/. Kafka and Flink are downloaded once,
with Maven and pip, into the user's cache (400 MB), and run on this machine. Without
Java or Maven what needs them is left out, and that is said.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			if err := setup.Course(terminalOf(cmd), repo); err != nil {
				return err
			}
			run := func(name string, args ...string) error {
				env := append(repo.GoEnv(), "FLOWLAB_PYTHON="+repo.Venv("bin", "python"))
				return terminalOf(cmd).Run(repo.Path("scaleout"), env, name, args...)
			}
			return errors.Join(
				checkFormat(cmd, repo, "scaleout"),
				run("go", "vet", "./..."),
				run(repo.Venv("bin", "staticcheck"), "./..."),
				run("go", "test", "-count=1", "-v", "-timeout=20m", "./..."),
			)
		}),
	}
}
