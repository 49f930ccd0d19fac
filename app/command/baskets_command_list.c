/* What became of the baskets at a pick-up: as a table, as CSV, as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/baskets_command_i.h"
#include "app/command/named.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/store/lookup_occasions.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)
#define AHEAD_MS (366 * DAY_MS)
#define SIZES_MAX 64 /* a house has five; what is beyond is counted in the last one */

/* --- which pick-up --- */

struct search {
    struct baskets_command_pick_up *pick_up;
    int64_t until_ms; /* begins before */
    int64_t now_ms;
    int day_end_min;
    bool is_found;
};

static void take(struct baskets_command_pick_up *pick_up, const struct occasion *occasion,
                 int day_end_min)
{
    pick_up->id = occasion->id;
    pick_up->from_ms = occasion->from_ms;
    pick_up->to_ms = occasion->to_ms;
    pick_up->at = baskets_at(occasion, day_end_min);
    snprintf(pick_up->title, sizeof pick_up->title, "%.*s", (int)(sizeof pick_up->title - 1),
             occasion->title);
}

/* The first that is not over; where all are, the last. */
static enum rc look_at(void *context, const struct occasion *occasion)
{
    struct search *search = context;
    bool is_over = search->is_found && search->pick_up->to_ms > search->now_ms;
    if (occasion->kind != OCCASION_BASKET || occasion->state == OCCASION_CANCELLED || is_over ||
        occasion->from_ms >= search->until_ms)
        return RC_OK;
    take(search->pick_up, occasion, search->day_end_min);
    search->is_found = true;
    return RC_OK;
}

static enum rc search_from(struct command_register *opened, int64_t from_ms, int64_t until_ms,
                           struct baskets_command_pick_up *pick_up)
{
    struct search search = {pick_up, until_ms, opened->now_ms, opened->venue.day_end_min, false};
    enum rc rc =
        lookup_occasions(snapshot_db(opened->snapshot), from_ms, until_ms, look_at, &search);
    return rc || search.is_found ? rc : RC_EMPTY;
}

static enum rc find_named(struct command_register *opened, const char *word,
                          struct baskets_command_pick_up *pick_up, struct reason *out_reason)
{
    struct shift_id of;
    struct occasion *occasion = calloc(1, sizeof *occasion);
    enum rc rc = occasion ? named_read(word, pick_up->station, &of, out_reason) : RC_NO_MEMORY;
    if (!rc)
        rc = lookup_occasion(snapshot_db(opened->snapshot), of.occasion, occasion);
    if (rc == RC_EMPTY || (!rc && occasion->kind != OCCASION_BASKET)) {
        reason_set(out_reason, "%.40s is no basket pick-up; perron calendar list has them", word);
        rc = RC_NOT_FOUND;
    }
    if (!rc)
        take(pick_up, occasion, opened->venue.day_end_min);
    free(occasion);
    return rc;
}

static enum rc find(struct command_register *opened, const char *word,
                    struct baskets_command_pick_up *pick_up, struct reason *out_reason)
{
    int day_end_min = opened->venue.day_end_min;
    int64_t now_ms = opened->now_ms, begin_ms = day_begin(now_ms, day_end_min);
    bool is_today = !word || strcmp(word, "today") == 0, is_next = word && !strcmp(word, "next");
    if (word && !is_today && !is_next)
        return find_named(opened, word, pick_up, out_reason);
    enum rc rc = RC_EMPTY;
    if (is_today)
        rc = search_from(opened, begin_ms, day_end_after(now_ms, day_end_min), pick_up);
    if (rc == RC_EMPTY && (is_next || !word))
        rc = search_from(opened, now_ms, now_ms + AHEAD_MS, pick_up);
    if (rc == RC_EMPTY && is_next)
        reason_set(out_reason, "no basket pick-up is in the calendar; perron calendar add --kind "
                               "basket-pick-up makes one");
    if (rc != RC_EMPTY)
        return rc;
    if (is_next)
        return RC_NOT_FOUND;
    pick_up->at = (struct deeds_at){DEED_BASKET, {0, 0}, day_number(now_ms, day_end_min)};
    return RC_OK;
}

enum rc baskets_command_find(struct command_register *opened, const char *word,
                             struct baskets_command_pick_up *out_pick_up, struct reason *out_reason)
{
    struct snapshot_counts counts;
    struct baskets_command_pick_up pick_up = {.title = ""};
    enum rc rc = snapshot_counts(opened->snapshot, opened->now_ms, &counts);
    if (!rc) {
        pick_up.station = counts.station;
        rc = find(opened, word, &pick_up, out_reason);
    }
    if (rc && rc != RC_BAD_INPUT && rc != RC_NOT_FOUND)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    if (!rc)
        *out_pick_up = pick_up;
    return rc;
}

/* --- rows --- */

struct size {
    char text[DEED_TEXT_BYTES];
    int all, left;
};

struct listing {
    struct format format;
    bool is_left;
    json_t *array;
    struct baskets_sum sum;
    int fetched;
    struct size sizes[SIZES_MAX];
    int size_count;
};

static void count(struct listing *listing, const struct baskets_row *row)
{
    int at = 0;
    listing->sum.paused += row->paused_until != 0;
    listing->fetched += row->fetched_ms != 0;
    if (row->paused_until)
        return;
    listing->sum.all++;
    listing->sum.left += baskets_is_left(row);
    while (at < listing->size_count && strcmp(listing->sizes[at].text, row->size) != 0)
        at++;
    if (at == SIZES_MAX)
        at--;
    else if (at == listing->size_count)
        snprintf(listing->sizes[listing->size_count++].text, DEED_TEXT_BYTES, "%s", row->size);
    listing->sizes[at].all++;
    listing->sizes[at].left += baskets_is_left(row);
}

static const char *state_of(const struct baskets_row *row)
{
    return row->fetched_ms ? "fetched" : row->paused_until ? "paused" : "left";
}

static void full_name(const struct person *person, char *out_name, size_t size)
{
    snprintf(out_name, size, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
}

#define NAME_BYTES 200

static enum rc add_to_json(struct listing *listing, const struct baskets_row *row)
{
    char name[NAME_BYTES], by[NAME_BYTES];
    full_name(&row->owner, name, sizeof name);
    full_name(&row->fetcher, by, sizeof by);
    json_t *object =
        json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:o}", "number", row->owner.number, "name", name,
                  "size", row->size, "state", state_of(row), "paused_until",
                  row->paused_until ? format_json_day(row->paused_until) : json_null(),
                  "fetched_at", format_json_time(row->fetched_ms), "fetched_by",
                  format_json_text(by), "may_fetch", format_json_text(row->owner.basket_fetchers));
    return json_array_append_new(listing->array, object) ? RC_NO_MEMORY : RC_OK;
}

static enum rc print_csv(const struct listing *listing, const struct baskets_row *row)
{
    char at[32], until[PERIOD_DAY_BYTES] = "", by[NAME_BYTES];
    if (row->paused_until)
        period_write_day(row->paused_until, until);
    format_time(listing->format.profile, row->fetched_ms, at, sizeof at);
    full_name(&row->fetcher, by, sizeof by);
    const char *const cells[] = {row->owner.number,
                                 row->owner.last_name,
                                 row->owner.first_name,
                                 row->size,
                                 state_of(row),
                                 until,
                                 at,
                                 by,
                                 row->owner.basket_fetchers};
    return format_print_cells(listing->format.profile, cells, sizeof cells / sizeof cells[0]);
}

static void print_line(const struct baskets_row *row)
{
    char name[NAME_BYTES], by[NAME_BYTES], until[PERIOD_DAY_BYTES], at[32];
    full_name(&row->owner, name, sizeof name);
    full_name(&row->fetcher, by, sizeof by);
    printf("%-8s ", row->owner.number);
    format_print_padded(name, 28);
    format_print_padded(row->size, 20);
    if (row->fetched_ms) {
        day_format_local(row->fetched_ms, at, sizeof at);
        printf("fetched %.16s%s%s\n", at, by[0] ? " by " : "", by);
    } else if (row->paused_until) {
        period_write_day(row->paused_until, until);
        printf("paused until %s\n", until);
    } else {
        const char *fetchers = row->owner.basket_fetchers;
        printf("left%s%s\n", fetchers[0] ? "; may fetch it: " : "", fetchers);
    }
}

static enum rc show_row(void *context, const struct baskets_row *row)
{
    struct listing *listing = context;
    count(listing, row);
    if (listing->is_left && !baskets_is_left(row))
        return RC_OK;
    if (listing->format.kind == FORMAT_JSON)
        return add_to_json(listing, row);
    if (listing->format.kind == FORMAT_CSV)
        return print_csv(listing, row);
    print_line(row);
    return RC_OK;
}

/* --- around them --- */

static enum rc print_head(const struct listing *listing,
                          const struct baskets_command_pick_up *pick_up)
{
    static const char *const headings[] = {"number",     "last_name",  "first_name",
                                           "size",       "state",      "paused_until",
                                           "fetched_at", "fetched_by", "may_fetch"};
    char name[NAMED_BYTES], from[32];
    if (listing->format.kind == FORMAT_CSV)
        return format_print_begin(listing->format.profile, headings,
                                  sizeof headings / sizeof headings[0]);
    if (listing->format.kind == FORMAT_JSON)
        return RC_OK;
    if (fact_id_is_none(pick_up->id)) {
        puts("today (no pick-up is in the calendar)");
        return RC_OK;
    }
    named_write((struct shift_id){pick_up->id, 0}, pick_up->station, name);
    day_format_local(pick_up->from_ms, from, sizeof from);
    printf("%.16s %s (%s)\n", from, pick_up->title, name);
    return RC_OK;
}

static void print_sums(const struct listing *listing)
{
    printf("%d basket%s: %d fetched, %d left; %d paused\n", listing->sum.all,
           listing->sum.all == 1 ? "" : "s", listing->fetched, listing->sum.left,
           listing->sum.paused);
    for (int i = 0; i < listing->size_count; i++)
        printf("%s%s: %d, %d left%s", i ? "; " : "", listing->sizes[i].text, listing->sizes[i].all,
               listing->sizes[i].left, i + 1 == listing->size_count ? "\n" : "");
}

static json_t *to_json(const struct listing *listing, const struct baskets_command_pick_up *pick_up)
{
    char name[NAMED_BYTES] = "";
    json_t *sizes = json_array();
    if (!fact_id_is_none(pick_up->id))
        named_write((struct shift_id){pick_up->id, 0}, pick_up->station, name);
    for (int i = 0; i < listing->size_count; i++)
        json_array_append_new(sizes,
                              json_pack("{s:s,s:i,s:i}", "size", listing->sizes[i].text, "baskets",
                                        listing->sizes[i].all, "left", listing->sizes[i].left));
    return json_pack("{s:o,s:o,s:o,s:o,s:i,s:i,s:i,s:i,s:o,s:O}", "pick_up", format_json_text(name),
                     "title", format_json_text(pick_up->title), "from",
                     format_json_time(pick_up->from_ms), "to", format_json_time(pick_up->to_ms),
                     "baskets", listing->sum.all, "fetched", listing->fetched, "left",
                     listing->sum.left, "paused", listing->sum.paused, "sizes", sizes, "rows",
                     listing->array);
}

static int show(struct command_register *opened, const char *word, struct listing *listing)
{
    struct reason reason = {.text = ""};
    struct baskets_command_pick_up pick_up;
    enum rc rc = baskets_command_find(opened, word, &pick_up, &reason);
    if (rc == RC_BAD_INPUT)
        return baskets_command_misuse(reason.text);
    if (rc)
        return command_fail(&reason);
    rc = print_head(listing, &pick_up);
    if (!rc)
        rc = baskets_list(snapshot_db(opened->snapshot), &pick_up.at, show_row, listing);
    if (rc) {
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    if (listing->format.kind == FORMAT_JSON)
        command_print(to_json(listing, &pick_up));
    else if (listing->format.kind == FORMAT_TABLE)
        print_sums(listing);
    return COMMAND_OK;
}

int baskets_command_list(const struct baskets_command_asked *asked)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing || asked->count > 1) {
        free(listing);
        return baskets_command_misuse("one pick-up at a time: its name, next or today");
    }
    listing->is_left = asked->is_left;
    int code = COMMAND_OK;
    if (format_read(&asked->look, &listing->format, &reason))
        code = baskets_command_misuse(reason.text);
    else if (command_open_register(asked->data, &opened, &reason))
        code = command_fail(&reason);
    else {
        listing->array = json_array();
        code = show(&opened, asked->count ? asked->rest[0] : NULL, listing);
        json_decref(listing->array);
        command_close_register(&opened);
    }
    free(listing);
    return code;
}
