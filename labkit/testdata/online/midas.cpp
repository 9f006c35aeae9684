// Scores edges with the MIDAS authors' own code (github.com/Stream-AD/MIDAS,
// Apache-2.0) and the hash parameters of its example/Reproducible.cpp. Reads
// lines src,dst,t and writes them with the scores of MIDAS, MIDAS-R and MIDAS-F:
//
//	g++ -O2 -ffp-contract=off -fwrapv -I MIDAS/src midas.cpp -o midas
//	./midas < edges.csv > midas.csv
#include <cstdio>
#include <initializer_list>
#include <limits>

#include "FilteringCore.hpp"
#include "NormalCore.hpp"
#include "RelationalCore.hpp"

static void fix(std::initializer_list<MIDAS::CountMinSketch*> sketches, int a0, int a1, int b0, int b1) {
	for (auto s : sketches) {
		s->param1[0] = a0;
		s->param1[1] = a1;
		s->param2[0] = b0;
		s->param2[1] = b1;
	}
}

int main() {
	MIDAS::NormalCore n(2, 1024);
	fix({&n.numCurrent, &n.numTotal}, 2, 3, 5, 7);
	MIDAS::RelationalCore r(2, 1024);
	fix({&r.numCurrentSource, &r.numTotalSource}, 2, 3, 5, 7);
	fix({&r.numCurrentDestination, &r.numTotalDestination}, 11, 13, 17, 19);
	fix({&r.numCurrentEdge, &r.numTotalEdge}, 23, 29, 31, 37);
	MIDAS::FilteringCore f(2, 1024, 1e3f);
	fix({&f.numCurrentSource, &f.numTotalSource, &f.scoreSource}, 2, 3, 5, 7);
	fix({&f.numCurrentDestination, &f.numTotalDestination, &f.scoreDestination}, 11, 13, 17, 19);
	fix({&f.numCurrentEdge, &f.numTotalEdge, &f.scoreEdge}, 23, 29, 31, 37);
	std::puts("src,dst,t,midas,midas_r,midas_f");
	for (int s, d, t; std::scanf("%d,%d,%d", &s, &d, &t) == 3;)
		std::printf("%d,%d,%d,%.9g,%.9g,%.9g\n", s, d, t, n(s, d, t), r(s, d, t), f(s, d, t));
}
