#include "tests/support/diary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/exchange/infile.h"
#include "app/exchange/wall.h"
#include "tests/support/give_up.h"

static void expect(bool is_true, const char *what)
{
    if (!is_true)
        give_up("diary", "%s", what);
}

int diary_set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    return hash_init();
}

int64_t diary_ms(const char *local)
{
    int year, month, day, hour = 0, minute = 0;
    int read = sscanf(local, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute);
    expect(read == 3 || read == 5, local);
    return wall_to_ms(wall_midnight(year, month, day) + hour * 3600 + minute * 60);
}

struct diary diary_open(void)
{
    struct diary diary = {.now_ms = diary_ms("2026-11-25 12:00")};
    diary.occasions = calloc(DIARY_MAX, sizeof *diary.occasions);
    expect(diary.occasions != NULL, "no memory");
    return diary;
}

void diary_close(struct diary *diary)
{
    free(diary->occasions);
    diary->occasions = NULL;
}

/* --- what it is asked, and told --- */

static enum rc find_known(void *context, const char *uid, const char *instance,
                          struct occasion *out_occasion)
{
    struct diary *diary = context;
    if (diary->lookup_fails)
        return diary->lookup_fails;
    for (int i = 0; i < diary->count; i++) {
        struct occasion *occasion = &diary->occasions[i];
        if (strcmp(occasion->uid, uid) != 0 || strcmp(occasion->instance, instance) != 0)
            continue;
        *out_occasion = *occasion;
        return RC_OK;
    }
    return RC_EMPTY;
}

static enum rc hand_each(void *context, int64_t from_ms, int64_t to_ms,
                         enum rc (*take)(void *taker, const struct occasion *occasion), void *taker)
{
    struct diary *diary = context;
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < diary->count; i++)
        if (diary->occasions[i].to_ms > from_ms && diary->occasions[i].from_ms < to_ms)
            rc = take(taker, &diary->occasions[i]);
    return rc;
}

static enum rc count_signed_up(void *context, struct fact_id occasion, int *out_count)
{
    struct diary *diary = context;
    expect(!fact_id_is_none(occasion), "nobody signs up for nothing");
    *out_count = diary->signed_up;
    return RC_OK;
}

static enum rc find_organisation(void *context, const char *name, struct fact_id *out_organisation)
{
    (void)context;
    if (strcmp(name, "Semences") != 0)
        return RC_EMPTY;
    *out_organisation = (struct fact_id){1, 3};
    return RC_OK;
}

static struct occasion *subject_of(struct diary *diary, struct fact_id id)
{
    for (int i = 0; i < diary->count; i++)
        if (fact_id_is_same(diary->occasions[i].id, id))
            return &diary->occasions[i];
    give_up("diary", "a fact about nothing");
}

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject,
                      struct fact_id organisation, json_t *body, struct fact_id *out_id)
{
    struct diary *diary = context;
    expect(body != NULL, "a fact has no body");
    diary->facts++;
    *out_id = (struct fact_id){1, 100 + diary->facts};
    if (diary->facts == diary->fails_at) {
        json_decref(body);
        return RC_FULL;
    }
    struct occasion *occasion;
    if (kind == FACT_OCCASION_ADDED) {
        expect(fact_id_is_none(subject) && diary->count < DIARY_MAX, "nothing can be added");
        occasion = &diary->occasions[diary->count++];
        occasion->id = *out_id;
    } else {
        expect(kind == FACT_OCCASION_CHANGED, "a calendar makes a fact of another kind");
        occasion = subject_of(diary, subject);
    }
    expect(!occasion_apply(occasion, body), "a fact has a body that is none");
    occasion->organisation = organisation;
    json_decref(body);
    return RC_OK;
}

/* --- calendars --- */

struct calendar *diary_read_bytes(const struct diary *diary, const char *bytes, size_t length)
{
    struct calendar *calendar = NULL;
    struct reason reason = {.text = ""};
    if (calendar_read(bytes, length, calendar_horizon_around(diary->now_ms), &calendar, &reason))
        give_up("diary", "%s", reason.text);
    return calendar;
}

struct calendar *diary_read(const struct diary *diary, const char *text)
{
    return diary_read_bytes(diary, text, strlen(text));
}

struct calendar *diary_read_file(const struct diary *diary, const char *name)
{
    size_t length;
    char *bytes;
    expect(!infile_read(name, CALENDAR_FILE_BYTES, &bytes, &length, NULL), name);
    struct calendar *calendar = diary_read_bytes(diary, bytes, length);
    free(bytes);
    return calendar;
}

struct calendar *diary_read_events(const struct diary *diary, const char *lines)
{
    char *text = NULL;
    expect(asprintf(&text, "BEGIN:VCALENDAR\n%s\nEND:VCALENDAR\n", lines) > 0, "no memory");
    for (char *at = strchr(text, '|'); at; at = strchr(at, '|'))
        *at = '\n';
    struct calendar *calendar = diary_read(diary, text);
    free(text);
    return calendar;
}

void diary_expect_refused(const struct diary *diary, const char *bytes, size_t length, enum rc rc,
                          const char *says)
{
    struct calendar *calendar = NULL;
    struct reason reason = {.text = ""};
    struct calendar_horizon horizon = calendar_horizon_around(diary->now_ms);
    enum rc got = calendar_read(bytes, length, horizon, &calendar, &reason);
    if (got != rc || calendar || !strstr(reason.text, says))
        give_up("diary", "%s, and it says: %s", rc_text(got), reason.text);
}

void diary_plan(struct calendar *calendar, struct diary *diary)
{
    struct calendar_lookup lookup = {
        diary, "", find_known, hand_each, count_signed_up, find_organisation};
    enum rc rc = calendar_plan(calendar, &lookup, diary->now_ms);
    expect(rc == diary->lookup_fails, "the calendar cannot be planned");
}

enum rc diary_take(struct calendar *calendar, struct diary *diary)
{
    struct calendar_journal journal = {diary, append};
    return calendar_facts(calendar, &journal);
}

void diary_import(struct diary *diary, const char *lines)
{
    struct calendar *calendar = diary_read_events(diary, lines);
    diary_plan(calendar, diary);
    expect(!diary_take(calendar, diary), "the calendar cannot be taken");
    calendar_close(calendar);
}

/* --- what is expected --- */

void diary_expect_counts(const struct calendar *calendar, size_t new, size_t changed, size_t same,
                         size_t cancelled, size_t vanished, size_t refused)
{
    struct calendar_counts counts = calendar_count_plan(calendar);
    const size_t expected[CALENDAR_VERDICT_COUNT] = {new,       changed,  same,
                                                     cancelled, vanished, refused};
    for (int i = 0; i < CALENDAR_VERDICT_COUNT; i++)
        if (counts.rows[i] != expected[i]) {
            char *text = NULL;
            if (!calendar_preview_text(calendar, &text))
                fputs(text, stderr);
            free(text);
            give_up("diary", "%zu are %s, not %zu", counts.rows[i],
                    calendar_verdict_name((enum calendar_verdict)i), expected[i]);
        }
}

const struct calendar_row *diary_row_at(const struct calendar *calendar, const char *local)
{
    for (size_t i = 0; i < calendar_count(calendar); i++)
        if (calendar_row(calendar, i)->from_ms == diary_ms(local))
            return calendar_row(calendar, i);
    return NULL;
}

struct occasion *diary_find(struct diary *diary, const char *instance)
{
    for (int i = 0; i < diary->count; i++)
        if (strcmp(diary->occasions[i].instance, instance) == 0)
            return &diary->occasions[i];
    return NULL;
}

bool diary_has_note(const struct calendar *calendar, const char *says)
{
    for (size_t i = 0; i < calendar_note_count(calendar); i++)
        if (strstr(calendar_note_at(calendar, i)->said.text, says))
            return true;
    return false;
}
