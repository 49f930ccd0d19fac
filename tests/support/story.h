/*
 * story.h - one person's facts as a test tells them, folded into visits.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H

#include "app/domain/answer.h"
#include "app/domain/presence.h"

#define STORY_NOW INT64_C(1795266000000) /* 2026-11-21 14:00 in Brussels */
#define STORY_MINUTE INT64_C(60000)
#define STORY_HOUR INT64_C(3600000)
#define STORY_FACTS_MAX 512

struct story {
    struct fact facts[STORY_FACTS_MAX];
    char bodies[STORY_FACTS_MAX][200];
    size_t count;
    int64_t next_seq[3]; /* of stations 1 and 2 */
    struct presence presence;
};

/* As cmocka's set-up and tear-down: *state is an empty story, local time Brussels. */
int story_set_up(void **state);
int story_tear_down(void **state);

/* Each gives the fact, which may be changed until it is folded. */
struct fact *story_add(struct story *story, int64_t station, int64_t at_ms, enum fact_kind kind,
                       const char *format, ...) PRINTF_LIKE(5, 6);
struct fact *story_tap(struct story *story, int64_t station, int64_t at_ms,
                       enum answer_kind answer);
struct fact *story_undo(struct story *story, const struct fact *of, int64_t at_ms);

/* A promise for a shift of occasion [9,1]; the same number again states it again. */
struct fact *story_promise(struct story *story, int64_t station, int64_t at_ms, int number,
                           int64_t from_ms, int64_t to_ms);

/* "2026-10-24 22:00" of Brussels. */
int64_t story_local(const char *text);

/* The story's, until it is folded again. */
const struct presence *story_fold(struct story *story);

void story_expect_visit(const struct presence *presence, size_t at, int64_t arrived_ms,
                        int64_t left_ms, enum presence_how how_out);

#endif
