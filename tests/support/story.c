#include "tests/support/story.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/domain/day.h"
#include "tests/support/house.h"

int story_set_up(void **state)
{
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    *state = calloc(1, sizeof(struct story));
    return *state == NULL;
}

int story_tear_down(void **state)
{
    struct story *story = *state;
    presence_finish(&story->presence);
    free(story);
    return 0;
}

struct fact *story_add(struct story *story, int64_t station, int64_t at_ms, enum fact_kind kind,
                       const char *format, ...)
{
    va_list arguments;
    house_expect(story->count < STORY_FACTS_MAX, "a story of too many facts");
    char *body = story->bodies[story->count];
    struct fact *fact = &story->facts[story->count++];
    va_start(arguments, format);
    int length = vsnprintf(body, sizeof story->bodies[0], format, arguments);
    va_end(arguments);
    *fact = (struct fact){.id = {station, ++story->next_seq[station]},
                          .kind = kind,
                          .effective_ms = at_ms,
                          .day_end_min = DAY_END_DEFAULT_MIN,
                          .body = body,
                          .body_length = (size_t)length};
    return fact;
}

struct fact *story_tap(struct story *story, int64_t station, int64_t at_ms, enum answer_kind answer)
{
    return story_add(story, station, at_ms, FACT_TAP, "{\"answer\":\"%s\"}", answer_name(answer));
}

struct fact *story_undo(struct story *story, const struct fact *of, int64_t at_ms)
{
    return story_add(story, of->id.station, at_ms, FACT_UNDO, "{\"of\":[%" PRId64 ",%" PRId64 "]}",
                     of->id.station, of->id.seq);
}

struct fact *story_promise(struct story *story, int64_t station, int64_t at_ms, int number,
                           int64_t from_ms, int64_t to_ms)
{
    return story_add(story, station, at_ms, FACT_SIGN_UP,
                     "{\"occasion\":[9,1],\"shift\":%d,\"mission\":\"shop\",\"from_ms\":%" PRId64
                     ",\"to_ms\":%" PRId64 "}",
                     number, from_ms, to_ms);
}

int64_t story_local(const char *text)
{
    struct tm tm = {.tm_isdst = -1};
    const char *end = strptime(text, "%Y-%m-%d %H:%M", &tm);
    house_expect(end && !*end, "no time: %s", text);
    return (int64_t)mktime(&tm) * 1000;
}

const struct presence *story_fold(struct story *story)
{
    qsort(story->facts, story->count, sizeof story->facts[0], fact_compare);
    presence_finish(&story->presence);
    enum rc rc = presence_fold(story->facts, story->count, &story->presence);
    house_expect(!rc, "the story does not fold: %s", rc_text(rc));
    return &story->presence;
}

void story_expect_visit(const struct presence *presence, size_t at, int64_t arrived_ms,
                        int64_t left_ms, enum presence_how how_out)
{
    house_expect(at < presence->count, "there are %zu visits", presence->count);
    const struct visit *visit = &presence->visits[at];
    house_expect(visit->arrived_ms == arrived_ms && visit->left_ms == left_ms &&
                     visit->how_out == how_out,
                 "visit %zu is from %" PRId64 " to %" PRId64 " (%d), and was to be from %" PRId64
                 " to %" PRId64 " (%d)",
                 at, visit->arrived_ms, visit->left_ms, (int)visit->how_out, arrived_ms, left_ms,
                 (int)how_out);
}
