// Package smo finds the weights of a one-class support vector machine by
// sequential minimal optimization.
//
// The machine gives every row i of the training data a weight α_i and asks for
//
//	minimize   ½ Σ_i Σ_j α_i α_j K(i, j)
//	subject to 0 ≤ α_i ≤ 1 and Σ_i α_i = ν·rows,
//
// where K is the Gaussian kernel (Schölkopf et al., 2001, with α scaled by
// ν·rows as LIBSVM does). The package solves it as LIBSVM (Chang and Lin, 2011)
// does inside scikit-learn: same start, same pairs, same ties, same rounding,
// hence the same iterations and the same support vectors. Its files:
//
//	solve.go   the loop: from a start to the optimum, a pair of weights at a time
//	select.go  which pair: the second-order rule of Fan, Chen and Lin (2005)
//	shrink.go  rows that stay at a bound are set aside, and brought back
//	kernel.go  rows of the kernel matrix, computed in parallel
//	cache.go   kernel rows kept within a bounded memory
//
// Literature:
//
//	B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola and R. C. Williamson,
//	Estimating the support of a high-dimensional distribution,
//	Neural Computation 13(7), 2001.
//	R.-E. Fan, P.-H. Chen and C.-J. Lin, Working set selection using second
//	order information for training support vector machines,
//	Journal of Machine Learning Research 6, 2005.
//	C.-C. Chang and C.-J. Lin, LIBSVM: a library for support vector machines,
//	ACM Transactions on Intelligent Systems and Technology 2(3), 2011.
package smo
