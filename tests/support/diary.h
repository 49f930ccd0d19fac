/*
 * diary.h - a calendar from outside, and a house in memory that it is taken into.
 *
 * What should work and doesn't, or is other than expected, ends the program. One thread.
 */
#ifndef TESTS_SUPPORT_DIARY_H
#define TESTS_SUPPORT_DIARY_H

#include "app/exchange/calendar.h"

#define DIARY_MAX 1500
#define DIARY_DATA "tests/app/exchange/data/"

struct diary {
    struct occasion *occasions; /* room for DIARY_MAX */
    int count;
    int signed_up; /* for each of them */
    int64_t facts;
    int64_t fails_at;     /* the fact that cannot be appended; 0: none */
    enum rc lookup_fails; /* RC_OK: no */
    int64_t now_ms;
};

/* A group's fixture: Brussels, and hashes. */
int diary_set_up(void **state);

/* Empty, on 25 November 2026 at noon. */
struct diary diary_open(void);
void diary_close(struct diary *diary);

/* Noon there, as the test sees time; "2026-11-25 14:00" in Brussels. */
int64_t diary_ms(const char *local);

/* Reads with the usual horizon around the diary's time. calendar_close it. */
struct calendar *diary_read(const struct diary *diary, const char *text);
struct calendar *diary_read_bytes(const struct diary *diary, const char *bytes, size_t length);
struct calendar *diary_read_file(const struct diary *diary, const char *name);

/* The lines between BEGIN:VCALENDAR and its end; "|" is a line break. */
struct calendar *diary_read_events(const struct diary *diary, const char *lines);

/* Reading fails with that, and a sentence that has this in it. */
void diary_expect_refused(const struct diary *diary, const char *bytes, size_t length, enum rc rc,
                          const char *says);

void diary_plan(struct calendar *calendar, struct diary *diary);
enum rc diary_take(struct calendar *calendar, struct diary *diary) MUST_CHECK;

/* Reads, plans, takes, closes. */
void diary_import(struct diary *diary, const char *lines);

void diary_expect_counts(const struct calendar *calendar, size_t new, size_t changed, size_t same,
                         size_t cancelled, size_t vanished, size_t refused);

/* The row that begins then; NULL where there is none. */
const struct calendar_row *diary_row_at(const struct calendar *calendar, const char *local);

/* The house's occasion of that instance of any series; NULL. */
struct occasion *diary_find(struct diary *diary, const char *instance);

bool diary_has_note(const struct calendar *calendar, const char *says);

#endif
