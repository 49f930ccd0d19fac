#include "app/boot_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/boot_files_i.h"
#include "firmware/base/log.h"

/* --- what is there --- */

static const char is_twice[] =
    SAID("This is there twice, on top and in the folder perron. Take one away.");
static const char is_scattered[] = SAID("The files of the house lie in several places. Put them "
                                        "all into one.");
static const char is_one_of_baskets[] =
    SAID("Each list of baskets is the whole one, and there are several. Take all but one away.");
static const char is_one_too_many[] = SAID("There are more of this kind than are taken. Make one "
                                           "list of them.");

/* What stands for all others of its kind or name; they cannot be told apart by when they came. */
static const char *find_rival(const struct intake_list *list, const struct intake_found *found)
{
    for (int i = 0; i < list->count; i++) {
        const struct intake_found *other = &list->found[i];
        struct boot_mark one, two;
        if (other == found || other->kind != found->kind)
            continue;
        if (found->kind == INTAKE_VENUE)
            return is_scattered;
        if (found->kind == INTAKE_BASKETS)
            return is_one_of_baskets;
        boot_files_key(found, one.key);
        boot_files_key(other, two.key);
        if (memcmp(one.key, two.key, HASH_BYTES) == 0)
            return is_twice;
    }
    return NULL;
}

static void refuse_rivals(struct intake_list *list)
{
    const char *why[INTAKE_FOUND_MAX];
    for (int i = 0; i < list->count; i++)
        why[i] = find_rival(list, &list->found[i]);
    for (int i = 0; i < list->count; i++)
        if (why[i])
            list->found[i].why_not = why[i];
}

/* A house comes before its lists: what is wrong in it is told first. */
static void put_venue_first(struct intake_list *list)
{
    for (int i = 1; i < list->count; i++) {
        struct intake_found found = list->found[i];
        int at = i;
        while (found.kind == INTAKE_VENUE && at > 0 && list->found[at - 1].kind != INTAKE_VENUE) {
            list->found[at] = list->found[at - 1];
            at--;
        }
        list->found[at] = found;
    }
}

static void renew(struct boot_marks *marks, const char *kind, const char *path)
{
    uint8_t key[HASH_BYTES];
    const char *slash = strrchr(path, '/');
    boot_marks_key(kind, slash ? slash + 1 : path, key);
    boot_marks_renew(marks, key);
}

/* How many marks one card can need. */
#define MARKS_NEEDED (INTAKE_FOUND_MAX + VENUE_PART_COUNT)

/* Where some will have to give way soon: not those of what is on the card, which would be new. */
static void renew_all(const struct intake_list *list, const char *data)
{
    struct boot_marks marks = boot_marks_read(data);
    const struct boot_marks before = marks;
    struct outfile *file;
    if (marks.count + MARKS_NEEDED <= BOOT_MARKS_MAX)
        return;
    for (int i = 0; i < list->beyond && i < INTAKE_FOUND_MAX; i++)
        renew(&marks, intake_kind_name(list->left_out[i].kind), list->left_out[i].name);
    for (int i = 0; i < list->count; i++)
        renew(&marks, intake_kind_name(list->found[i].kind), list->found[i].path);
    for (int part = 0; part < VENUE_PART_COUNT; part++)
        renew(&marks, intake_kind_name(INTAKE_VENUE), venue_part_name((enum venue_part)part));
    bool is_same = memcmp(&marks, &before, sizeof marks) == 0;
    if (!is_same && (boot_marks_begin(&marks, data, &file, NULL) || outfile_commit(file, NULL)))
        log_warning("which files of the boot partition were taken could not be noted");
}

enum rc boot_files_look(const struct intake_from *from, struct intake_list *out_list,
                        struct problems *problems, struct reason *out_reason)
{
    enum rc rc = intake_look_card(from->root, out_list, out_reason);
    if (rc)
        return rc;
    renew_all(out_list, from->data);
    refuse_rivals(out_list);
    put_venue_first(out_list);
    for (int i = 0; i < out_list->beyond && i < INTAKE_FOUND_MAX; i++) {
        const struct intake_left_out *left = &out_list->left_out[i];
        problems_add(problems, left->name, 0, "%s",
                     left->why_not ? left->why_not : is_one_too_many);
    }
    return RC_OK;
}

/* --- is it new? --- */

/* A venue's parts that were never taken go together: they are checked beside each other. */
static void judge_state(struct boot_item *item, const struct boot_marks *marks)
{
    bool has[BOOT_STATES] = {false};
    for (int i = 0; i < item->count; i++)
        has[boot_marks_find(marks, &item->marks[i])] = true;
    item->state = has[BOOT_NEW]     ? BOOT_NEW
                  : has[BOOT_WRONG] ? BOOT_WRONG
                  : has[BOOT_AWAY]  ? BOOT_AWAY
                                    : BOOT_TAKEN;
}

static void drop_taken(struct boot_item *item, const struct boot_marks *marks)
{
    int kept = 0;
    for (int i = 0; i < item->count; i++) {
        if (boot_marks_find(marks, &item->marks[i]) == BOOT_TAKEN)
            item->found.parts &= ~(1u << boot_files_part(item, i));
        else
            item->marks[kept++] = item->marks[i];
    }
    item->count = kept;
}

void boot_item_look(const struct intake_from *from, const struct intake_found *found,
                    struct boot_item *out_item)
{
    const struct boot_marks marks = boot_marks_read(from->data);
    *out_item = (struct boot_item){.found = *found};
    boot_files_digest(from->root, out_item);
    judge_state(out_item, &marks);
    if (found->kind == INTAKE_VENUE && !found->why_not && out_item->state != BOOT_TAKEN)
        drop_taken(out_item, &marks);
}

bool boot_item_is_due(const struct boot_item *item)
{
    return item->state == BOOT_NEW || item->state == BOOT_WRONG;
}

void boot_item_read(struct boot_item *item, const struct intake_from *from)
{
    if (boot_item_is_due(item))
        item->rc = intake_read(from, &item->found, &item->intake, &item->why);
}

void boot_item_close(struct boot_item *item)
{
    intake_close(item->intake);
    item->intake = NULL;
}

/* --- what came of it --- */

static bool is_of_content(enum rc rc)
{
    return rc == RC_REFUSED || rc == RC_LIMIT || rc == RC_EMPTY || rc == RC_BAD_INPUT ||
           rc == RC_UNSUPPORTED;
}

/* Anybody may read it: of a list nothing that stands in its cells. */
static void tell(const struct boot_item *item, struct boot_news *news, const char *file, int line,
                 const struct reason *why)
{
    struct reason said = *why;
    if (item->found.kind != INTAKE_VENUE && !reason_conceal(&said))
        reason_set(&said, "%s", SAID("This line cannot be taken."));
    problems_add_reason(&news->problems, file, line, &said);
}

static void blame(const struct boot_item *item, struct boot_news *news)
{
    for (int i = 0; i < item->count; i++) {
        struct boot_mark mark = item->marks[i];
        mark.state = BOOT_AWAY;
        boot_marks_set(&news->told, &mark);
    }
}

static void tell_failed(const struct boot_item *item, enum rc rc, const struct reason *why,
                        struct boot_news *news)
{
    struct reason said = *why;
    if (!said.text[0])
        reason_set(&said, "%s", SAID("This cannot be read. Copy it there again."));
    tell(item, news, item->found.name, 0, &said);
    if (is_of_content(rc))
        blame(item, news);
}

static void tell_refused(const struct boot_item *item, const struct intake_preview *preview,
                         struct boot_news *news)
{
    int64_t untold = preview->counts[INTAKE_REFUSED];
    for (int i = 0; i < preview->row_count; i++) {
        const struct intake_row *row = &preview->rows[i];
        if (row->verdict != INTAKE_REFUSED)
            continue;
        tell(item, news, item->found.kind == INTAKE_VENUE ? row->title : item->found.name,
             row->line, &row->why);
        untold--;
    }
    if (untold > 0)
        news->problems.beyond += (int)untold;
    if (preview->counts[INTAKE_REFUSED])
        blame(item, news);
}

/* --- taking it --- */

static void set_marks(const struct boot_item *item, enum boot_state state, struct boot_marks *marks)
{
    for (int i = 0; i < item->count; i++) {
        struct boot_mark mark = item->marks[i];
        mark.state = state;
        boot_marks_set(marks, &mark);
    }
}

static enum rc begin_marks(const struct boot_item *item, const char *data, enum boot_state state,
                           struct outfile **out_file, struct reason *reason)
{
    struct boot_marks marks = boot_marks_read(data);
    set_marks(item, state, &marks);
    return boot_marks_begin(&marks, data, out_file, reason);
}

static void log_taken(const struct boot_item *item, const struct intake_preview *preview)
{
    log_info("taken from the boot partition: %s, %lld new, %lld changed, %lld refused",
             item->found.name, (long long)preview->counts[INTAKE_NEW],
             (long long)preview->counts[INTAKE_CHANGED],
             (long long)preview->counts[INTAKE_REFUSED]);
}

/* The mark is whole on the disk before anything is taken, and counts right after it. */
static enum rc take(struct boot_item *item, const char *data, struct journal *journal,
                    const struct office *office, const struct intake_preview *preview,
                    struct boot_news *news, struct reason *reason)
{
    struct outfile *file = NULL;
    bool has_refused = preview->counts[INTAKE_REFUSED] > 0;
    enum rc rc = begin_marks(item, data, has_refused ? BOOT_WRONG : BOOT_TAKEN, &file, reason);
    if (!rc && preview->is_takable)
        rc = intake_take(item->intake, journal, office, reason);
    if (rc) {
        outfile_abandon(file);
        return rc;
    }
    if (preview->is_takable) {
        news->taken++;
        log_taken(item, preview);
    }
    return outfile_commit(file, reason);
}

/* What had mistakes beside the house as it was then has none any more: it is new once more. */
static enum rc forget_marks(const struct boot_item *item, const char *data, struct reason *reason)
{
    struct outfile *file;
    enum rc rc = begin_marks(item, data, BOOT_NEW, &file, reason);
    return rc ? rc : outfile_commit(file, reason);
}

static enum rc plan_and_take(struct boot_item *item, const char *data, struct journal *journal,
                             const struct office *office, struct intake_preview *preview,
                             struct boot_news *news, struct reason *reason)
{
    enum rc rc = intake_plan(item->intake, journal, office, preview, reason);
    if (rc)
        return rc;
    tell_refused(item, preview, news);
    if (item->state == BOOT_NEW)
        return take(item, data, journal, office, preview, news, reason);
    bool is_mended = item->found.kind == INTAKE_VENUE && preview->is_takable;
    return is_mended ? forget_marks(item, data, reason) : RC_OK;
}

void boot_item_take(struct boot_item *item, const char *data, struct journal *journal,
                    const struct clock_reading *now, struct boot_news *news)
{
    const struct office office = {.now = *now};
    struct reason reason = {.text = ""};
    if (!boot_item_is_due(item))
        return;
    if (!item->intake) {
        tell_failed(item, item->rc, &item->why, news);
        return;
    }
    struct intake_preview *preview = calloc(1, sizeof *preview);
    enum rc rc = preview ? plan_and_take(item, data, journal, &office, preview, news, &reason)
                         : RC_NO_MEMORY;
    free(preview);
    if (rc)
        tell_failed(item, rc == RC_REFUSED ? RC_IO : rc, &reason, news);
}

bool boot_files_take_venue(const struct intake_from *from, const struct clock_reading *now,
                           struct boot_news *news)
{
    struct intake_list *list = calloc(1, sizeof *list);
    struct problems *beyond = calloc(1, sizeof *beyond); /* told with the lists */
    struct reason reason;
    bool has = false;
    enum rc rc = list && beyond ? boot_files_look(from, list, beyond, &reason) : RC_NO_MEMORY;
    for (int i = 0; !rc && i < list->count; i++) {
        struct boot_item item;
        if (list->found[i].kind != INTAKE_VENUE || list->found[i].why_not)
            continue;
        boot_item_look(from, &list->found[i], &item);
        has |= item.state == BOOT_NEW;
        if (item.state == BOOT_NEW) {
            boot_item_read(&item, from);
            boot_item_take(&item, from->data, NULL, now, news);
        }
        boot_item_close(&item);
    }
    free(list);
    free(beyond);
    return has;
}

enum rc boot_files_put_away(const char *data, const struct boot_marks *told,
                            struct reason *out_reason)
{
    struct outfile *file;
    struct boot_marks marks = boot_marks_read(data);
    for (int i = 0; i < told->count; i++)
        boot_marks_set(&marks, &told->rows[i]);
    enum rc rc = boot_marks_begin(&marks, data, &file, out_reason);
    return rc ? rc : outfile_commit(file, out_reason);
}
