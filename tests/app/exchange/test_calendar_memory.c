/* Without memory an import says so and leaves nothing behind: the Nth allocation fails. */
#include "app/exchange/calendar.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/diary.h"

static int fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0 || --fails_at > 0)
        return false;
    has_failed = true;
    return true;
}

/* Libical itself cannot be without memory: it crashes. */
static bool is_ours(const void *caller)
{
    Dl_info info;
    return dladdr(caller, &info) && !strstr(info.dli_fname, ".so");
}

/* All our own memory comes from calloc; Jansson's through its hook below. */
void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return is_ours(__builtin_return_address(0)) && is_failing() ? NULL : real(count, size);
}

static void *json_memory(size_t size)
{
    return is_failing() ? NULL : malloc(size);
}

static struct occasion known; /* what the house has, with its shift by another name */

static enum rc find_known(void *context, const char *uid, const char *instance,
                          struct occasion *out_occasion)
{
    (void)context;
    if (strcmp(uid, known.uid) != 0 || strcmp(instance, known.instance) != 0)
        return RC_EMPTY;
    *out_occasion = known;
    return RC_OK;
}

static enum rc hand_each(void *context, int64_t from_ms, int64_t to_ms,
                         enum rc (*take)(void *taker, const struct occasion *occasion), void *taker)
{
    struct occasion stray = known;
    (void)context, (void)from_ms, (void)to_ms;
    strcpy(stray.uid, stray.uid[0] == 'c' ? "csv:stray" : "stray");
    return take(taker, &stray);
}

static enum rc nobody_signed_up(void *context, struct fact_id occasion, int *out_count)
{
    (void)context, (void)occasion, (void)out_count;
    return RC_EMPTY;
}

static enum rc no_organisation(void *context, const char *name, struct fact_id *out_organisation)
{
    (void)context, (void)name, (void)out_organisation;
    return RC_EMPTY;
}

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject,
                      struct fact_id organisation, json_t *body, struct fact_id *out_id)
{
    int *facts = context;
    (void)kind, (void)subject, (void)organisation;
    if (!body)
        return RC_NO_MEMORY;
    json_decref(body);
    *out_id = (struct fact_id){1, ++*facts};
    return RC_OK;
}

static enum rc import(const char *file, int64_t now_ms, int *facts)
{
    struct calendar *calendar = NULL;
    struct reason reason = {.text = ""};
    enum rc rc =
        calendar_read(file, strlen(file), calendar_horizon_around(now_ms), &calendar, &reason);
    if (rc) {
        assert_null(calendar);
        assert_non_null(strstr(reason.text, "memory"));
        return rc;
    }
    struct calendar_lookup lookup = {NULL,           "", find_known, hand_each, nobody_signed_up,
                                     no_organisation};
    rc = calendar_plan(calendar, &lookup, now_ms);
    if (!rc) {
        json_t *preview = calendar_preview_json(calendar);
        rc = preview ? RC_OK : RC_NO_MEMORY;
        json_decref(preview);
    }
    struct calendar_journal journal = {facts, append};
    if (!rc)
        rc = calendar_facts(calendar, &journal);
    calendar_close(calendar);
    return rc;
}

static void try_each(const char *file, int facts_in_all, int least)
{
    for (int nth = 1;; nth++) {
        int facts = 0;
        has_failed = false;
        fails_at = nth;
        enum rc rc = import(file, diary_ms("2026-11-25 12:00"), &facts);
        fails_at = 0;
        if (!has_failed) {
            assert_int_equal(rc, RC_OK);
            assert_int_equal(facts, facts_in_all);
            assert_true(nth > least);
            return;
        }
        /* A note may be lost, and is counted; nothing else. */
        assert_true(rc == RC_NO_MEMORY || (!rc && facts == facts_in_all));
    }
}

static void a_calendar_without_memory_says_so(void **state)
{
    (void)state;
    known = (struct occasion){.id = {1, 5},
                              .uid = "a",
                              .kind = OCCASION_SHIFT,
                              .title = "Dienst",
                              .from_ms = diary_ms("2026-12-01 10:00"),
                              .to_ms = diary_ms("2026-12-01 12:00")};
    strcpy(known.instance, "20261201T090000Z");
    try_each("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Dienst\nDTSTART:20261201T100000\n"
             "DURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261203T100000\nLOCATION:x\n"
             "DESCRIPTION:Kassa: 2 plaatsen\\norganisatie: Y\nEND:VEVENT\nBEGIN:VEVENT\n"
             "DTSTART:20261201T100000\nSUMMARY:Agora\nEND:VEVENT\nEND:VCALENDAR\n",
             4, 40);
}

static void a_table_without_memory_says_so(void **state)
{
    (void)state;
    known = (struct occasion){.id = {1, 5},
                              .uid = "csv:1",
                              .kind = OCCASION_SHIFT,
                              .title = "Dienst",
                              .from_ms = diary_ms("2026-12-01 10:00"),
                              .to_ms = diary_ms("2026-12-01 12:00")};
    try_each("date;start;end;kind;mission;id\n2026-12-01;10:00;12:00;dienst;kassa;1\n"
             "2026-12-02;10:00;12:00;dienst;kassa;2\n",
             3, 20);
}

static int setup(void **state)
{
    json_set_alloc_funcs(json_memory, free);
    return diary_set_up(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_without_memory_says_so),
        cmocka_unit_test(a_table_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
