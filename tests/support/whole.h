/*
 * whole.h - how much of a long property one run tries. `make test` tries another part of it each
 * time, by chance or by turns; `make test-whole` (PERRON_WHOLE=yes) tries all of it.
 */
#ifndef TESTS_SUPPORT_WHOLE_H
#define TESTS_SUPPORT_WHOLE_H

/* Every how manyth case this run tries: 1 where all of them were asked for, else `step`. */
unsigned whole_or_every(unsigned step);

#endif
