/*
 * fuzz.h - everything that a station or a command reads from a stick or from somebody else, made
 * bad and then read: lists of people and baskets, calendars, a venue's files, journals, sealed
 * files and keys, exports to restore from with their sums, copies of a register.
 *
 * Judged after each round: nothing crashed (the program would be gone), each refusal has a sentence
 * fit to show, the register and all else in the data folder is as before unless a preview was
 * accepted, and then holds; nothing outside is touched; neither time nor memory grows beyond a
 * bound. Controls are readers with one of these faults each: they must be found out.
 *
 * What cannot be set up ends the program (house.h). One at a time in a program, one thread.
 */
#ifndef TESTS_SUPPORT_FUZZ_H
#define TESTS_SUPPORT_FUZZ_H

#include <stdbool.h>
#include <stdint.h>

struct fuzz;

/* What can be wrong. */
enum fuzz_fault {
    FUZZ_SILENT,  /* refused without a sentence, or with one that no screen can show */
    FUZZ_CHANGED, /* the register or the data folder is another, and nobody accepted that */
    FUZZ_OUTSIDE, /* something outside was touched, or the stick itself */
    FUZZ_BROKEN,  /* what was taken does not hold, or what was harmed was taken for whole */
    FUZZ_GREEDY,  /* took more memory than agreed */
    FUZZ_SLOW,    /* took more time than agreed */
    FUZZ_FAULT_COUNT
};

enum fuzz_control {
    FUZZ_OURS,     /* none: what the station does */
    FUZZ_TAKES,    /* takes a list before anybody accepts it */
    FUZZ_READS_ON, /* follows links and reads to the end, however far that is */
    FUZZ_UNPACKS,  /* believes the names in a list of sums */
    FUZZ_SAYS_NO,  /* refuses, and that was it */
    FUZZ_CONTROL_COUNT
};

struct fuzz *fuzz_open(uint64_t seed, enum fuzz_control control);
void fuzz_close(struct fuzz *fuzz);

/* So many more rounds. */
void fuzz_run(struct fuzz *fuzz, long rounds);

/* In how many rounds that was wrong. */
long fuzz_found(const struct fuzz *fuzz, enum fuzz_fault fault);

/* Prints what was read how often and what it came to; was nothing wrong, and enough of it good? */
bool fuzz_tell(const struct fuzz *fuzz);

/* Prints what a control came to in so many rounds: is it found out, by its own fault? */
bool fuzz_show_control(uint64_t seed, enum fuzz_control control, long rounds);

#endif
