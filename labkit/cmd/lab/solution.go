package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
)

func newSolution() *cobra.Command {
	return &cobra.Command{
		Use:     "solution ID",
		Short:   "Print the solution of an exercise, its reason and another way",
		Long:    "Solution prints an exercise's solution from the solved notebook, with its reason\nand another way. lab status lists the ids.",
		Example: "  lab solution bytes-ratio",
		GroupID: "learner",
		Args:    exerciseAnd(0),
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			e, err := check.Find(args[0])
			if err != nil {
				return err
			}
			n, err := notebook.Read(repo.Path("solutions", e.Notebook+".ipynb"))
			if err != nil {
				return err
			}
			answer, err := n.Cell(e.Cell())
			if err != nil {
				return err
			}
			why, err := n.Cell(e.Cell() + "-why")
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s, in solutions/%s.ipynb\n\n%s\n\n%s\n", e.Title, e.Notebook, notebook.Unmarked(answer.Source()), why.Source())
			return nil
		}),
	}
}
