#include "tests/support/report.h"

#include <stdio.h>
#include <time.h>

bool report_figure(const char *name, const char *what, double value, double bar, const char *unit,
                   const char *compared)
{
    bool is_met = value <= bar;
    printf("%-4s %-44s %10.3f %s  (bar <= %g: %s; %s)\n", name, what, value, unit, bar,
           is_met ? "met" : "OVER", compared);
    return is_met;
}

int report_failure_unless(bool is_true, const char *name, const char *what)
{
    printf("%-4s %-60s %s\n", name, what, is_true ? "yes" : "NO");
    return !is_true;
}

void report_progress(const char *what, int at, int of)
{
    static time_t told_s;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (at >= of) {
        fputs("\r\033[K", stderr);
    } else if (now.tv_sec != told_s) {
        fprintf(stderr, "\r%s: %d of %d \033[K", what, at, of);
        told_s = now.tv_sec;
    }
}
