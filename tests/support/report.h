/*
 * report.h - how benchmarks talk: figures beside their bars on standard output, progress on
 * standard error. One thread.
 */
#ifndef TESTS_SUPPORT_REPORT_H
#define TESTS_SUPPORT_REPORT_H

#include <stdbool.h>

/* A figure that must not be over its bar; `compared` says what it can be held against. Is it met?
 */
bool report_figure(const char *name, const char *what, double value, double bar, const char *unit,
                   const char *compared);

/* Something that is so or not, whatever the machine: 1 where it is not, to be counted. */
int report_failure_unless(bool is_true, const char *name, const char *what);

/* Told at most once a second, and wiped out when `at` reaches `of`. */
void report_progress(const char *what, int at, int of);

#endif
