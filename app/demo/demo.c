#include "app/demo/demo_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"

#define FACTS_OF_A_COMMIT 20000
#define UPTIME_DAYS 35 /* then the power fails once */

/* --- chance --- */

uint64_t demo_chance_next(struct demo_chance *chance)
{
    uint64_t mixed = chance->state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

int demo_chance_below(struct demo_chance *chance, int limit)
{
    return (int)((demo_chance_next(chance) >> 32) * (uint64_t)limit >> 32);
}

bool demo_chance_is(struct demo_chance *chance, int per_mille)
{
    return demo_chance_below(chance, 1000) < per_mille;
}

int64_t demo_chance_ms(struct demo_chance *chance, int64_t least_ms, int64_t most_ms)
{
    return most_ms > least_ms
               ? least_ms + (int64_t)(demo_chance_next(chance) % (uint64_t)(most_ms - least_ms))
               : least_ms;
}

int64_t demo_chance_near(struct demo_chance *chance, int64_t ms)
{
    return demo_chance_ms(chance, -ms, ms) + demo_chance_ms(chance, -ms, ms);
}

/* --- how it begins --- */

struct demo_day *demo_day(struct demo *demo, int index)
{
    return &demo->days[index % DEMO_RING_DAYS];
}

static int count_days(const struct demo *demo)
{
    int count = 0, step = 1 << 13; /* 22 years and more */
    for (; step; step /= 2)
        if (demo_calendar_day(demo, count + step).begin_ms <= demo->wish.until_ms)
            count += step;
    return count + 1;
}

enum rc demo_open(const struct demo_wish *wish, struct demo **out_demo)
{
    struct demo *demo = calloc(1, sizeof *demo);
    if (!demo)
        return RC_NO_MEMORY;
    demo->wish = *wish;
    demo->chance.state = wish->seed;
    demo->day_count = count_days(demo);
    demo->boots = 1;
    enum rc rc = clock_open_simulated(demo_calendar_day(demo, 0).begin_ms, CLOCK_SYNCED,
                                      demo->boots, &demo->clock);
    if (!rc)
        rc = demo_people_make(demo);
    if (rc)
        demo_close(demo);
    else
        *out_demo = demo;
    return rc;
}

void demo_close(struct demo *demo)
{
    if (!demo)
        return;
    if (demo->clock)
        clock_close(demo->clock);
    free(demo->agenda.heap);
    free(demo->people);
    free(demo);
}

void demo_begin(const struct demo *demo, struct clock_reading *out_now)
{
    clock_read(demo->clock, out_now);
}

struct demo_counts demo_counted(const struct demo *demo)
{
    return demo->counts;
}

enum rc demo_member(const struct demo *demo, int place, struct demo_member *out_member)
{
    struct person person;
    struct badge badge = {.text = ""};
    struct demo_member member = {.pin = ""};
    if (place >= demo->wish.people || fact_id_is_none(demo->people[place].id))
        return RC_EMPTY;
    demo_people_describe(demo, place, &person);
    demo_people_badge(demo, place, &badge);
    snprintf(member.name, sizeof member.name, "%s %s", person.first_name, person.last_name);
    snprintf(member.number, sizeof member.number, "%s", person.number);
    snprintf(member.badge, sizeof member.badge, "%s", badge.text);
    if (place < DEMO_STAFF)
        snprintf(member.pin, sizeof member.pin, "%s", demo->pins[place]);
    *out_member = member;
    return RC_OK;
}

/* --- facts --- */

int64_t demo_turn(struct demo *demo, int64_t at_ms)
{
    struct clock_reading now;
    clock_read(demo->clock, &now);
    if (at_ms > now.wall_ms)
        clock_advance(demo->clock, at_ms - now.wall_ms);
    clock_read(demo->clock, &now);
    journal_bulk_turn(demo->journal, &now);
    return now.wall_ms;
}

enum rc demo_add(struct demo *demo, enum fact_kind kind, struct fact_id subject, json_t *body,
                 struct fact_id *out_id)
{
    struct fact fact;
    const struct fact_id house = {0, 0};
    enum rc rc = journal_add(demo->journal, kind, subject, house, body, &fact);
    demo->counts.facts++;
    if (!rc && out_id)
        *out_id = fact.id;
    return rc;
}

json_t *demo_id(struct fact_id id)
{
    return json_pack("[I,I]", (json_int_t)id.station, (json_int_t)id.seq);
}

/* --- days --- */

static enum rc reboot(struct demo *demo)
{
    struct clock_reading now;
    clock_read(demo->clock, &now);
    clock_close(demo->clock);
    demo->clock = NULL;
    return clock_open_simulated(now.wall_ms, CLOCK_SYNCED, ++demo->boots, &demo->clock);
}

/* The calendar reaches four weeks ahead; on the first day all of them come in at once. */
static enum rc plan_calendar(struct demo *demo, int index)
{
    enum rc rc = RC_OK;
    demo_turn(demo, demo->today.begin_ms);
    for (int ahead = index ? DEMO_AHEAD_DAYS : 0; !rc && ahead <= DEMO_AHEAD_DAYS; ahead++) {
        struct demo_day *day = demo_day(demo, index + ahead);
        *day = demo_calendar_day(demo, index + ahead);
        rc = demo_calendar_plan(demo, day);
    }
    return rc;
}

static enum rc plan_day(struct demo *demo, int index)
{
    enum rc rc = RC_OK;
    demo->today = demo_calendar_day(demo, index);
    if (index && index % UPTIME_DAYS == 0)
        rc = reboot(demo);
    if (!rc)
        rc = plan_calendar(demo, index);
    if (!rc)
        rc = demo_people_plan(demo);
    if (!rc)
        rc = demo_shifts_plan(demo);
    return rc ? rc : demo_visits_plan(demo);
}

static enum rc live_day(struct demo *demo, int index)
{
    struct demo_event event;
    enum rc rc = plan_day(demo, index);
    int64_t end_ms =
        demo->today.end_ms <= demo->wish.until_ms ? demo->today.end_ms : demo->wish.until_ms + 1;
    while (!rc && demo_agenda_take(&demo->agenda, end_ms, &event))
        rc = event.act(demo, &event);
    return rc;
}

static enum rc begin(struct demo *demo)
{
    struct clock_reading now;
    clock_read(demo->clock, &now);
    return journal_begin(demo->journal, &now);
}

static enum rc commit(struct demo *demo)
{
    enum rc rc = journal_commit(demo->journal);
    return rc ? rc : journal_checkpoint(demo->journal);
}

static enum rc live(struct demo *demo, const struct journal_watcher *watcher)
{
    int64_t committed = 0;
    enum rc rc = begin(demo);
    for (int day = 0; !rc && day < demo->day_count; day++) {
        rc = live_day(demo, day);
        if (!rc && demo->counts.facts - committed >= FACTS_OF_A_COMMIT) {
            committed = demo->counts.facts;
            rc = commit(demo);
            if (!rc)
                rc = begin(demo);
        }
        if (!rc)
            rc = watcher->tell(watcher->context, day + 1, demo->day_count);
    }
    return rc ? rc : commit(demo);
}

enum rc demo_write(struct demo *demo, struct journal *journal,
                   const struct journal_watcher *watcher)
{
    demo->journal = journal;
    enum rc rc = live(demo, watcher);
    if (rc)
        journal_rollback(journal);
    return rc;
}
